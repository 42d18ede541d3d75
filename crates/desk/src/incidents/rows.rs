//! Every SQL statement about incidents.

use base::id::IncidentId;
use base::{Fault, Timestamp};
use store::{Page, Reads, Row, Tx, Walk};

use super::incident::Incident;

fn incident(row: &Row) -> Result<Incident, Fault> {
    Ok(Incident {
        id: row.id("id")?,
        account: row.text("account")?,
        why: row.text("why")?,
        case: row.id("case_id")?,
        began_at: row.time("began_at")?,
        bad_at: row.time("bad_at")?,
        ended_at: row.opt_time("ended_at")?,
    })
}

pub(super) async fn insert(tx: &mut Tx, new: &Incident) -> Result<(), Fault> {
    let sql = "INSERT INTO incidents (id, account, why, case_id, began_at, bad_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let Incident { id, account, why, case, began_at, bad_at, .. } = new;
    tx.execute(sql, (*id, account, why, *case, *began_at, *bad_at)).await?;
    Ok(())
}

pub(super) async fn seen_bad(tx: &mut Tx, id: IncidentId, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE incidents SET bad_at = $1 WHERE id = $2";
    tx.execute(sql, (now, id)).await?;
    Ok(())
}

pub(super) async fn end(tx: &mut Tx, id: IncidentId, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE incidents SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
    tx.execute(sql, (now, id)).await?;
    Ok(())
}

/// Every open incident, the oldest first.
pub(super) async fn open(reads: &mut impl Reads) -> Result<Vec<Incident>, Fault> {
    let sql = "SELECT * FROM incidents WHERE ended_at IS NULL ORDER BY id";
    reads.fetch_all(sql, ()).await?.iter().map(incident).collect()
}

/// The open incident of an account.
pub(super) async fn open_of(
    reads: &mut impl Reads,
    account: &str,
) -> Result<Option<Incident>, Fault> {
    let sql = "SELECT * FROM incidents WHERE account = $1 AND ended_at IS NULL";
    reads.fetch_optional(sql, (account,)).await?.as_ref().map(incident).transpose()
}

/// The incident with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: IncidentId) -> Result<Option<Incident>, Fault> {
    let sql = "SELECT * FROM incidents WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(incident).transpose()
}

/// A page of all incidents, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, page: Page) -> Result<Vec<Incident>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM incidents WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM incidents WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(incident).collect()
}
