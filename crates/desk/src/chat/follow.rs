//! A case that was merged goes on in another: the talk follows it there.

use base::{Fault, Stop};
use store::Reads;

use super::rows;
use super::session::Session;
use crate::Desk;
use crate::cases;

/// The session as it stands now; in the case its talk goes on in, if that is another by now.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn follow(desk: &Desk, session: &Session) -> Result<Session, Stop> {
    let mut reader = desk.billing.store.read().await?;
    let now = rows::find(&mut reader, session.id).await?.unwrap_or_else(|| session.clone());
    let goes_on = elsewhere(&mut reader, &now).await?;
    drop(reader);
    if !goes_on {
        return Ok(now);
    }
    store::write!(desk.billing.store, |tx| {
        let Some(session) = rows::find(tx, now.id).await? else { return Ok(now.clone()) };
        let Some(case) = session.case else { return Ok(session) };
        let into = cases::survivor(tx, case).await?.filter(|into| into.id != case);
        let Some(into) = into else { return Ok(session) };
        let session = Session {
            case: Some(into.id),
            turn: session.turn + 1,
            from_seq: 1,
            seen_seq: 0,
            desk_seen_seq: 0,
            mailed_seq: into.seq,
            ..session
        };
        rows::talks(tx, &session).await?;
        Ok(session)
    })
}

async fn elsewhere(reads: &mut impl Reads, session: &Session) -> Result<bool, Fault> {
    match session.case {
        Some(case) => Ok(cases::survivor(reads, case).await?.is_some_and(|into| into.id != case)),
        None => Ok(false),
    }
}
