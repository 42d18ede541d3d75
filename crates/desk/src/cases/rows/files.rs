//! Statements about the files of messages.

use base::Fault;
use base::id::{FileId, MessageId};
use store::{Reads, Tx};

/// Whether these files were all kept and belong to no message yet.
pub(in crate::cases) async fn are_free(
    reads: &mut impl Reads,
    files: &[FileId],
) -> Result<bool, Fault> {
    let ids: Vec<String> = files.iter().map(ToString::to_string).collect();
    let sql = "SELECT COUNT(*) AS free FROM files WHERE id IN texts($1)
               AND id NOT IN (SELECT file FROM message_files WHERE file IN texts($1))";
    let free = reads.fetch_one(sql, (ids,)).await?.int("free")?;
    Ok(usize::try_from(free).is_ok_and(|free| free == files.len()))
}

pub(in crate::cases) async fn attach(
    tx: &mut Tx,
    message: MessageId,
    nth: i64,
    file: FileId,
) -> Result<(), Fault> {
    let sql = "INSERT INTO message_files (message, file, nth) VALUES ($1, $2, $3)";
    tx.execute(sql, (message, file, nth)).await.map(|_| ())
}

pub(in crate::cases) async fn detach_all(tx: &mut Tx, message: MessageId) -> Result<(), Fault> {
    let sql = "DELETE FROM message_files WHERE message = $1";
    tx.execute(sql, (message,)).await.map(|_| ())
}
