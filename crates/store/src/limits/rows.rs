//! Every statement about counts.

use base::{Fault, Timestamp};

use crate::reads::Reads as _;
use crate::tx::Tx;

/// Counts once more, anew if the time of the count is over; how many there are.
pub(super) async fn count(
    tx: &mut Tx,
    subject: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<i64, Fault> {
    let sql = "INSERT INTO limit_counts (subject, count, until) VALUES ($1, 1, $3) \
               ON CONFLICT (subject) DO UPDATE SET \
               count = CASE WHEN limit_counts.until <= $2 THEN 1 \
                       ELSE limit_counts.count + 1 END, \
               until = CASE WHEN limit_counts.until <= $2 THEN $3 ELSE limit_counts.until END \
               RETURNING count";
    tx.fetch_one(sql, (subject, now, until)).await?.int("count")
}

/// Forgets the counts whose time is over.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn forget(tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM limit_counts WHERE until <= $1", (now,)).await.map(|_| ())
}
