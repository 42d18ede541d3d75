//! Putting jobs into the queue, and looking after the ones that failed too often.

use base::id::JobId;
use base::{Env, Fault, Timestamp};
use serde::Serialize;

use super::job::{Job, LARGEST_PAYLOAD};
use super::rows;
use crate::reads::Reads;
use crate::store::Store;
use crate::tx::Tx;

/// The topic that says "there is work".
pub(super) const TOPIC: &str = "jobs";

/// Writes down a piece of work, to be done once the transaction is durable and `due` has come.
///
/// # Errors
/// A fault if the payload is too large or the database fails.
pub async fn enqueue(
    tx: &mut Tx,
    env: &Env,
    kind: &'static str,
    payload: &impl Serialize,
    due: Timestamp,
) -> Result<JobId, Fault> {
    let id = env.id();
    enqueue_as(tx, id, kind, payload, due, env.now()).await?;
    Ok(id)
}

/// As [`enqueue`], under an id that was chosen before.
pub(super) async fn enqueue_as(
    tx: &mut Tx,
    id: JobId,
    kind: &'static str,
    payload: &impl Serialize,
    due: Timestamp,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut jobs = rows::NewJobs::new();
    jobs.push(id, kind, written(kind, payload)?, due, now);
    rows::insert(tx, jobs).await?;
    wake(tx, now, due);
    Ok(())
}

/// Writes down many pieces of work of one kind with one statement.
///
/// # Errors
/// A fault if a payload is too large or the database fails.
pub async fn enqueue_many(
    tx: &mut Tx,
    env: &Env,
    kind: &'static str,
    payloads: &[impl Serialize],
    due: Timestamp,
) -> Result<(), Fault> {
    let now = env.now();
    let mut jobs = rows::NewJobs::new();
    for payload in payloads {
        jobs.push(env.id(), kind, written(kind, payload)?, due, now);
    }
    rows::insert(tx, jobs).await?;
    wake(tx, now, due);
    Ok(())
}

fn written(kind: &str, payload: &impl Serialize) -> Result<String, Fault> {
    let json = serde_json::to_string(payload)
        .map_err(|error| Fault::of(format!("write the payload of a {kind} job"), error))?;
    if json.len() > LARGEST_PAYLOAD {
        return Err(Fault::new(format!("queue a {kind} job: its payload is too large")));
    }
    Ok(json)
}

fn wake(tx: &mut Tx, now: Timestamp, due: Timestamp) {
    if due <= now {
        tx.signal(TOPIC);
    }
}

/// A job, unless it is finished.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: JobId) -> Result<Option<Job>, Fault> {
    rows::find(reads, id).await
}

/// Jobs that failed too often, oldest first, behind `after`.
///
/// # Errors
/// A fault if the database fails.
pub async fn resting(
    reads: &mut impl Reads,
    limit: u32,
    after: Option<JobId>,
) -> Result<Vec<Job>, Fault> {
    rows::resting(reads, limit, after).await
}

/// Lets a resting job run again, with all its tries; false if it does not rest.
///
/// # Errors
/// A fault if the database fails.
pub async fn again(tx: &mut Tx, env: &Env, id: JobId) -> Result<bool, Fault> {
    let woken = rows::again(tx, id, env.now()).await? == 1;
    tx.signal(TOPIC);
    Ok(woken)
}

/// Gives a resting job up for good; false if it does not rest.
///
/// # Errors
/// A fault if the database fails.
pub async fn drop_job(tx: &mut Tx, id: JobId) -> Result<bool, Fault> {
    Ok(rows::drop_resting(tx, id).await? == 1)
}

/// How many jobs wait or run, without the next runs of schedules.
///
/// # Errors
/// A fault if the database fails.
pub async fn open_count(reads: &mut impl Reads) -> Result<i64, Fault> {
    rows::open_count(reads).await
}

/// Ends every claim and every lease of the one process that could hold them and is gone, so that
/// a restart need not wait for their end. A try that was cut off counts as a try.
///
/// # Errors
/// A fault if the database fails.
pub(crate) async fn forget_the_dead(store: &Store) -> Result<(), Fault> {
    crate::deed::write_aside!(store, |tx| rows::forget_the_dead(tx).await)
}
