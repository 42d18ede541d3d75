//! Every statement about tries to sign in.

use base::{Fault, Timestamp};
use store::{Reads as _, Tx};

/// What is known of a subject's tries.
pub(super) struct Tries {
    pub(super) tries: i64,
    pub(super) last_at: Timestamp,
    pub(super) blocked_until: Timestamp,
}

pub(super) async fn tries(tx: &mut Tx, subject: &str) -> Result<Option<Tries>, Fault> {
    let sql = "SELECT tries, last_at, blocked_until FROM sign_in_tries WHERE subject = $1";
    let Some(row) = tx.fetch_optional(sql, (subject,)).await? else { return Ok(None) };
    Ok(Some(Tries {
        tries: row.int("tries")?,
        last_at: row.time("last_at")?,
        blocked_until: row.time("blocked_until")?,
    }))
}

pub(super) async fn count(
    tx: &mut Tx,
    subject: &str,
    tries: i64,
    now: Timestamp,
    blocked_until: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO sign_in_tries (subject, tries, last_at, blocked_until)
               VALUES ($1, $2, $3, $4)
               ON CONFLICT (subject) DO UPDATE SET tries = excluded.tries,
               last_at = excluded.last_at, blocked_until = excluded.blocked_until";
    tx.execute(sql, (subject, tries, now, blocked_until)).await.map(|_| ())
}

pub(super) async fn forget(tx: &mut Tx, subject: &str) -> Result<(), Fault> {
    tx.execute("DELETE FROM sign_in_tries WHERE subject = $1", (subject,)).await.map(|_| ())
}

pub(super) async fn give_back(tx: &mut Tx, subject: &str) -> Result<(), Fault> {
    let sql = "UPDATE sign_in_tries SET tries = tries - 1 WHERE subject = $1 AND tries > 0";
    tx.execute(sql, (subject,)).await.map(|_| ())
}

/// Forgets tries before `until`.
pub(crate) async fn sweep(tx: &mut Tx, until: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM sign_in_tries WHERE last_at < $1", (until,)).await.map(|_| ())
}
