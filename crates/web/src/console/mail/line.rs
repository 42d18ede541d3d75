//! A mail as a line of a list: what may carry a key to a customer's page says only what it is.

use base::id::MailId;
use base::{Language, Timestamp};
use desk::mail::{Outgoing, State};

use crate::console::case::panel::masked;

/// A mail in a list.
pub(crate) struct Line {
    pub(crate) id: MailId,
    pub(crate) at: Timestamp,
    pub(crate) to: String,
    /// Its subject, or what it is.
    pub(crate) says: String,
    pub(crate) language: Language,
    pub(crate) state: State,
}

impl Line {
    /// The line of a mail.
    pub(crate) fn of(mail: Outgoing) -> Line {
        let (id, at, state) = (mail.id, mail.created_at, mail.state);
        if mail.may_be_read() {
            let language = mail.language;
            return Line { id, at, to: mail.to, says: mail.subject, language, state };
        }
        let says = kind(&mail.kind).to_owned();
        Line { id, at, to: masked(&mail.to), says, language: Language::En, state }
    }
}

/// What a mail is, in a few words.
pub(crate) fn kind(word: &str) -> &'static str {
    match word {
        "receipt" => "Receipt",
        "receipt_again" => "Receipt, sent again",
        "charge_details" => "Details of a charge",
        "mail_too_large" => "Notice that a mail was too large",
        "case_answer" => "Answer in a case",
        "case_link" => "Link to a case",
        "case_ack" => "Acknowledgment of a case",
        "chat_address" => "Link that proves an address",
        _ => "Mail",
    }
}
