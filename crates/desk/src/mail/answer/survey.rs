//! What the mail carries that asks how we did: a thread that leads an answer back, and where its
//! reader stops such mails with one press.

use super::super::{Carriage, Hand};
use super::thread;
use crate::Desk;
use crate::cases::{Case, Message};
use crate::people::Address;

/// The carriage of a survey about a case, to an address.
#[must_use]
pub fn survey_carriage(
    desk: &Desk,
    case: &Case,
    first: &Message,
    to: &Address,
    survey: &impl ToString,
    unsubscribe: String,
) -> Carriage {
    let word = thread::automatic(desk, first, to);
    Carriage {
        message_id: Some(format!("{word}.{}@{}", thread::bare(survey), thread::host(desk))),
        reply_to: thread::reply_to(desk, &word),
        references: first.mail_id.iter().cloned().collect(),
        hand: Hand::Unasked,
        unsubscribe: Some(unsubscribe),
        case: Some(case.id),
        address: Some(to.id),
        ..Carriage::default()
    }
}
