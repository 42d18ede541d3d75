//! Every statement about blobs.

use base::{Fault, Timestamp};

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

pub(super) async fn get(reads: &mut impl Reads, hash: &str) -> Result<Option<Vec<u8>>, Fault> {
    let row = reads.fetch_optional("SELECT bytes FROM blobs WHERE hash = $1", (hash,)).await?;
    row.map(|row| row.blob("bytes")).transpose()
}
