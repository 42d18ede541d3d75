//! Every statement about how far IMAP folders were read.

use base::{Fault, Timestamp};
use store::{Reads, Tx};

/// How far a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mail_in) struct Cursor {
    pub(in crate::mail_in) validity: i64,
    pub(in crate::mail_in) last_uid: i64,
}

pub(in crate::mail_in) async fn find(
    reads: &mut impl Reads,
    mailbox: &str,
) -> Result<Option<Cursor>, Fault> {
    let sql = "SELECT validity, last_uid FROM mail_cursors WHERE mailbox = $1 AND validity > 0";
    let row = reads.fetch_optional(sql, (mailbox,)).await?;
    row.map(|row| Ok(Cursor { validity: row.int("validity")?, last_uid: row.int("last_uid")? }))
        .transpose()
}

/// Moves the cursor behind a mail that is kept.
pub(in crate::mail_in) async fn moved(
    tx: &mut Tx,
    mailbox: &str,
    cursor: Cursor,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO mail_cursors (mailbox, validity, last_uid, read_at)
               VALUES ($1, $2, $3, $4)
               ON CONFLICT (mailbox) DO UPDATE SET validity = $2, last_uid = $3, read_at = $4";
    let args = (mailbox, cursor.validity, cursor.last_uid, now);
    tx.execute(sql, args).await.map(|_| ())
}

/// Notes a look, and why it failed if it did.
pub(in crate::mail_in) async fn looked(
    tx: &mut Tx,
    mailbox: &str,
    now: Timestamp,
    why: Option<&str>,
) -> Result<(), Fault> {
    // A folder that was never read has no number yet.
    let sql = "INSERT INTO mail_cursors (mailbox, validity, last_uid, read_at, last_error,
               failed_at) VALUES ($1, 0, 0, $2, $3, $4)
               ON CONFLICT (mailbox) DO UPDATE SET last_error = $3, failed_at = $4,
               read_at = CASE WHEN $4 IS NULL THEN $2 ELSE mail_cursors.read_at END";
    let failed = why.map(|_| now);
    let why = why.map(|why| why.chars().take(500).collect::<String>());
    tx.execute(sql, (mailbox, now, why, failed)).await.map(|_| ())
}

/// A folder's health, for staff and metrics.
#[derive(Clone, Debug)]
pub struct Health {
    /// Which folder.
    pub mailbox: String,
    /// When it was last read without trouble.
    pub read_at: Timestamp,
    /// What went wrong the last time, if it did.
    pub last_error: Option<String>,
}

/// The health of all folders that were ever looked into.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn health(reads: &mut impl Reads) -> Result<Vec<Health>, Fault> {
    let sql = "SELECT mailbox, read_at, last_error FROM mail_cursors ORDER BY mailbox";
    let rows = reads.fetch_all(sql, ()).await?;
    let read = |row: &store::Row| {
        Ok(Health {
            mailbox: row.text("mailbox")?,
            read_at: row.time("read_at")?,
            last_error: row.opt_text("last_error")?,
        })
    };
    rows.iter().map(read).collect()
}
