//! Mail that goes out: written in the transaction that causes it, sent by a job, kept to be shown.
//!
//! A mail may reach its reader twice (a server took it and the answer was lost), always under the
//! same Message-ID; it is never lost between us and the server.

mod again;
mod answer;
mod carriage;
mod details;
mod letter;
pub(crate) mod message;
mod outgoing;
mod post;
mod queue;
mod receipt;
mod rows;
mod send;
mod server;
#[cfg(test)]
mod sink;
#[cfg(test)]
mod tests;

pub use again::send_again;
pub use answer::{MailCarrier, acknowledge, survey_carriage, too_large};
pub use carriage::{Carriage, Hand};
pub use details::send_details;
pub use letter::Letter;
pub use outgoing::{Outgoing, State};
pub use post::{Post, Smtp};
pub use queue::{NewMail, queue, queue_in_case};
pub use receipt::ReceiptListener;
pub use rows::{find, list, list_seen, of, seen};
pub use send::{KIND, Send};

use base::{Kind, Refusal};

/// There is no such mail.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "mail_unknown", "there is no mail with this id");
/// The mail is on its way or has arrived.
pub const NOT_FAILED: Refusal =
    Refusal::new(Kind::Conflict, "mail_not_failed", "only a mail that failed can be sent again");
