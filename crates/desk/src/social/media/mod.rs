//! Pictures, voices and files that come over a channel: noted with the message, fetched by a job
//! so that the channel is answered at once, and shown as failed where that fails.

mod fetch;
mod rows;
mod sources;
mod take;

pub use fetch::{FETCH, FetchMedia};
pub(super) use take::take;

use base::id::MessageId;
use base::{Env, Fault, Kind, Refusal, Stop};
use store::{Reads, Tx, jobs, terms};

use fetch::Fetching;

terms! {
    /// How far something has come.
    MediaState {
        /// It is being fetched.
        Waiting = "waiting",
        /// It is a file of its message.
        Kept = "kept",
        /// It could not be fetched, or not be kept.
        Failed = "failed",
    }
}

/// Something that came with a message and is no file of it, yet or at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Its id.
    pub id: String,
    /// Of which message.
    pub message: MessageId,
    /// What the channel calls such a thing.
    pub what: String,
    /// What its sender calls it.
    pub name: Option<String>,
    /// How far it has come.
    pub state: MediaState,
    /// Why it failed, or was put off.
    pub reason: Option<String>,
}

/// There is no such thing, or nothing failed.
pub const NOT_FAILED: Refusal = Refusal::new(
    Kind::Conflict,
    "media_not_failed",
    "only what could not be fetched is tried again",
);

/// What came with some messages and is no file of theirs.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn media_of(reads: &mut impl Reads, messages: &[MessageId]) -> Result<Vec<Media>, Fault> {
    rows::open_of(reads, messages).await
}

/// Tries once more to fetch what could not be fetched.
///
/// # Errors
/// Refused if that message has no such thing, or it did not fail.
pub async fn fetch_again(tx: &mut Tx, env: &Env, message: MessageId, id: &str) -> Result<(), Stop> {
    if !rows::begin_again(tx, message, id, env.now()).await? {
        return Err(NOT_FAILED.into());
    }
    jobs::enqueue(tx, env, FETCH, &Fetching { media: id.to_owned() }, env.now()).await?;
    Ok(())
}
