//! Who has a case open: rows that run out by themselves, the same on every node.

use base::id::{CaseId, StaffId};
use base::{Env, Fault, SignedDuration};
use store::Tx;

use super::rows;

/// Somebody counts as looking for so long after their page last said so.
const VIEWING: SignedDuration = SignedDuration::from_secs(60);
/// And as writing for so long after a letter.
const TYPING: SignedDuration = SignedDuration::from_secs(6);

/// What somebody does at a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// The page is open and in front.
    Viewing,
    /// They write.
    Typing,
}

/// A colleague at a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// Who.
    pub staff: StaffId,
    /// What colleagues call them.
    pub name: String,
    /// What they do.
    pub doing: Doing,
}

/// Notes that somebody is at a case.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn arrive(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    staff: StaffId,
    doing: Doing,
) -> Result<(), Fault> {
    let now = env.now();
    let until = |span| now.checked_add(span).unwrap_or(now);
    let typing = match doing {
        Doing::Viewing => None,
        Doing::Typing => Some(until(TYPING)),
    };
    rows::drop_gone(tx, case, now).await?;
    rows::arrive(tx, case, staff, until(VIEWING), typing).await
}

/// Notes that somebody has left a case.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn leave(tx: &mut Tx, case: CaseId, staff: StaffId) -> Result<(), Fault> {
    rows::leave(tx, case, staff).await
}
