//! Statements about files, and who uses which bytes.

use base::id::FileId;
use base::{Fault, Timestamp};
use store::blobs::Use;
use store::{Reads, Tx};

/// Everything that keeps names of bytes. A table that is missing here loses its bytes.
pub(in crate::retention) static USES: [Use; 6] = [
    Use::Named("SELECT blob AS hash FROM files WHERE blob IN texts($1)"),
    Use::Named("SELECT hash FROM raw_mails WHERE hash IN texts($1) AND emptied_at IS NULL"),
    // A mail of several parts names them in a list; a small one is under its own hash.
    Use::Listed("SELECT blobs AS hash FROM raw_mails WHERE emptied_at IS NULL AND size > 16777216"),
    Use::Named("SELECT hash FROM social_notices WHERE hash IN texts($1) AND emptied_at IS NULL"),
    Use::Named("SELECT body_hash AS hash FROM notices WHERE body_hash IN texts($1)"),
    Use::Named("SELECT hash FROM settlement_files WHERE hash IN texts($1)"),
];

/// Removes files that belong to no message any more, and the chat's word of them; the names of
/// their bytes.
pub(in crate::retention) async fn remove_files(
    tx: &mut Tx,
    files: &[FileId],
) -> Result<Vec<String>, Fault> {
    let ids: Vec<String> = files.iter().map(ToString::to_string).collect();
    let sql = "SELECT id, blob FROM files WHERE id IN texts($1)
               AND id NOT IN (SELECT file FROM message_files WHERE file IN texts($1))";
    let rows = tx.fetch_all(sql, (ids,)).await?;
    let (mut going, mut blobs) = (Vec::new(), Vec::new());
    for row in &rows {
        going.push(row.text("id")?);
        blobs.push(row.text("blob")?);
    }
    tx.execute("DELETE FROM chat_files WHERE file IN texts($1)", (going.clone(),)).await?;
    tx.execute("DELETE FROM files WHERE id IN texts($1)", (going,)).await?;
    Ok(blobs)
}

/// The next files behind a place that came before then: those that belong to nothing, and the
/// last one looked at if there are more.
pub(in crate::retention) async fn unsent_after(
    reads: &mut impl Reads,
    after: &str,
    before: Timestamp,
    most: u32,
) -> Result<(Vec<FileId>, Option<String>), Fault> {
    let sql = "SELECT id, created_at, CAST(CASE WHEN EXISTS (SELECT 1 FROM message_files
                 WHERE message_files.file = files.id) OR EXISTS (SELECT 1 FROM chat_files
                 WHERE chat_files.file = files.id) THEN 1 ELSE 0 END AS BIGINT) AS used
               FROM files WHERE id > $1 ORDER BY id LIMIT $2";
    let rows = reads.fetch_all(sql, (after, most)).await?;
    let (mut unsent, mut last) = (Vec::new(), None);
    for row in &rows {
        if !row.flag("used")? && row.time("created_at")? < before {
            unsent.push(row.id("id")?);
        }
        last = Some(row.text("id")?);
    }
    let is_full = u32::try_from(rows.len()).is_ok_and(|found| found == most);
    Ok((unsent, last.filter(|_| is_full)))
}
