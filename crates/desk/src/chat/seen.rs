//! Who has had what before their eyes.

use base::Stop;
use base::id::CaseId;

use super::rows;
use super::session::{Place, Session};
use crate::Desk;

/// The visitor has had everything up to a place before their eyes.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn visitor_saw(desk: &Desk, session: &Session, place: Place) -> Result<(), Stop> {
    let news = place.turn == session.turn && place.seq > session.seen_seq;
    if !news || session.case.is_none() {
        return Ok(());
    }
    let now = desk.billing.env.now();
    store::write!(desk.billing.store, |tx| {
        rows::saw(tx, session, place.seq).await?;
        rows::heard(tx, session.id, now).await?;
        tx.signal("chat");
        Ok(())
    })
}

/// Somebody of the desk has had everything up to an event of a case before their eyes.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn desk_saw(desk: &Desk, case: CaseId, seq: i64) -> Result<(), Stop> {
    let mut reader = desk.billing.store.read().await?;
    let session = rows::of_case(&mut reader, case).await?;
    drop(reader);
    if session.is_none_or(|session| session.desk_seen_seq >= seq) {
        return Ok(());
    }
    store::write!(desk.billing.store, |tx| {
        rows::desk_saw(tx, case, seq).await?;
        tx.signal("chat");
        Ok(())
    })
}
