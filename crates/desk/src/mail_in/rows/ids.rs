//! Every statement about which message has which Message-ID.

use base::id::{CaseId, MessageId, ThreadId};
use base::{Fault, Timestamp};
use sha2::{Digest as _, Sha256};
use store::{Reads, Row, Tx};

/// Where a Message-ID leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) case: CaseId,
    pub(crate) thread: ThreadId,
    pub(crate) message: MessageId,
}

/// A Message-ID as it is stored: ids come in any length.
pub(crate) fn hashed(mail_id: &str) -> String {
    hex::encode(Sha256::digest(mail_id.as_bytes()))
}

/// Remembers whose Message-ID this is, unless somebody had it first.
pub(crate) async fn remember(
    tx: &mut Tx,
    mail_id: &str,
    place: Place,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO mail_ids (mail_id, case_id, thread, message, created_at)
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let args = (hashed(mail_id), place.case, place.thread, place.message, now);
    tx.execute(sql, args).await.map(|_| ())
}

/// Where the first known one of these leads, in the order they are given.
pub(in crate::mail_in) async fn first_of(
    reads: &mut impl Reads,
    mail_ids: &[String],
) -> Result<Option<Place>, Fault> {
    let hashes: Vec<String> = mail_ids.iter().map(|mail_id| hashed(mail_id)).collect();
    if hashes.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT mail_id, case_id, thread, message FROM mail_ids WHERE mail_id IN texts($1)";
    let rows = reads.fetch_all(sql, (hashes.clone(),)).await?;
    let found: Result<Vec<(String, Place)>, Fault> =
        rows.iter().map(|row| Ok((row.text("mail_id")?, read(row)?))).collect();
    let found = found?;
    let place = |hash: &String| found.iter().find(|(known, _)| known == hash).map(|one| one.1);
    Ok(hashes.iter().find_map(place))
}

fn read(row: &Row) -> Result<Place, Fault> {
    Ok(Place { case: row.id("case_id")?, thread: row.id("thread")?, message: row.id("message")? })
}
