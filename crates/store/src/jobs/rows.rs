//! Every statement about jobs, schedules and leases.

use base::id::JobId;
use base::{Fault, Timestamp};

use super::job::{Job, State};
use crate::batch::{Batch, Columns, Kind, Verb};
use crate::patience::MOST_TRIES;
use crate::reads::Reads;
use crate::row::Row;
use crate::tx::Tx;

static NEW: Batch = Batch {
    table: "jobs",
    columns: &[
        ("id", Kind::Text),
        ("kind", Kind::Text),
        ("payload", Kind::Text),
        ("state", Kind::Text),
        ("due_at", Kind::Int),
        ("attempts", Kind::Int),
        ("created_at", Kind::Int),
    ],
    verb: Verb::Insert,
};

pub(super) struct NewJobs(Columns);

impl NewJobs {
    pub(super) fn new() -> NewJobs {
        NewJobs(NEW.rows())
    }

    pub(super) fn push(
        &mut self,
        id: JobId,
        kind: &str,
        payload: String,
        due: Timestamp,
        now: Timestamp,
    ) {
        self.0.push((id, kind, payload, State::Ready.word(), due, 0_i64, now));
    }
}

pub(super) async fn insert(tx: &mut Tx, jobs: NewJobs) -> Result<(), Fault> {
    tx.insert(&NEW, jobs.0).await.map(|_| ())
}

fn read(row: &Row) -> Result<Job, Fault> {
    Ok(Job {
        id: row.id("id")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        state: row.parsed("state")?,
        attempts: u32::try_from(row.int("attempts")?).unwrap_or(0),
        due_at: row.time("due_at")?,
        last_error: row.opt_text("last_error")?,
        created_at: row.time("created_at")?,
    })
}

/// Claims jobs that are due, or whose worker went away.
///
/// The condition is repeated outside of the list: a claimer that waited for a row which somebody
/// else claimed meanwhile looks at it again and leaves it alone. What runs was due before, so the
/// index on `due_at` finds both; `state <> 'resting'` lets SQLite see that it may use it.
pub(super) const CLAIM: &str = "UPDATE jobs SET state = 'running', worker = $1, \
     lease_until = $2, attempts = attempts + 1 \
     WHERE id IN (SELECT id FROM jobs WHERE state <> 'resting' AND due_at <= $4 \
       AND (state = 'ready' OR lease_until <= $4) AND kind IN texts($3) \
       ORDER BY due_at, id LIMIT $5) \
     AND due_at <= $4 AND (state = 'ready' OR (state = 'running' AND lease_until <= $4)) \
     RETURNING id, kind, payload, state, attempts, due_at, last_error, created_at";

pub(super) async fn claim(
    tx: &mut Tx,
    kinds: Vec<String>,
    most: u32,
    token: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Job>, Fault> {
    let rows = tx.fetch_all(CLAIM, (token, until, kinds, now, most)).await?;
    let mut jobs = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    jobs.sort_by_key(|job| (job.due_at, job.id));
    Ok(jobs)
}

/// Moves the end of the leases on; jobs that somebody else has taken over stay theirs.
pub(super) async fn extend(
    tx: &mut Tx,
    jobs: Vec<String>,
    tokens: Vec<String>,
    until: Timestamp,
) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE jobs SET lease_until = $1 \
         WHERE id IN texts($2) AND worker IN texts($3) AND state = 'running'",
        (until, jobs, tokens),
    )
    .await
}

pub(super) async fn finish(tx: &mut Tx, id: JobId, token: &str) -> Result<u64, Fault> {
    tx.execute("DELETE FROM jobs WHERE id = $1 AND worker = $2 AND state = 'running'", (id, token))
        .await
}

pub(super) async fn later(
    tx: &mut Tx,
    id: JobId,
    token: &str,
    due: Timestamp,
) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE jobs SET state = 'ready', due_at = $1, attempts = 0, last_error = NULL, \
         worker = NULL, lease_until = NULL \
         WHERE id = $2 AND worker = $3 AND state = 'running'",
        (due, id, token),
    )
    .await
}

/// Keeps a failure: ready again at `due`, or resting when it failed too often.
pub(super) async fn fail(
    tx: &mut Tx,
    id: JobId,
    token: &str,
    why: &str,
    due: Timestamp,
) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE jobs SET state = CASE WHEN attempts >= $1 THEN 'resting' ELSE 'ready' END, \
         due_at = $2, last_error = $3, worker = NULL, lease_until = NULL \
         WHERE id = $4 AND worker = $5 AND state = 'running'",
        (MOST_TRIES, due, why, id, token),
    )
    .await
}

