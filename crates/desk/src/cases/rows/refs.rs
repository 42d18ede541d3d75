//! Statements about what cases point to.

use base::id::CaseId;
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use crate::cases::{CaseLink, Ref};

pub(in crate::cases) async fn of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Ref>, Fault> {
    let sql = "SELECT * FROM case_refs WHERE case_id = $1 ORDER BY created_at, kind, ref LIMIT 200";
    let rows = reads.fetch_all(sql, (case,)).await?;
    let read = |row: &Row| {
        Ok(Ref { kind: row.parsed("kind")?, id: row.text("ref")?, role: row.parsed("role")? })
    };
    rows.iter().map(read).collect()
}

/// Writes down what a case is about; false if it was known.
pub(in crate::cases) async fn insert(
    tx: &mut Tx,
    case: CaseId,
    to: &Ref,
    at: Timestamp,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO case_refs (case_id, kind, ref, role, created_at)
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, (case, to.kind, &to.id, to.role, at)).await? == 1)
}

/// Lets a case be about all that another is about.
pub(in crate::cases) async fn copy(
    tx: &mut Tx,
    from: CaseId,
    into: CaseId,
    at: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO case_refs (case_id, kind, ref, role, created_at, home)
               SELECT $2, kind, ref, role, $3, COALESCE(home, case_id) FROM case_refs
               WHERE case_id = $1 ON CONFLICT (case_id, kind, ref, role) DO NOTHING";
    tx.execute(sql, (from, into, at)).await.map(|_| ())
}

/// Undoes [`copy`] for what came over from one of these cases.
pub(in crate::cases) async fn take_back(
    tx: &mut Tx,
    case: CaseId,
    homes: &[CaseId],
) -> Result<(), Fault> {
    let homes: Vec<String> = homes.iter().map(ToString::to_string).collect();
    let sql = "DELETE FROM case_refs WHERE case_id = $1 AND home IN texts($2)";
    tx.execute(sql, (case, homes)).await.map(|_| ())
}

pub(in crate::cases) async fn links(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<CaseLink>, Fault> {
    let sql = "SELECT * FROM case_links WHERE from_case = $1 OR to_case = $1
               ORDER BY created_at, from_case, to_case LIMIT 200";
    let rows = reads.fetch_all(sql, (case,)).await?;
    let read = |row: &Row| {
        Ok(CaseLink {
            from: row.id("from_case")?,
            to: row.id("to_case")?,
            kind: row.parsed("kind")?,
            author: row.parsed("author")?,
            created_at: row.time("created_at")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Links two cases; false if they were linked so.
pub(in crate::cases) async fn link(tx: &mut Tx, link: &CaseLink) -> Result<bool, Fault> {
    let sql = "INSERT INTO case_links (from_case, to_case, kind, author, created_at)
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let CaseLink { from, to, kind, author, created_at } = link;
    Ok(tx.execute(sql, (*from, *to, *kind, *author, *created_at)).await? == 1)
}

pub(in crate::cases) async fn unlink_merge(
    tx: &mut Tx,
    from: CaseId,
    to: CaseId,
) -> Result<(), Fault> {
    let sql = "DELETE FROM case_links WHERE from_case = $1 AND to_case = $2 AND kind = 'merged'";
    tx.execute(sql, (from, to)).await.map(|_| ())
}
