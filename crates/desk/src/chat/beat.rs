//! An open page of a chat's case tells the visitor that somebody reads, and who writes.

use base::Stop;
use base::id::{CaseId, StaffId};

use super::seen::desk_saw;
use super::signs::{self, Sign, Who};
use crate::Desk;

/// What somebody of the desk does at a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// They read.
    Reading,
    /// They write to the visitor.
    Writing,
}

/// Notes that somebody of the desk has a chat open and has read up to an event.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn beat(
    desk: &Desk,
    case: CaseId,
    staff: StaffId,
    doing: Doing,
    seen: i64,
) -> Result<(), Stop> {
    if doing == Doing::Writing {
        signs::show(desk, case, Who::Staff(staff), Sign::Typing).await?;
    }
    desk_saw(desk, case, seen).await
}
