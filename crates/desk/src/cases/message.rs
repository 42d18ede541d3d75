//! A message: something that was said in a thread.

use base::id::{AddressId, CaseId, MessageId, ThreadId};
use base::{Language, Timestamp};

use super::{Author, Origin, ThreadKind};
use store::terms;

terms! {
    /// Which way a message goes.
    Direction {
        /// To us.
        In = "in",
        /// From us.
        Out = "out",
        /// Staff wrote it for themselves.
        Note = "note",
        /// The desk wrote down what happened.
        System = "system",
    }
}

terms! {
    /// How far a message that goes out has come.
    Delivery {
        /// It goes nowhere: it came in, is a note, or is read on the page of the case only.
        None = "none",
        /// It can still be taken back.
        Waiting = "waiting",
        /// It is on its way.
        Queued = "queued",
        /// Whoever carries it has taken it.
        Sent = "sent",
        /// It has arrived.
        Delivered = "delivered",
        /// It was read.
        Read = "read",
        /// It could not be delivered.
        Failed = "failed",
        /// It was taken back before it left.
        Withdrawn = "withdrawn",
    }
}

/// Something that was said in a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Our id.
    pub id: MessageId,
    /// In which case.
    pub case: CaseId,
    /// In which thread.
    pub thread: ThreadId,
    /// Who reads that thread.
    pub thread_kind: ThreadKind,
    /// The number of the event that told it, within the case.
    pub seq: i64,
    /// The number by which those outside see it: as [`Message::seq`], or of the event by which it
    /// left where it could be taken back until then. None while they may not see it.
    pub shown_seq: Option<i64>,
    /// Which way it goes.
    pub direction: Direction,
    /// Who wrote it.
    pub author: Author,
    /// Which way it came or goes.
    pub channel: Origin,
    /// Where it came from or goes to.
    pub address: Option<AddressId>,
    /// The whole text. Card numbers are masked.
    pub text: String,
    /// What is new in it: without the quote.
    pub fresh: String,
    /// As a page that can do no harm. Card numbers are masked.
    pub html: Option<String>,
    /// The language it is in.
    pub language: Language,
    /// What its channel calls it. The same is never written twice.
    pub source_id: Option<String>,
    /// The header Message-ID without its brackets.
    pub mail_id: Option<String>,
    /// Why we think that no person wrote it.
    pub automatic: Option<String>,
    /// In which way it tells that a mail came back.
    pub bounce: Option<String>,
    /// What is proved about its sender: `aligned`, `forwarded`, `none` or `failed`.
    pub verdict: Option<String>,
    /// How far it has come.
    pub delivery: Delivery,
    /// Until when it can be taken back.
    pub undo_until: Option<Timestamp>,
    /// What a machine made of it in another language.
    pub translated: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
    /// When its text was removed.
    pub redacted_at: Option<Timestamp>,
}
