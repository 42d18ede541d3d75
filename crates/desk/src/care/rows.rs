//! Every statement about promises and clocks.

use base::id::CaseId;
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use super::clock::Clock;
use super::promises::{Kind, Promises, Target};

/// The promises in force, and their version; none before the first start.
pub(super) async fn in_force(reads: &mut impl Reads) -> Result<Option<(i64, Promises)>, Fault> {
    let sql = "SELECT version, rules FROM promises ORDER BY version DESC LIMIT 1";
    let row = reads.fetch_optional(sql, ()).await?;
    row.map(|row| Ok((row.int("version")?, row.json("rules")?))).transpose()
}

pub(super) async fn put_in_force(
    tx: &mut Tx,
    version: i64,
    rules: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO promises (version, rules, created_at) VALUES ($1, $2, $3)";
    tx.execute(sql, (version, rules, now)).await.map(|_| ())
}

/// The clocks of a case, oldest first.
pub(super) async fn of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Clock>, Fault> {
    let sql = "SELECT * FROM case_clocks WHERE case_id = $1 ORDER BY started_at, kind, nth";
    reads.fetch_all(sql, (case,)).await?.iter().map(read).collect()
}

pub(super) async fn insert(tx: &mut Tx, clock: &Clock) -> Result<(), Fault> {
    let sql = "INSERT INTO case_clocks (case_id, kind, nth, warn_minutes, breach_minutes,
               started_at, running_since, worked, warn_at, due_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let args = (
        clock.case,
        clock.kind.as_str(),
        clock.nth,
        clock.target.warn_minutes,
        clock.target.breach_minutes,
        clock.started_at,
        clock.running_since,
        clock.worked,
        clock.warn_at,
        clock.due_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn update(tx: &mut Tx, clock: &Clock) -> Result<(), Fault> {
    let sql = "UPDATE case_clocks SET running_since = $4, worked = $5, warn_at = $6, due_at = $7,
               warned_at = $8, breached_at = $9, ended_at = $10
               WHERE case_id = $1 AND kind = $2 AND nth = $3";
    let args = (
        clock.case,
        clock.kind.as_str(),
        clock.nth,
        clock.running_since,
        clock.worked,
        clock.warn_at,
        clock.due_at,
        clock.warned_at,
        clock.breached_at,
        clock.ended_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// Clocks of which somebody must be told now: a warning or a broken promise, the oldest first.
pub(super) async fn ringing(
    reads: &mut impl Reads,
    now: Timestamp,
    most: u32,
) -> Result<Vec<Clock>, Fault> {
    let sql = "SELECT * FROM case_clocks
               WHERE (warn_at <= $1 AND warned_at IS NULL)
                  OR (due_at <= $1 AND breached_at IS NULL)
               ORDER BY warn_at LIMIT $2";
    reads.fetch_all(sql, (now, most)).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Clock, Fault> {
    Ok(Clock {
        case: row.id("case_id")?,
        kind: row.parsed::<Kind>("kind")?,
        nth: row.int("nth")?,
        target: Target {
            warn_minutes: row.int("warn_minutes")?,
            breach_minutes: row.int("breach_minutes")?,
        },
        started_at: row.time("started_at")?,
        running_since: row.opt_time("running_since")?,
        worked: row.int("worked")?,
        warn_at: row.opt_time("warn_at")?,
        due_at: row.opt_time("due_at")?,
        warned_at: row.opt_time("warned_at")?,
        breached_at: row.opt_time("breached_at")?,
        ended_at: row.opt_time("ended_at")?,
    })
}
