//! The one writer of a SQLite file: deeds that wait for it run one after another under savepoints
//! and share one commit, answered after its fsync.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use base::Fault;
use sqlx::sqlite::SqliteConnection;
use tokio::runtime::Handle;
use tokio::sync::Mutex;

use super::desk::Desk;
use super::turn::{Turn, tidy_later};
use crate::companion::Companion;

pub(crate) struct Writer {
    desk: Arc<Mutex<Desk>>,
    /// Deeds that stand in line. The one who leaves the desk commits if nobody does.
    waiting: AtomicUsize,
    companion: Arc<StdMutex<Option<Arc<dyn Companion>>>>,
}

impl Writer {
    pub(crate) fn new(connection: SqliteConnection, file: PathBuf) -> Writer {
        let companion = Arc::default();
        let desk = Desk::new(connection, file, Arc::clone(&companion));
        Writer { desk: Arc::new(Mutex::new(desk)), waiting: AtomicUsize::new(0), companion }
    }

    pub(crate) fn accompany(&self, companion: Arc<dyn Companion>) {
        *self.companion.lock().unwrap_or_else(PoisonError::into_inner) = Some(companion);
    }

    /// Whether somebody stands in line, who will end the open group.
    pub(super) fn is_awaited(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) > 0
    }

    /// Stands in line, opens a group if none is open, and begins a deed in it.
    pub(crate) async fn begin(self: &Arc<Self>) -> Result<Turn, Fault> {
        let mut place = Place::take(self);
        let desk = Arc::clone(&self.desk).lock_owned().await;
        place.leave();
        Turn::begin(Arc::clone(self), desk).await
    }

    /// Waits until what was begun has ended, and brings the log into the file.
    pub(crate) async fn close(self: &Arc<Self>) {
        let mut desk = Arc::clone(&self.desk).lock_owned().await;
        desk.commit().await;
        let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
        if let Err(error) = super::execute(&mut desk.connection, checkpoint, Vec::new()).await {
            tracing::warn!(%error, "the log was not brought into the database file");
        }
    }

    /// Ends an open group that nobody stands in line for.
    async fn sweep(self: Arc<Self>) {
        let desk = Arc::clone(&self.desk).lock_owned().await;
        tidy_later(&self, desk);
    }
}

/// A place in the line; leaving it early must not strand an open group.
struct Place {
    writer: Arc<Writer>,
    standing: bool,
}

impl Place {
    fn take(writer: &Arc<Writer>) -> Place {
        writer.waiting.fetch_add(1, Ordering::SeqCst);
        Place { writer: Arc::clone(writer), standing: true }
    }

    fn leave(&mut self) {
        if std::mem::take(&mut self.standing) {
            self.writer.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.standing {
            self.leave();
            if let Ok(runtime) = Handle::try_current() {
                runtime.spawn(Arc::clone(&self.writer).sweep());
            }
        }
    }
}
