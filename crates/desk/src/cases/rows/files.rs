//! Statements about the files of messages.

use base::Fault;
use base::id::{CaseId, FileId, MessageId};
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

/// The place behind the files that a message has.
pub(in crate::cases) async fn next_nth(
    reads: &mut impl Reads,
    message: MessageId,
) -> Result<i64, Fault> {
    let sql = "SELECT COALESCE(MAX(nth) + 1, 0) AS next FROM message_files WHERE message = $1";
    reads.fetch_one(sql, (message,)).await?.int("next")
}

pub(in crate::cases) async fn detach_all(tx: &mut Tx, message: MessageId) -> Result<(), Fault> {
    let sql = "DELETE FROM message_files WHERE message = $1";
    tx.execute(sql, (message,)).await.map(|_| ())
}

/// Takes the files of all messages of a case away from them; which those were.
pub(in crate::cases) async fn detach_case(tx: &mut Tx, case: CaseId) -> Result<Vec<FileId>, Fault> {
    let sql = "SELECT DISTINCT message_files.file AS file FROM message_files
               JOIN case_messages ON case_messages.id = message_files.message
               WHERE case_messages.case_id = $1";
    let rows = tx.fetch_all(sql, (case,)).await?;
    let sql = "DELETE FROM message_files WHERE message IN
               (SELECT id FROM case_messages WHERE case_id = $1)";
    tx.execute(sql, (case,)).await?;
    rows.iter().map(|row| row.id("file")).collect()
}
