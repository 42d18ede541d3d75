//! The job, and what it asks of whoever works it.

use async_trait::async_trait;
use base::id::JobId;
use base::{Fault, Timestamp};
use serde::de::DeserializeOwned;

/// A payload names things by their ids; whatever is larger belongs into a row or a blob.
pub const LARGEST_PAYLOAD: usize = 64 * 1024;

/// A piece of background work.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What is to be done; the name of its [`Work`].
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// Where it stands.
    pub state: State,
    /// Tries begun since it was made or last told [`Next::Later`], a running one included.
    pub attempts: u32,
    /// Not before this.
    pub due_at: Timestamp,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where a job stands. A finished job is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for its time and a worker.
    Ready,
    /// A worker has it, until the end of its lease.
    Running,
    /// It failed too often and waits for a person.
    Resting,
}

impl State {
    /// The word it is stored as.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            State::Ready => "ready",
            State::Running => "running",
            State::Resting => "resting",
        }
    }
}

impl std::str::FromStr for State {
    type Err = Fault;

    fn from_str(word: &str) -> Result<State, Fault> {
        [State::Ready, State::Running, State::Resting]
            .into_iter()
            .find(|state| state.word() == word)
            .ok_or_else(|| Fault::new(format!("read the state of a job: {word}")))
    }
}

impl Job {
    /// The payload as what it was written from.
    ///
    /// # Errors
    /// A fault if it is of another shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_str(&self.payload)
            .map_err(|error| Fault::of(format!("read the payload of a {} job", self.kind), error))
    }
}

/// What follows a try that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// All done; the job is removed.
    Finished,
    /// Not an error: run it again then (a second from now at the earliest).
    Later(Timestamp),
}

/// Does one kind of job.
#[async_trait]
pub trait Work: Send + Sync {
    /// The kind of job it does.
    fn kind(&self) -> &'static str;

    /// Does it. A fault or a panic counts as a failed try, which is repeated after a growing wait.
    async fn work(&self, job: &Job) -> Result<Next, Fault>;
}
