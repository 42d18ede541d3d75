//! Every statement about blobs.

use base::{Fault, Timestamp};

use super::Use;
use crate::batch::{Batch, Kind, Verb};
use crate::reads::Reads;
use crate::tx::Tx;

pub(super) async fn put(
    tx: &mut Tx,
    now: Timestamp,
    hash: &str,
    bytes: &[u8],
) -> Result<u64, Fault> {
    // What is there already is touched, so that nobody removes it at the same moment.
    let sql = "INSERT INTO blobs (hash, bytes, created_at) VALUES ($1, $2, $3) \
               ON CONFLICT (hash) DO UPDATE SET created_at = excluded.created_at \
               WHERE blobs.created_at < excluded.created_at";
    tx.execute(sql, (hash, bytes, now)).await
}

static NEW: Batch = Batch {
    table: "blobs",
    columns: &[("hash", Kind::Text), ("bytes", Kind::Blob), ("created_at", Kind::Int)],
    verb: Verb::InsertUnlessThere,
};

pub(super) async fn put_many(
    tx: &mut Tx,
    now: Timestamp,
    many: impl Iterator<Item = (&String, &[u8])>,
) -> Result<(), Fault> {
    let mut rows = NEW.rows();
    for (hash, bytes) in many {
        rows.push((hash, bytes, now));
    }
    if !rows.is_empty() {
        tx.insert(&NEW, rows).await?;
    }
    Ok(())
}

pub(super) async fn get(reads: &mut impl Reads, hash: &str) -> Result<Option<Vec<u8>>, Fault> {
    let row = reads.fetch_optional("SELECT bytes FROM blobs WHERE hash = $1", (hash,)).await?;
    row.map(|row| row.blob("bytes")).transpose()
}

/// Names behind `after`, in order, of blobs that were last put before then.
pub(super) async fn names_after(
    reads: &mut impl Reads,
    after: &str,
    before: Timestamp,
    most: u32,
) -> Result<(Vec<String>, Option<String>), Fault> {
    let sql = "SELECT hash, created_at FROM blobs WHERE hash > $1 ORDER BY hash LIMIT $2";
    let rows = reads.fetch_all(sql, (after, most)).await?;
    let (mut old, mut last) = (Vec::new(), None);
    for row in &rows {
        let hash = row.text("hash")?;
        if row.time("created_at")? < before {
            old.push(hash.clone());
        }
        last = Some(hash);
    }
    let is_full = u32::try_from(rows.len()).is_ok_and(|found| found == most);
    Ok((old, last.filter(|_| is_full)))
}

/// What rows say of the blobs they use, among these or in all.
pub(super) async fn named(
    reads: &mut impl Reads,
    by: &Use,
    hashes: &[String],
) -> Result<Vec<String>, Fault> {
    let rows = match by {
        Use::Named(sql) => reads.fetch_all(sql, (hashes.to_vec(),)).await?,
        Use::Listed(sql) => reads.fetch_all(sql, ()).await?,
    };
    rows.iter().map(|row| row.text("hash")).collect()
}

pub(super) async fn remove(tx: &mut Tx, hashes: Vec<String>) -> Result<u64, Fault> {
    tx.execute("DELETE FROM blobs WHERE hash IN texts($1)", (hashes,)).await
}
