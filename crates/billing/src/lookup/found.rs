//! What was found, and the sealed token by which its finder may go on to a door without learning
//! whose it is.

use base::id::{CustomerId, PaymentId};
use base::{Fault, SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Lookup;

/// So many charges of one customer are shown, the newest.
pub const MOST_SHOWN: usize = 5;

/// How long a token opens doors.
const LASTS: SignedDuration = SignedDuration::from_mins(30);
/// What the seal is for.
const PURPOSE: &str = "charge look-up";
/// No token is longer.
const LONGEST: usize = 2_000;

/// Charges of one customer that have every fact that was named. Careful: nothing in it is for the
/// eyes of whoever asked, but the houses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The newest first.
    pub payments: Vec<PaymentId>,
    /// Whose they are.
    pub customer: CustomerId,
    /// The processor accounts that took them, each once.
    pub accounts: Vec<String>,
    /// Which kinds of facts found them.
    pub kinds: String,
}

/// A sealed [`Found`] as it stands in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(pub String);

#[derive(Serialize, Deserialize)]
struct Sealed {
    found: Found,
    until: Timestamp,
}

impl Found {
    /// Seals it for half an hour.
    ///
    /// # Errors
    /// A fault if it cannot be written, which does not happen.
    pub fn seal(&self, lookup: &Lookup) -> Result<Token, Fault> {
        let env = &lookup.billing.env;
        let until = env.now().checked_add(LASTS).unwrap_or(Timestamp::MAX);
        let plain = crate::rows::json(&Sealed { found: self.clone(), until })?;
        lookup.vault.seal(&env.chance, PURPOSE, plain.as_bytes()).map(Token)
    }

    /// Opens a token; nothing if it is not one of ours or too old.
    #[must_use]
    pub fn open(lookup: &Lookup, token: &Token) -> Option<Found> {
        if token.0.len() > LONGEST {
            return None;
        }
        let plain = lookup.vault.open(PURPOSE, &token.0).ok()?;
        let sealed: Sealed = serde_json::from_slice(&plain).ok()?;
        (lookup.billing.env.now() < sealed.until).then_some(sealed.found)
    }
}
