//! A thread: one audience's part of a case, with its own readers.

use base::Timestamp;
use base::id::{AddressId, CaseId, ThreadId};

use super::Author;
use store::terms;

terms! {
    /// Who reads a thread.
    ThreadKind {
        /// Who asked, and staff.
        Customer = "customer",
        /// Staff only.
        Internal = "internal",
        /// A creator, and staff.
        Creator = "creator",
        /// A processor's people, and staff.
        Processor = "processor",
    }
}

terms! {
    /// What somebody is to a case.
    ParticipantRole {
        /// Who asks.
        Requester = "requester",
        /// Was put in copy.
        Cc = "cc",
        /// The creator's side.
        Creator = "creator",
        /// The studio's side.
        Studio = "studio",
        /// The processor's side.
        Processor = "processor",
        /// Looks on.
        Observer = "observer",
    }
}

/// One audience's part of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Our id.
    pub id: ThreadId,
    /// Of which case.
    pub case: CaseId,
    /// Who reads it.
    pub kind: ThreadKind,
    /// Which creator (their id) or which processor (the key of the account).
    pub partner: Option<String>,
    /// Since when there is one.
    pub created_at: Timestamp,
}

/// An address that takes part in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// In which case.
    pub case: CaseId,
    /// Which address.
    pub address: AddressId,
    /// What they are to it.
    pub role: ParticipantRole,
    /// Of which creator (their id) or processor (the key of the account) they speak.
    pub partner: Option<String>,
    /// Whether they may read what others wrote. Somebody in copy of a mail may not, until staff
    /// say so.
    pub may_read: bool,
    /// Who let them in.
    pub added_by: Author,
    /// Since when.
    pub created_at: Timestamp,
}

impl Participant {
    /// Whether they may read what others say in the customer's thread.
    #[must_use]
    pub const fn reads_customer(&self) -> bool {
        match self.role {
            ParticipantRole::Requester | ParticipantRole::Cc | ParticipantRole::Observer => {
                self.may_read
            }
            ParticipantRole::Creator | ParticipantRole::Studio | ParticipantRole::Processor => {
                false
            }
        }
    }
}
