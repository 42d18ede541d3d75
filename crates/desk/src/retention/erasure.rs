//! A request of somebody to be forgotten: who wrote it down, what stands in its way, what is gone.

use base::id::{ErasureId, PersonId};
use base::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::terms;

use super::delay::Delay;

/// A request should be done within this time.
const DUE: SignedDuration = SignedDuration::from_hours(30 * 24);

terms! {
    /// Where a request to be forgotten stands.
    ErasureState {
        /// It is about to be worked on, or is.
        Waiting = "waiting",
        /// Something stands in the way.
        Delayed = "delayed",
        /// Everything is gone.
        Done = "done",
    }
}

/// A request to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Its id.
    pub id: ErasureId,
    /// Who is to be forgotten.
    pub person: PersonId,
    /// Who wrote it down, as [`base::Actor`] writes itself.
    pub asked_by: String,
    /// Where the wish is written down.
    pub why: String,
    /// Where it stands.
    pub state: ErasureState,
    /// What stands in its way, the gravest first.
    pub delays: Vec<Delay>,
    /// What is gone so far.
    pub gone: Gone,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it was last worked on.
    pub looked_at: Option<Timestamp>,
    /// When everything was gone.
    pub done_at: Option<Timestamp>,
}

/// How many of what are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Gone {
    /// Cases that were emptied.
    pub cases: u64,
    /// Messages in cases of others.
    pub messages: u64,
    /// Files.
    pub files: u64,
    /// Raw mails and what messengers brought.
    pub raw: u64,
    /// Copies of mails that went out.
    pub mails: u64,
    /// Chats.
    pub chats: u64,
}

impl Erasure {
    /// By when it should be done.
    #[must_use]
    pub fn due_at(&self) -> Timestamp {
        self.asked_at.checked_add(DUE).unwrap_or(Timestamp::MAX)
    }
}

impl Gone {
    /// Both together.
    pub(super) fn add(&mut self, more: &Gone) {
        self.cases += more.cases;
        self.messages += more.messages;
        self.files += more.files;
        self.raw += more.raw;
        self.mails += more.mails;
        self.chats += more.chats;
    }
}
