//! Answers to requests that carried an Idempotency-Key: the same request gets the same answer.
//!
//! The row is written in the transaction of the deed it answers, so that there is never an effect
//! without its answer nor an answer without its effect.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use base::{Fault, Timestamp};

use crate::tx::Tx;

/// A key as stored carries its scope: who asked for what, and under which name.
pub const LONGEST_KEY: usize = 1_024;
/// The largest answer that is kept.
pub const LARGEST_ANSWER: usize = 1024 * 1024;

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing was; it is taken now. Go on, and [`finish`] in the same transaction.
    New,
    /// It was answered.
    Finished {
        /// With this status.
        status: u16,
        /// And this body.
        body: String,
    },
    /// It was begun in a transaction of its own and has no answer yet.
    Running,
    /// It was used for another request.
    OtherRequest,
}

/// What is stored under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Which request it was.
    pub fingerprint: String,
    /// The status of the answer; none while it has no answer yet.
    pub status: Option<u16>,
    /// The body of the answer.
    pub body: String,
}

/// A request with its answer, to be stored in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The key with its scope.
    pub key: String,
    /// Which request it was.
    pub fingerprint: String,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer.
    pub body: String,
}

/// Takes a key for a request, or says what became of it before.
///
/// Two at once: the second waits for the first and then gets its answer.
///
/// # Errors
/// A fault if the key is too long or the database fails.
pub async fn begin(
    tx: &mut Tx,
    now: Timestamp,
    key: &str,
    fingerprint: &str,
) -> Result<Begun, Fault> {
    fits(key, "")?;
    if rows::take(tx, now, key, fingerprint).await? == 1 {
        return Ok(Begun::New);
    }
    let mut found = rows::find(tx, vec![key.to_owned()]).await?;
    let (_, stored) =
        found.pop().ok_or_else(|| Fault::new("find the key that was there a moment ago"))?;
    Ok(match stored.status {
        _ if stored.fingerprint != fingerprint => Begun::OtherRequest,
        None => Begun::Running,
        Some(status) => Begun::Finished { status, body: stored.body },
    })
}

/// Stores the answer of a request that was begun.
///
/// # Errors
/// A fault if the key was not begun or has its answer already, the answer is too large, or the
/// database fails.
pub async fn finish(tx: &mut Tx, key: &str, status: u16, body: &str) -> Result<(), Fault> {
    fits(key, body)?;
    if rows::finish(tx, key, status, body).await? == 1 {
        return Ok(());
    }
    Err(Fault::new("store an answer for a request that was not begun or has one"))
}

/// Frees a key that was begun in a transaction of its own and will get no answer; does nothing to
/// one that has its answer.
///
/// # Errors
/// A fault if the database fails.
pub async fn give_up(tx: &mut Tx, key: &str) -> Result<(), Fault> {
    rows::give_up(tx, key).await.map(|_| ())
}

/// What is stored under each of the keys that are known.
///
/// # Errors
/// A fault if the database fails.
pub async fn look_up(tx: &mut Tx, keys: Vec<String>) -> Result<HashMap<String, Stored>, Fault> {
    Ok(rows::find(tx, keys).await?.into_iter().collect())
}

/// Stores many requests with their answers with one statement.
///
/// # Errors
/// A fault if one of the keys is there already, something is too large, or the database fails.
pub async fn record_many(tx: &mut Tx, now: Timestamp, rows: Vec<Replay>) -> Result<(), Fault> {
    for row in &rows {
        fits(&row.key, &row.body)?;
    }
    rows::record(tx, now, rows).await
}

/// Empties every kept answer in which a text stands: whoever asks the same again is told that it
/// was done, and no more. How many those were.
///
/// # Errors
/// A fault if the database fails.
pub async fn blank(tx: &mut Tx, text: &str) -> Result<u64, Fault> {
    if text.is_empty() { Ok(0) } else { rows::blank(tx, text).await }
}

/// Forgets what is older than `before`; how many were forgotten.
///
/// # Errors
/// A fault if the database fails.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    rows::forget_before(tx, before).await
}

fn fits(key: &str, body: &str) -> Result<(), Fault> {
    if key.len() > LONGEST_KEY {
        return Err(Fault::new("keep a request under a key that is too long"));
    }
    if body.len() > LARGEST_ANSWER {
        return Err(Fault::new("keep an answer that is too large"));
    }
    Ok(())
}
