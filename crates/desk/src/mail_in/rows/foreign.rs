//! Every statement about the numbers by which other desks call our cases.

use base::id::{CaseId, ThreadId};
use base::{Fault, Timestamp};
use store::{Reads, Tx};

/// Where a number of a domain leads.
pub(in crate::mail_in) async fn find(
    reads: &mut impl Reads,
    domain: &str,
    reference: &str,
) -> Result<Option<(CaseId, ThreadId)>, Fault> {
    let sql = "SELECT case_id, thread FROM mail_foreign WHERE domain = $1 AND reference = $2";
    let row = reads.fetch_optional(sql, (domain, reference)).await?;
    row.map(|row| Ok((row.id("case_id")?, row.id("thread")?))).transpose()
}

/// Remembers where a number leads, unless it led somewhere before.
pub(in crate::mail_in) async fn remember(
    tx: &mut Tx,
    (domain, reference): (&str, &str),
    (case, thread): (CaseId, ThreadId),
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO mail_foreign (domain, reference, case_id, thread, created_at)
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    tx.execute(sql, (domain, reference, case, thread, now)).await.map(|_| ())
}
