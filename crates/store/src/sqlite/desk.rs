//! What only the holder of the writer touches: the connection, the open group, and the deed that
//! is under way. Nothing here may be left half-way; see `turn.rs` for how that is kept.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use base::Fault;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;

use super::group::{Group, Left};
use super::{connect, execute};
use crate::companion::Companion;
use crate::reader::Reader;

pub(crate) struct Desk {
    pub(super) connection: SqliteConnection,
    group: Option<Group>,
    deed: Deed,
    /// A statement about the transaction itself had no clear outcome: nothing goes on until the
    /// file was opened again and memory was read again.
    doubtful: bool,
    file: PathBuf,
    companion: Arc<Mutex<Option<Arc<dyn Companion>>>>,
}

/// How far the deed at the desk has come, and with it what undoes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// There is none.
    None,
    /// `BEGIN` was sent for it.
    Opening,
    /// It is marked, and its savepoint was sent.
    Saving,
    /// Its statements run under its savepoint.
    Running,
}

impl Desk {
    pub(super) fn new(
        connection: SqliteConnection,
        file: PathBuf,
        companion: Arc<Mutex<Option<Arc<dyn Companion>>>>,
    ) -> Desk {
        Desk { connection, group: None, deed: Deed::None, doubtful: false, file, companion }
    }

    fn companion(&self) -> Option<Arc<dyn Companion>> {
        self.companion.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn run(&mut self, sql: &'static str) -> Result<(), Fault> {
        execute(&mut self.connection, sql, Vec::new())
            .await
            .map(|_| ())
            .map_err(|error| Fault::of(format!("run {sql}"), error))
    }

    /// Whether somebody must look after it before it is left.
    pub(super) fn is_untidy(&self) -> bool {
        self.deed != Deed::None || self.group.is_some()
    }

    pub(super) fn is_full(&self) -> bool {
        self.group.as_ref().is_some_and(Group::is_full)
    }

    pub(super) fn distrust(&mut self) {
        self.doubtful = true;
    }

    /// Begins a deed, and a group for it if none is open.
    pub(super) async fn open(&mut self) -> Result<(), Fault> {
        if self.doubtful {
            self.reload().await?;
        }
        if self.group.is_none() {
            self.deed = Deed::Opening;
            let begun = self.run("BEGIN IMMEDIATE").await;
            self.deed = Deed::None;
            begun?;
            self.group = Some(Group::open());
        }
        if let Some(companion) = self.companion() {
            companion.mark();
        }
        self.deed = Deed::Saving;
        self.run("SAVEPOINT deed").await?;
        self.deed = Deed::Running;
        Ok(())
    }

    /// Ends a deed that is kept.
    pub(super) async fn keep(&mut self) -> Result<Left, Fault> {
        let kept = self.run("RELEASE deed").await;
        self.left(kept).await
    }

    /// Ends a deed that is undone.
    pub(super) async fn undo(&mut self) -> Result<Left, Fault> {
        let undone = self.undo_deed().await;
        self.left(undone).await
    }

    async fn left(&mut self, ended: Result<(), Fault>) -> Result<Left, Fault> {
        self.deed = Deed::None;
        let group = self.group.as_mut().ok_or_else(|| Fault::new("find the open group"))?;
        let left = Left(group.add());
        if let Err(fault) = ended {
            self.fail(&fault).await;
        }
        Ok(left)
    }

    async fn undo_deed(&mut self) -> Result<(), Fault> {
        if let Some(companion) = self.companion() {
            companion.undo();
        }
        let undone = self.run("ROLLBACK TO deed").await;
        if undone.is_err() && self.deed == Deed::Saving {
            // Its caller went away before the savepoint was made; there is nothing to undo.
            return Ok(());
        }
        undone?;
        self.run("RELEASE deed").await
    }

    /// Undoes what a caller that went away has left.
    pub(super) async fn tidy(&mut self) {
        let undone = match self.deed {
            Deed::None => Ok(()),
            Deed::Opening => {
                // Nobody knows whether it was begun. If it was not, this changes nothing.
                let _ = self.run("ROLLBACK").await;
                Ok(())
            }
            Deed::Saving | Deed::Running => self.undo_deed().await,
        };
        self.deed = Deed::None;
        if let Err(fault) = undone {
            self.fail(&fault).await;
        }
    }

    /// Commits the open group, if there is one, and tells everybody in it.
    pub(super) async fn commit(&mut self) {
        if self.group.is_none() {
            return;
        }
        if let Err(fault) = self.run("COMMIT").await {
            return self.fail(&fault).await;
        }
        if let Some(companion) = self.companion() {
            companion.keep();
        }
        if let Some(group) = self.group.take() {
            let deeds = u32::try_from(group.deeds()).unwrap_or(u32::MAX);
            metrics::histogram!("paydesk_store_group_deeds").record(f64::from(deeds));
            group.tell(Ok(()));
        }
    }

    /// Gives up the open group: a statement failed that should not have. SQLite may have rolled
    /// everything back by itself (a full disk, an I/O error), so nothing of the group may stay.
    async fn fail(&mut self, fault: &Fault) {
        tracing::error!(fault = fault.chain(), "a group of deeds was not written");
        match (self.run("ROLLBACK").await, self.companion()) {
            (Ok(()), Some(companion)) => companion.discard(),
            (Ok(()), None) => {}
            (Err(_), _) => self.doubtful = true,
        }
        if let Some(group) = self.group.take() {
            group.tell(Err(fault.chain()));
        }
    }

    /// Opens the file again, and lets memory be read again.
    async fn reload(&mut self) -> Result<(), Fault> {
        self.group = None;
        self.deed = Deed::None;
        let fresh = connect(&self.file).await?;
        // Closing waits for whatever the old connection was still at, so that what is read below
        // is how it ended.
        let old = std::mem::replace(&mut self.connection, fresh);
        if let Err(error) = old.close().await {
            tracing::warn!(%error, "the writer's old connection did not close cleanly");
        }
        if let Some(companion) = self.companion() {
            let mut reader = Reader::of_sqlite(connect(&self.file).await?);
            companion.reload(&mut reader).await?;
        }
        self.doubtful = false;
        Ok(())
    }
}
