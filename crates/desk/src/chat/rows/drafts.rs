//! Statements about what goes along to the form of a request.

use base::{Fault, Hashed, Timestamp};
use store::{Reads, Tx};

pub(in crate::chat) async fn keep_draft(
    tx: &mut Tx,
    hash: &Hashed,
    text: &str,
    until: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO chat_drafts (hash, text, until) VALUES ($1, $2, $3)";
    tx.execute(sql, (hash.as_str(), text, until)).await.map(|_| ())
}

pub(in crate::chat) async fn draft(
    reads: &mut impl Reads,
    hash: &Hashed,
    now: Timestamp,
) -> Result<Option<String>, Fault> {
    let sql = "SELECT text FROM chat_drafts WHERE hash = $1 AND until > $2";
    let row = reads.fetch_optional(sql, (hash.as_str(), now)).await?;
    row.map(|row| row.text("text")).transpose()
}

/// Forgets what nobody opens any more.
pub(in crate::chat) async fn forget_drafts(tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM chat_drafts WHERE until <= $1", (now,)).await.map(|_| ())
}
