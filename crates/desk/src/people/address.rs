//! A way to reach a person, and how we know that it is theirs.

use base::id::{AddressId, PersonId};
use base::{Refusal, Timestamp};
use identity::Email;

use super::ADDRESS_NOT_VALID;
use store::terms;

/// The longest value.
const LONGEST: usize = 320;

terms! {
    /// What an address is.
    AddressKind {
        /// A mail address, in small letters.
        Mail = "mail",
        /// A telephone number: a plus and digits, or digits.
        Phone = "phone",
        /// A visitor of the chat.
        Chat = "chat",
        /// A number on `WhatsApp`: digits.
        WhatsApp = "whatsapp",
        /// An id on Telegram.
        Telegram = "telegram",
        /// Of a channel of the operator's own: `<channel>:<id>`.
        Other = "other",
    }
}

terms! {
    /// How we know that an address is theirs.
    Proof {
        /// The merchant's server said so.
        HostSite = "host_site",
        /// They opened a link that was sent to it.
        Link = "link",
        /// They typed a code that was sent to it.
        Code = "code",
        /// They paid with it.
        Payment = "payment",
        /// Staff say so.
        Staff = "staff",
    }
}

/// A way to reach a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Our id.
    pub id: AddressId,
    /// Whose it is.
    pub person: PersonId,
    /// What it is.
    pub kind: AddressKind,
    /// In the form of its kind; a mail address in small letters.
    pub value: String,
    /// Since when we know that it is theirs.
    pub verified_at: Option<Timestamp>,
    /// How we know.
    pub verified_by: Option<Proof>,
    /// When what was sent there last came back.
    pub bounced_at: Option<Timestamp>,
    /// In which way it came back.
    pub bounce: Option<String>,
    /// Since when we know it.
    pub created_at: Timestamp,
}

impl AddressKind {
    /// The value in the form that is stored and looked up.
    ///
    /// # Errors
    /// Refused if it cannot be an address of this kind.
    pub fn normal(self, written: &str) -> Result<String, Refusal> {
        let written = written.trim();
        let line = !written.is_empty() && written.len() <= LONGEST;
        if !line || written.chars().any(char::is_control) {
            return Err(ADDRESS_NOT_VALID);
        }
        match self {
            AddressKind::Mail => Email::checked(written).map(|mail| mail.folded()),
            AddressKind::Phone | AddressKind::WhatsApp => number(written),
            AddressKind::Chat | AddressKind::Telegram => Ok(written.to_owned()),
            AddressKind::Other => match written.split_once(':') {
                Some((channel, id)) if !channel.is_empty() && !id.is_empty() => {
                    Ok(written.to_owned())
                }
                Some(_) | None => Err(ADDRESS_NOT_VALID),
            },
        }
    }
}

/// Digits and perhaps a plus before them: people write numbers with spaces, dots and brackets.
fn number(written: &str) -> Result<String, Refusal> {
    let filler = |letter: &char| !matches!(letter, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}');
    let bare: String = written.chars().filter(filler).collect();
    let digits = bare.strip_prefix('+').unwrap_or(&bare);
    let fits = (3..=20).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    if fits { Ok(bare) } else { Err(ADDRESS_NOT_VALID) }
}
