//! A deed's turn at the writer's desk, from its savepoint to its end.
//!
//! A caller may go away at any await: a browser closes, a time-out strikes. Whatever must not stop
//! half-way (ending a deed, committing, undoing) therefore runs in a task of its own that takes
//! the desk along, so that nobody ever gets an untidy desk.

use std::sync::Arc;

use base::Fault;
use sqlx::sqlite::SqliteConnection;
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

use super::desk::Desk;
use super::group::Left;
use super::writer::Writer;

/// A deed's turn.
pub(crate) struct Turn {
    writer: Arc<Writer>,
    desk: Option<OwnedMutexGuard<Desk>>,
}

impl Turn {
    pub(super) async fn begin(
        writer: Arc<Writer>,
        desk: OwnedMutexGuard<Desk>,
    ) -> Result<Turn, Fault> {
        let mut turn = Turn { writer, desk: Some(desk) };
        turn.desk()?.open().await?;
        Ok(turn)
    }

    fn desk(&mut self) -> Result<&mut Desk, Fault> {
        self.desk.as_deref_mut().ok_or_else(|| Fault::new("use a turn that has ended"))
    }

    /// The writer's connection.
    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection, Fault> {
        self.desk().map(|desk| &mut desk.connection)
    }

    /// Ends the deed: kept or undone. Commits if nobody stands in line or the group is full.
    pub(crate) async fn end(mut self, end: End) -> Result<Left, Fault> {
        let gone = || Fault::new("use a turn that has ended");
        let mut leaving = Leaving::new(&self.writer, self.desk.take().ok_or_else(gone)?);
        let ending = async move {
            let left = match end {
                End::Keep => leaving.desk.keep().await,
                End::Undo => leaving.desk.undo().await,
            };
            leaving.leave().await;
            left
        };
        tokio::spawn(ending).await.map_err(|error| Fault::of("end a deed", error))?
    }
}

/// How a deed ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// What it wrote stays.
    Keep,
    /// As if it had never been.
    Undo,
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.take() {
            tidy_later(&self.writer, desk);
        }
    }
}

/// Tidies a desk and leaves it, in a task that nobody can cancel.
pub(super) fn tidy_later(writer: &Arc<Writer>, desk: OwnedMutexGuard<Desk>) {
    let leaving = Leaving::new(writer, desk);
    if leaving.desk.is_untidy()
        && let Ok(runtime) = Handle::try_current()
    {
        runtime.spawn(async move {
            let mut leaving = leaving;
            leaving.desk.tidy().await;
            leaving.leave().await;
        });
    }
}

/// The desk on its way back into the line.
struct Leaving {
    writer: Arc<Writer>,
    desk: OwnedMutexGuard<Desk>,
    left: bool,
}

impl Leaving {
    fn new(writer: &Arc<Writer>, desk: OwnedMutexGuard<Desk>) -> Leaving {
        Leaving { writer: Arc::clone(writer), desk, left: false }
    }

    /// Commits unless the next in line will.
    async fn leave(mut self) {
        if !self.writer.is_awaited() || self.desk.is_full() {
            self.desk.commit().await;
        }
        self.left = true;
    }
}

impl Drop for Leaving {
    /// The task ended half-way: the program is stopping, or something panicked.
    fn drop(&mut self) {
        if !self.left && self.desk.is_untidy() {
            self.desk.distrust();
        }
    }
}
