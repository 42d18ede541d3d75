//! Somebody signs out, or is signed out.

use base::id::SessionId;
use base::{Actor, Fault, Timestamp};
use store::Tx;

use super::rows;

/// Ends one session of one person. Ending it twice, or somebody else's, changes nothing.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn end(tx: &mut Tx, now: Timestamp, who: Actor, session: SessionId) -> Result<(), Fault> {
    rows::end(tx, now, who, session).await
}

/// Ends all sessions of a person but one: after a new password, or when somebody is disabled.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn end_all(
    tx: &mut Tx,
    now: Timestamp,
    who: Actor,
    but: Option<SessionId>,
) -> Result<(), Fault> {
    rows::end_all(tx, now, who, but).await
}
