//! A waiting chat is offered to one of staff who is there, for a moment, then to the next; when
//! everybody there has had the offer, it stands open for the whole team.

mod deal;
mod plan;
mod stand;
#[cfg(test)]
mod tests;

use base::Timestamp;
use base::id::{CaseId, StaffId};
use store::terms;

pub use deal::deal;
pub use stand::{be_away, come_back, look, pass_on, standing, taken};

/// A chat that is offered to somebody of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The chat.
    pub case: CaseId,
    /// Whom it is offered to.
    pub staff: StaffId,
    /// Since when.
    pub since: Timestamp,
    /// It runs out then.
    pub until: Timestamp,
}

/// Somebody at the desk to whom chats are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Agent {
    pub(super) staff: StaffId,
    /// With how many visitors they talk.
    pub(super) chats: i64,
    /// When something was last offered to them.
    pub(super) offered_at: Option<Timestamp>,
}

terms! {
    /// Why nothing is offered to somebody of staff.
    AwayBy {
        /// They let too many offers run out.
        Misses = "misses",
        /// They said so themselves.
        Themselves = "themselves",
    }
}

/// Whether chats are offered to somebody of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// They are.
    Takes,
    /// They are not.
    Away(AwayBy),
}
