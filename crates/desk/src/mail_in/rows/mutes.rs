//! Every statement about what is muted because of a loop.

use base::{Fault, Timestamp};
use store::{Reads, Tx};

/// Mutes a case or an address; false if it was muted already.
pub(in crate::mail_in) async fn mute(
    tx: &mut Tx,
    what: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, Fault> {
    let muted = is_muted(tx, what, now).await?;
    let sql = "INSERT INTO mail_mutes (what, until) VALUES ($1, $2)
               ON CONFLICT (what) DO UPDATE SET until = $2";
    tx.execute(sql, (what, until)).await?;
    Ok(!muted)
}

pub(crate) async fn is_muted(
    reads: &mut impl Reads,
    what: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "SELECT what FROM mail_mutes WHERE what = $1 AND until > $2";
    Ok(reads.fetch_optional(sql, (what, now)).await?.is_some())
}

pub(in crate::mail_in) async fn forget(tx: &mut Tx, now: Timestamp) -> Result<u64, Fault> {
    tx.execute("DELETE FROM mail_mutes WHERE until <= $1", (now,)).await
}
