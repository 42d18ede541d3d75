//! Statements about threads.

use base::Fault;
use base::id::{CaseId, ThreadId};
use store::{Reads, Row, Tx};

use crate::cases::{Thread, ThreadKind};

pub(in crate::cases) async fn of(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<Thread>, Fault> {
    let sql = "SELECT * FROM case_threads WHERE case_id = $1 ORDER BY id";
    reads.fetch_all(sql, (case,)).await?.iter().map(read).collect()
}

pub(in crate::cases) async fn find(
    reads: &mut impl Reads,
    id: ThreadId,
) -> Result<Option<Thread>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM case_threads WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::cases) async fn to(
    reads: &mut impl Reads,
    case: CaseId,
    kind: ThreadKind,
    partner: Option<&str>,
) -> Result<Option<Thread>, Fault> {
    let sql = "SELECT * FROM case_threads WHERE case_id = $1 AND kind = $2 AND partner = $3";
    let row = reads.fetch_optional(sql, (case, kind, partner.unwrap_or_default())).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::cases) async fn insert(tx: &mut Tx, thread: &Thread) -> Result<(), Fault> {
    let sql = "INSERT INTO case_threads (id, case_id, kind, partner, created_at)
               VALUES ($1, $2, $3, $4, $5)";
    let partner = thread.partner.clone().unwrap_or_default();
    let args = (thread.id, thread.case, thread.kind, partner, thread.created_at);
    tx.execute(sql, args).await.map(|_| ())
}

fn read(row: &Row) -> Result<Thread, Fault> {
    let partner = row.text("partner")?;
    Ok(Thread {
        id: row.id("id")?,
        case: row.id("case_id")?,
        kind: row.parsed("kind")?,
        partner: (!partner.is_empty()).then_some(partner),
        created_at: row.time("created_at")?,
    })
}
