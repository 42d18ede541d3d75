//! Memory that follows the writer: state kept beside the SQLite file must roll back with it.

use async_trait::async_trait;
use base::Fault;

use crate::Reader;

/// State in memory that mirrors what the one SQLite writer has written.
///
/// The store calls these while it holds the writer, in the order of the transaction: every deed
/// begins with `mark`; a deed that stops is followed by `undo`; the whole group ends with `keep`
/// after its commit, or with `discard` if the commit did not happen.
#[async_trait]
pub trait Companion: Send + Sync {
    /// A deed begins here.
    fn mark(&self);
    /// The deed stopped: back to the last mark.
    fn undo(&self);
    /// The group is durable: what was marked is final.
    fn keep(&self);
    /// The group was rolled back: back to the last `keep`.
    fn discard(&self);
    /// A commit failed without a clear outcome: forget everything and read it again.
    async fn reload(&self, reader: &mut Reader) -> Result<(), Fault>;
}
