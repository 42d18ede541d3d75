//! Every statement about addresses that are not written to.

use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use crate::mail_in::suppress::Suppression;

/// Why an address is not written to now; none if it may be.
pub(in crate::mail_in) async fn find(
    reads: &mut impl Reads,
    address: &str,
    now: Timestamp,
) -> Result<Option<Suppression>, Fault> {
    let sql = "SELECT * FROM suppressions WHERE address = $1
               AND (until IS NULL OR until > $2)";
    let row = reads.fetch_optional(sql, (address, now)).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::mail_in) async fn set(tx: &mut Tx, one: &Suppression) -> Result<(), Fault> {
    let sql = "INSERT INTO suppressions (address, reason, created_at, until, created_by)
               VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (address) DO UPDATE SET reason = $2, created_at = $3, until = $4,
               created_by = $5";
    let Suppression { address, reason, created_at, until, created_by } = one.clone();
    tx.execute(sql, (address, reason, created_at, until, created_by)).await.map(|_| ())
}

pub(in crate::mail_in) async fn remove(tx: &mut Tx, address: &str) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM suppressions WHERE address = $1", (address,)).await? == 1)
}

/// The newest 500.
pub(in crate::mail_in) async fn all(reads: &mut impl Reads) -> Result<Vec<Suppression>, Fault> {
    let sql = "SELECT * FROM suppressions ORDER BY created_at DESC, address LIMIT 500";
    let rows = reads.fetch_all(sql, ()).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Suppression, Fault> {
    Ok(Suppression {
        address: row.text("address")?,
        reason: row.text("reason")?,
        created_at: row.time("created_at")?,
        until: row.opt_time("until")?,
        created_by: row.opt_text("created_by")?,
    })
}
