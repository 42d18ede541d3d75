//! What is asked of the desk: a new case, a new message; and what became of it.

use base::id::{AddressId, CreatorId, FileId, PersonId};
use base::{Language, SignedDuration};

use super::{Author, Case, Direction, Message, Origin, Priority, Ref, Side, Team, ThreadKind};
use crate::people::Audience;

/// In which thread something is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// To who asked.
    Customer,
    /// Among staff.
    Internal,
    /// To a creator.
    Creator(CreatorId),
    /// To the people of a processor, by the key of the account.
    Processor(String),
}

/// A message to be.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// In which thread.
    pub thread: To,
    /// Which way it goes.
    pub direction: Direction,
    /// Who wrote it.
    pub author: Author,
    /// Which way it came or goes.
    pub channel: Origin,
    /// Where it came from or goes to. None for an answer: where the customer last wrote from.
    pub address: Option<AddressId>,
    /// The whole text.
    pub text: String,
    /// What is new in it; the whole if nobody can say.
    pub fresh: Option<String>,
    /// As a page, already cleaned of whatever does harm.
    pub html: Option<String>,
    /// The language it is in.
    pub language: Language,
    /// What its channel calls it.
    pub source_id: Option<String>,
    /// The header Message-ID without its brackets.
    pub mail_id: Option<String>,
    /// Why we think that no person wrote it.
    pub automatic: Option<String>,
    /// In which way it tells that a mail came back.
    pub bounce: Option<String>,
    /// What is proved about its sender.
    pub verdict: Option<String>,
    /// Files that were kept before.
    pub files: Vec<FileId>,
    /// How long it can be taken back before it leaves.
    pub undo: Option<SignedDuration>,
    /// The last event of the case that its writer had seen.
    pub seen: Option<i64>,
}

/// A case to be.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// What it is about, in a line.
    pub subject: String,
    /// Whose door it came through.
    pub audience: Audience,
    /// On whose side the problem is.
    pub side: Side,
    /// Which kind of problem it is.
    pub topic: Option<String>,
    /// Who works on it.
    pub team: Team,
    /// What is answered first.
    pub priority: Priority,
    /// Which way it came in.
    pub origin: Origin,
    /// The language it is answered in.
    pub language: Language,
    /// Who asks.
    pub requester: PersonId,
    /// Words of staff to find it by.
    pub tags: Vec<String>,
    /// What of the money side it is about.
    pub refs: Vec<Ref>,
    /// How it begins.
    pub first: NewMessage,
}

/// What became of a new message.
#[derive(Clone, Debug)]
pub struct Added {
    /// The case it is in: where the one it was meant for was merged or is closed, another.
    pub case: Case,
    /// The message.
    pub message: Message,
    /// Whether the same had come before, so that nothing was written.
    pub earlier: bool,
}

impl To {
    /// Who reads that thread.
    #[must_use]
    pub const fn kind(&self) -> ThreadKind {
        match self {
            To::Customer => ThreadKind::Customer,
            To::Internal => ThreadKind::Internal,
            To::Creator(_) => ThreadKind::Creator,
            To::Processor(_) => ThreadKind::Processor,
        }
    }

    /// Which creator or processor account.
    #[must_use]
    pub fn partner(&self) -> Option<String> {
        match self {
            To::Customer | To::Internal => None,
            To::Creator(id) => Some(id.to_string()),
            To::Processor(key) => Some(key.clone()),
        }
    }
}

impl NewMessage {
    /// What a person wrote to us.
    #[must_use]
    pub fn from_person(
        person: PersonId,
        address: AddressId,
        channel: Origin,
        language: Language,
        text: impl Into<String>,
    ) -> NewMessage {
        NewMessage {
            address: Some(address),
            ..NewMessage::plain(Direction::In, Author::Person(person), channel, language, text)
        }
    }

    /// What we answer to who asked.
    #[must_use]
    pub fn answer(
        author: Author,
        channel: Origin,
        language: Language,
        text: impl Into<String>,
    ) -> NewMessage {
        NewMessage::plain(Direction::Out, author, channel, language, text)
    }

    /// What staff write for themselves.
    #[must_use]
    pub fn note(author: Author, language: Language, text: impl Into<String>) -> NewMessage {
        NewMessage {
            thread: To::Internal,
            ..NewMessage::plain(Direction::Note, author, Origin::Staff, language, text)
        }
    }

    fn plain(
        direction: Direction,
        author: Author,
        channel: Origin,
        language: Language,
        text: impl Into<String>,
    ) -> NewMessage {
        NewMessage {
            thread: To::Customer,
            direction,
            author,
            channel,
            address: None,
            text: text.into(),
            fresh: None,
            html: None,
            language,
            source_id: None,
            mail_id: None,
            automatic: None,
            bounce: None,
            verdict: None,
            files: Vec::new(),
            undo: None,
            seen: None,
        }
    }
}
