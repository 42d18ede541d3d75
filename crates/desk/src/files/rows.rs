//! Every statement about files.

use std::collections::HashMap;

use base::Fault;
use base::id::{FileId, MessageId};
use store::{Reads, Row, Tx};

use super::File;

/// The file with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: FileId) -> Result<Option<File>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM files WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The files with these ids, the oldest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_many(reads: &mut impl Reads, ids: &[FileId]) -> Result<Vec<File>, Fault> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let sql = "SELECT * FROM files WHERE id IN texts($1) ORDER BY id";
    reads.fetch_all(sql, (ids,)).await?.iter().map(read).collect()
}

/// The files of a message, in order.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn of_message(reads: &mut impl Reads, message: MessageId) -> Result<Vec<File>, Fault> {
    let sql = "SELECT files.* FROM message_files JOIN files ON files.id = message_files.file
               WHERE message_files.message = $1 ORDER BY message_files.nth";
    reads.fetch_all(sql, (message,)).await?.iter().map(read).collect()
}

/// The files of many messages, each message's in order. A message without files is not among them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn of_messages(
    reads: &mut impl Reads,
    messages: &[MessageId],
) -> Result<HashMap<MessageId, Vec<File>>, Fault> {
    let mut all: HashMap<MessageId, Vec<File>> = HashMap::new();
    if messages.is_empty() {
        return Ok(all);
    }
    let ids: Vec<String> = messages.iter().map(ToString::to_string).collect();
    let sql = "SELECT message_files.message, files.* FROM message_files
               JOIN files ON files.id = message_files.file
               WHERE message_files.message IN texts($1) ORDER BY message_files.nth";
    for row in reads.fetch_all(sql, (ids,)).await? {
        all.entry(row.id("message")?).or_default().push(read(&row)?);
    }
    Ok(all)
}

pub(super) async fn insert(tx: &mut Tx, file: &File) -> Result<(), Fault> {
    let sql = "INSERT INTO files (id, blob, name, safe_name, kind, size, hash, width, height,
               inline_id, flagged, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let File { id, blob, name, safe_name, kind, size, hash, .. } = file;
    let File { width, height, inline_id, flagged, created_at, .. } = file.clone();
    let args = (
        *id, blob, name, safe_name, kind, *size, hash, width, height, inline_id, flagged,
        created_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

fn read(row: &Row) -> Result<File, Fault> {
    Ok(File {
        id: row.id("id")?,
        blob: row.text("blob")?,
        name: row.text("name")?,
        safe_name: row.text("safe_name")?,
        kind: row.text("kind")?,
        size: row.int("size")?,
        hash: row.text("hash")?,
        width: row.opt_int("width")?,
        height: row.opt_int("height")?,
        inline_id: row.opt_text("inline_id")?,
        flagged: row.opt_text("flagged")?,
        created_at: row.time("created_at")?,
    })
}
