//! Statements about requests to be forgotten, and how far rounds have come.

use base::Fault;
use base::id::{ErasureId, PersonId};
use store::{Page, Reads, Row, Tx, Walk};

use crate::retention::erasure::Erasure;

fn read(row: &Row) -> Result<Erasure, Fault> {
    Ok(Erasure {
        id: row.id("id")?,
        person: row.id("person")?,
        asked_by: row.text("asked_by")?,
        why: row.text("why")?,
        state: row.parsed("state")?,
        delays: row.json("delays")?,
        gone: row.json("gone")?,
        asked_at: row.time("asked_at")?,
        looked_at: row.opt_time("looked_at")?,
        done_at: row.opt_time("done_at")?,
    })
}

/// The request with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: ErasureId) -> Result<Option<Erasure>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM erasures WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The newest request to forget a person.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn latest_of(reads: &mut impl Reads, person: PersonId) -> Result<Option<Erasure>, Fault> {
    let sql = "SELECT * FROM erasures WHERE person = $1 ORDER BY id DESC LIMIT 1";
    reads.fetch_optional(sql, (person,)).await?.as_ref().map(read).transpose()
}

/// A page of all requests, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, page: Page) -> Result<Vec<Erasure>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM erasures WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM erasures WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

/// Requests that are not done, the oldest first.
pub(in crate::retention) async fn undone(
    reads: &mut impl Reads,
    most: u32,
) -> Result<Vec<Erasure>, Fault> {
    let sql = "SELECT * FROM erasures WHERE done_at IS NULL ORDER BY id LIMIT $1";
    reads.fetch_all(sql, (most,)).await?.iter().map(read).collect()
}

/// Writes a request; false if one is under way.
pub(in crate::retention) async fn insert(tx: &mut Tx, new: &Erasure) -> Result<bool, Fault> {
    let sql = "INSERT INTO erasures (id, person, asked_by, why, state, delays, gone, asked_at)
               VALUES ($1, $2, $3, $4, $5, '[]', '{}', $6) ON CONFLICT DO NOTHING";
    let args = (new.id, new.person, &new.asked_by, &new.why, new.state, new.asked_at);
    Ok(tx.execute(sql, args).await? == 1)
}

/// Keeps how far a request has come, unless it is done or was taken back.
pub(in crate::retention) async fn update(tx: &mut Tx, now: &Erasure) -> Result<u64, Fault> {
    let json = |error| Fault::of("write how far a request has come", error);
    let delays = serde_json::to_string(&now.delays).map_err(json)?;
    let gone = serde_json::to_string(&now.gone).map_err(json)?;
    let sql = "UPDATE erasures SET state = $2, delays = $3, gone = $4, looked_at = $5,
               done_at = $6 WHERE id = $1 AND done_at IS NULL";
    let args = (now.id, now.state, delays, gone, now.looked_at, now.done_at);
    tx.execute(sql, args).await
}

pub(in crate::retention) async fn remove(tx: &mut Tx, id: ErasureId) -> Result<u64, Fault> {
    tx.execute("DELETE FROM erasures WHERE id = $1 AND done_at IS NULL", (id,)).await
}

/// How far a round has come; the beginning if it has none.
pub(in crate::retention) async fn reached(
    reads: &mut impl Reads,
    round: &str,
) -> Result<String, Fault> {
    let sql = "SELECT reached FROM retention_rounds WHERE name = $1";
    let row = reads.fetch_optional(sql, (round,)).await?;
    row.map_or(Ok(String::new()), |row| row.text("reached"))
}

pub(in crate::retention) async fn reach(
    tx: &mut Tx,
    round: &str,
    place: &str,
) -> Result<(), Fault> {
    let sql = "INSERT INTO retention_rounds (name, reached) VALUES ($1, $2)
               ON CONFLICT (name) DO UPDATE SET reached = excluded.reached";
    tx.execute(sql, (round, place)).await.map(|_| ())
}
