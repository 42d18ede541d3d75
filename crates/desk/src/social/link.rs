//! A customer shows that an account on a channel is theirs: signed in on our site they get a code,
//! and send it over the channel. Until then nothing of what they paid is spoken of there.

use base::id::CustomerId;
use base::{Env, Hashed, Secret, SignedDuration, Stop, Timestamp};
use store::Tx;

use super::rows;
use crate::people::{self, Address, Proof};

/// How long a code is good.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(15);
/// How many codes a customer may have open.
const MOST_OPEN: i64 = 5;

/// What a code begins with, so that it is recognised among words.
const PREFIX: &str = "LINK";

/// A code, shown once.
#[derive(Clone, Debug)]
pub struct Code {
    /// What the customer sends: `LINK 7K3M92QX`.
    pub text: String,
    /// Until when it is good.
    pub until: Timestamp,
}

/// Makes a code for a signed-in customer. The oldest of too many is forgotten.
///
/// # Errors
/// A fault if the database fails.
pub async fn make_code(tx: &mut Tx, env: &Env, customer: CustomerId) -> Result<Code, Stop> {
    let now = env.now();
    let until = now.checked_add(GOOD_FOR).unwrap_or(now);
    let secret = base::id::base32(&env.chance.bytes::<5>()).to_uppercase();
    rows::forget_codes(tx, customer, MOST_OPEN - 1).await?;
    rows::insert_code(tx, &hashed(&secret), customer, now, until).await?;
    Ok(Code { text: format!("{PREFIX} {secret}"), until })
}

/// Whether a message was a code; if it is good, the address is proved and knows its customer.
///
/// A code that is wrong or too old is an ordinary message: staff see it and can help.
pub(super) async fn try_code(
    tx: &mut Tx,
    env: &Env,
    address: &Address,
    text: &str,
) -> Result<bool, Stop> {
    let Some(code) = read(text) else { return Ok(false) };
    let Some(customer) = rows::use_code(tx, &hashed(&code), env.now()).await? else {
        return Ok(false);
    };
    match people::attach_customer(tx, env, address.person, customer, Proof::Code).await {
        Ok(_) => {}
        // The account there is known as another customer's: staff must look.
        Err(Stop::Refused(_)) => return Ok(false),
        Err(fault) => return Err(fault),
    }
    people::verify(tx, env, address.id, Proof::Code).await?;
    Ok(true)
}

fn hashed(code: &str) -> Hashed {
    Secret::from_text(code).hashed()
}

/// The code in a message, however it is typed.
fn read(text: &str) -> Option<String> {
    let text = text.trim().to_uppercase();
    let rest = text.strip_prefix(PREFIX)?.trim_start_matches([' ', ':', '-']);
    let code: String = rest
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '-'))
        .map(|letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            letter => letter,
        })
        .collect();
    let fits = code.len() == 8 && code.bytes().all(|letter| letter.is_ascii_alphanumeric());
    fits.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for text in ["LINK 7K3M92QX", " link 7k3m-92qx ", "Link: 7K3M 92QX"] {
            assert_eq!(read(text).as_deref(), Some("7K3M92QX"), "{text}");
        }
        assert_eq!(read("LINK OIL1OIL1").as_deref(), Some("01110111"));
        for text in ["7K3M92QX", "LINK", "LINK 123", "LINK 7K3M92QX please", "linked 12345678"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