/// Gives a job back as if it had not been tried.
pub(super) async fn release(tx: &mut Tx, id: JobId, token: &str) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE jobs SET state = 'ready', attempts = attempts - 1, worker = NULL, \
         lease_until = NULL WHERE id = $1 AND worker = $2 AND state = 'running'",
        (id, token),
    )
    .await
}

/// Ends every claim and every lease: whoever held them is known to be gone.
pub(super) async fn forget_the_dead(tx: &mut Tx) -> Result<(), Fault> {
    tx.execute("UPDATE jobs SET lease_until = 0 WHERE state = 'running'", ()).await?;
    tx.execute("DELETE FROM leases", ()).await.map(|_| ())
}

pub(super) async fn find(reads: &mut impl Reads, id: JobId) -> Result<Option<Job>, Fault> {
    let row = reads
        .fetch_optional(
            "SELECT id, kind, payload, state, attempts, due_at, last_error, created_at \
             FROM jobs WHERE id = $1",
            (id,),
        )
        .await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn resting(
    reads: &mut impl Reads,
    limit: u32,
    after: Option<JobId>,
) -> Result<Vec<Job>, Fault> {
    let rows = reads
        .fetch_all(
            "SELECT id, kind, payload, state, attempts, due_at, last_error, created_at \
             FROM jobs WHERE state = 'resting' AND id > $1 ORDER BY id LIMIT $2",
            (after.map(|id| id.to_string()).unwrap_or_default(), limit),
        )
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn again(tx: &mut Tx, id: JobId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE jobs SET state = 'ready', attempts = 0, due_at = $1 \
         WHERE id = $2 AND state = 'resting'",
        (now, id),
    )
    .await
}

pub(super) async fn drop_resting(tx: &mut Tx, id: JobId) -> Result<u64, Fault> {
    tx.execute("DELETE FROM jobs WHERE id = $1 AND state = 'resting'", (id,)).await
}

/// Ready and running jobs. A schedule's next run that was never begun is no open work.
pub(super) async fn open_count(reads: &mut impl Reads) -> Result<i64, Fault> {
    let row = reads
        .fetch_one(
            "SELECT COUNT(*) AS open FROM jobs WHERE state <> 'resting' AND NOT \
             (state = 'ready' AND attempts = 0 AND id IN (SELECT job FROM schedules))",
            (),
        )
        .await?;
    row.int("open")
}

pub(super) async fn resting_count(reads: &mut impl Reads) -> Result<i64, Fault> {
    let row =
        reads.fetch_one("SELECT COUNT(*) AS resting FROM jobs WHERE state = 'resting'", ()).await?;
    row.int("resting")
}

/// Whether a run of the schedule waits or runs; and if it waits, when it is due.
pub(super) async fn scheduled(
    reads: &mut impl Reads,
    name: &str,
) -> Result<Option<Timestamp>, Fault> {
    let row = reads
        .fetch_optional(
            "SELECT jobs.due_at AS due_at FROM schedules JOIN jobs ON jobs.id = schedules.job \
             WHERE schedules.name = $1 AND jobs.state <> 'resting' \
             ORDER BY schedules.due_at DESC LIMIT 1",
            (name,),
        )
        .await?;
    row.map(|row| row.time("due_at")).transpose()
}

/// Writes down the next run of a schedule; false if another node has written it.
pub(super) async fn schedule(
    tx: &mut Tx,
    name: &str,
    due: Timestamp,
    job: JobId,
) -> Result<bool, Fault> {
    let written = tx
        .execute(
            "INSERT INTO schedules (name, due_at, job) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            (name, due, job),
        )
        .await?;
    Ok(written == 1)
}

pub(super) async fn forget_runs(tx: &mut Tx, name: &str, before: Timestamp) -> Result<u64, Fault> {
    tx.execute("DELETE FROM schedules WHERE name = $1 AND due_at < $2", (name, before)).await
}

pub(super) async fn take_lease(
    tx: &mut Tx,
    name: &str,
    holder: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, Fault> {
    let taken = tx
        .execute(
            "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) \
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
             WHERE leases.holder = excluded.holder OR leases.until <= $4",
            (name, holder, until, now),
        )
        .await?;
    Ok(taken == 1)
}

pub(super) async fn release_lease(tx: &mut Tx, name: &str, holder: &str) -> Result<u64, Fault> {
    tx.execute("DELETE FROM leases WHERE name = $1 AND holder = $2", (name, holder)).await
}

pub(super) async fn lease(
    reads: &mut impl Reads,
    name: &str,
) -> Result<Option<(String, Timestamp)>, Fault> {
    let row =
        reads.fetch_optional("SELECT holder, until FROM leases WHERE name = $1", (name,)).await?;
    row.map(|row| Ok((row.text("holder")?, row.time("until")?))).transpose()
}
