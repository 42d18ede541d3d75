//! Every statement about stored answers.

use base::{Fault, Timestamp};

use super::{Replay, Stored};
use crate::batch::{Batch, Kind, Verb};
use crate::reads::Reads as _;
use crate::row::Row;
use crate::tx::Tx;

static REPLAYS: Batch = Batch {
    table: "replays",
    columns: &[
        ("key", Kind::Text),
        ("fingerprint", Kind::Text),
        ("status", Kind::Int),
        ("body", Kind::Text),
        ("created_at", Kind::Int),
    ],
    verb: Verb::Insert,
};

pub(super) async fn take(
    tx: &mut Tx,
    now: Timestamp,
    key: &str,
    fingerprint: &str,
) -> Result<u64, Fault> {
    tx.execute(
        "INSERT INTO replays (key, fingerprint, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT DO NOTHING",
        (key, fingerprint, now),
    )
    .await
}

pub(super) async fn finish(tx: &mut Tx, key: &str, status: u16, body: &str) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE replays SET status = $1, body = $2 WHERE key = $3 AND status IS NULL",
        (status, body, key),
    )
    .await
}

pub(super) async fn give_up(tx: &mut Tx, key: &str) -> Result<u64, Fault> {
    tx.execute("DELETE FROM replays WHERE key = $1 AND status IS NULL", (key,)).await
}

pub(super) async fn find(tx: &mut Tx, keys: Vec<String>) -> Result<Vec<(String, Stored)>, Fault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx
        .fetch_all(
            "SELECT key, fingerprint, status, body FROM replays WHERE key IN texts($1)",
            (keys,),
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<(String, Stored), Fault> {
    let status = row.opt_int("status")?.map(u16::try_from).transpose();
    let stored = Stored {
        fingerprint: row.text("fingerprint")?,
        status: status.map_err(|error| Fault::of("read the status of an answer", error))?,
        body: row.opt_text("body")?.unwrap_or_default(),
    };
    Ok((row.text("key")?, stored))
}

pub(super) async fn record(tx: &mut Tx, now: Timestamp, new: Vec<Replay>) -> Result<(), Fault> {
    let mut rows = REPLAYS.rows();
    for replay in new {
        rows.push((replay.key, replay.fingerprint, replay.status, replay.body, now));
    }
    tx.insert(&REPLAYS, rows).await.map(|_| ())
}

/// Empties answers in which a text stands; how many.
pub(super) async fn blank(tx: &mut Tx, text: &str) -> Result<u64, Fault> {
    let sql = "UPDATE replays SET body = '{}' WHERE status IS NOT NULL AND body IS NOT NULL \
               AND REPLACE(body, $1, '') <> body";
    tx.execute(sql, (text,)).await
}

pub(super) async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    tx.execute("DELETE FROM replays WHERE created_at < $1", (before,)).await
}
