//! Every statement about blobs.

use base::{Fault, Timestamp};

use crate::batch::{Batch, Kind, Verb};
use crate::reads::Reads;
use crate::tx::Tx;

pub(super) async fn put(
    tx: &mut Tx,
    now: Timestamp,
    hash: &str,
    bytes: &[u8],
) -> Result<u64, Fault> {
    tx.execute(
        "INSERT INTO blobs (hash, bytes, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        (hash, bytes, now),
    )
    .await
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
