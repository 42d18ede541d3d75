//! Mail that comes in: kept raw first, then read, and filed into a case or held back with a reason.
//!
//! No mail can stop the next one: each is read by a job of its own, three times at most, and what
//! cannot be read is shown to staff instead of being lost.

pub mod doors;
mod filing;
mod keep;
mod preview;
mod quarantine;
mod raw;
mod remember;
mod rows;
pub mod senders;
mod settings;
mod suppress;
mod sweep;
mod token;

pub use filing::{FileMail, Filed, file};
pub use keep::{Arrived, FILE, Kept, bytes, keep};
pub use preview::{Preview, preview};
pub use quarantine::{block, discard, into_case, release, release_and_allow};
pub use raw::{Extent, RawMail, Reason, State};
pub use remember::{is_muted, remember};
pub use rows::cursors::{Health, health};
pub use rows::raw::{find, list, of_case, quarantined, waiting};
pub use settings::{Encryption, MailIn, Mailbox, halves, plus_of, with_plus};
pub use suppress::{Suppression, lift, suppress, suppressed, suppressions};
pub use sweep::{SWEEP, SWEEP_EVERY, Sweep};
pub use token::{Token, TokenKind, VALID_DAYS};

use base::{Kind, Refusal};

/// The largest mail that is kept whole.
pub const LARGEST: usize = 35 * 1024 * 1024;

/// The mail is larger than [`LARGEST`].
pub const TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "mail_too_large", "a mail may have 35 MiB at most");
/// The mail is not in quarantine.
pub const NOT_HELD: Refusal = Refusal::new(
    Kind::Conflict,
    "raw_mail_not_held",
    "only a mail that is in quarantine can be released, joined or discarded",
);
/// There is no such mail.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "raw_mail_unknown", "there is no mail with this id");
