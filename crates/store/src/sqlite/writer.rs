//! The one writer of a SQLite file: deeds that wait for it run one after another under savepoints
//! and share one commit, answered after its fsync.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::{Duration, Instant};

use base::Fault;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::{connect, execute};
use crate::companion::Companion;
use crate::reader::Reader;

/// A group is closed once it holds this many deeds …
const MOST_DEEDS: usize = 512;
/// … or has been open this long.
const LONGEST: Duration = Duration::from_millis(4);

pub(crate) struct Writer {
    desk: Arc<Mutex<Desk>>,
    /// Deeds that stand in line. The one who leaves the desk commits if nobody does.
    waiting: AtomicUsize,
    file: PathBuf,
    companion: StdMutex<Option<Arc<dyn Companion>>>,
}

/// What only the holder of the writer touches.
pub(crate) struct Desk {
    pub(crate) connection: SqliteConnection,
    group: Option<Group>,
    /// A deed began and never ended: its caller went away. It is undone by the next holder.
    abandoned: bool,
    /// A commit or rollback failed without a clear outcome; nothing goes on until a reload.
    doubtful: bool,
}

struct Group {
    deeds: usize,
    opened: Instant,
    outcome: watch::Sender<Option<Outcome>>,
}

/// How a group ended: durable, or why not.
type Outcome = Result<(), String>;

/// What the deed's caller waits for after leaving the desk.
pub(crate) enum Left {
    /// The group has ended.
    Ended(Outcome),
    /// Somebody else will commit.
    Waiting(watch::Receiver<Option<Outcome>>),
}

impl Writer {
    pub(crate) fn new(connection: SqliteConnection, file: PathBuf) -> Writer {
        let desk = Desk { connection, group: None, abandoned: false, doubtful: false };
        Writer {
            desk: Arc::new(Mutex::new(desk)),
            waiting: AtomicUsize::new(0),
            file,
            companion: StdMutex::new(None),
        }
    }

    pub(crate) fn accompany(&self, companion: Arc<dyn Companion>) {
        *self.companion.lock().unwrap_or_else(PoisonError::into_inner) = Some(companion);
    }

    fn companion(&self) -> Option<Arc<dyn Companion>> {
        self.companion.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stands in line, opens a group if none is open, and begins a deed in it.
    pub(crate) async fn begin(self: &Arc<Self>) -> Result<Turn, Fault> {
        let mut place = Place::take(self);
        let desk = Arc::clone(&self.desk).lock_owned().await;
        place.leave();
        let mut turn = Turn { writer: Arc::clone(self), desk: Some(desk), begun: false };
        turn.tidy().await?;
        turn.open().await?;
        Ok(turn)
    }

    /// Ends an open group that nobody stands in line for. Runs after a caller went away.
    async fn sweep(self: Arc<Self>) {
        let desk = Arc::clone(&self.desk).lock_owned().await;
        let mut turn = Turn { writer: Arc::clone(&self), desk: Some(desk), begun: false };
        if let Err(fault) = turn.tidy().await {
            tracing::error!(fault = fault.chain(), "the writer could not be tidied");
        }
        if self.waiting.load(Ordering::SeqCst) == 0 {
            let _ = turn.commit().await;
        }
        drop(turn.desk.take());
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
            sweep_later(&self.writer);
        }
    }
}

fn sweep_later(writer: &Arc<Writer>) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(Arc::clone(writer).sweep());
    }
}

/// A deed's turn at the desk, from its savepoint to its end.
pub(crate) struct Turn {
    writer: Arc<Writer>,
    desk: Option<OwnedMutexGuard<Desk>>,
    begun: bool,
}

impl Turn {
    /// The writer's connection.
    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection, Fault> {
        self.desk().map(|desk| &mut desk.connection)
    }

    fn desk(&mut self) -> Result<&mut Desk, Fault> {
        self.desk.as_deref_mut().ok_or_else(|| Fault::new("use a turn that has ended"))
    }

    async fn run(&mut self, sql: &'static str) -> Result<(), Fault> {
        execute(self.connection()?, sql, Vec::new())
            .await
            .map(|_| ())
            .map_err(|error| Fault::of(format!("run {sql}"), error))
    }

    /// Undoes what an abandoned deed left behind; reloads after a doubtful commit.
    async fn tidy(&mut self) -> Result<(), Fault> {
        if self.desk()?.doubtful {
            self.reload().await?;
        }
        if self.desk()?.abandoned {
            // The abandoned statement may still be running in the driver's thread; statements
            // queue behind it, so the rollback comes after whatever it did.
            self.begun = true;
            self.stop_deed().await?;
            self.desk()?.abandoned = false;
        }
        Ok(())
    }

    async fn reload(&mut self) -> Result<(), Fault> {
        let fresh = connect(&self.writer.file).await?;
        let desk = self.desk()?;
        desk.connection = fresh;
        desk.group = None;
        desk.abandoned = false;
        if let Some(companion) = self.writer.companion() {
            let mut reader = Reader::of_sqlite(connect(&self.writer.file).await?);
            companion.reload(&mut reader).await?;
        }
        self.desk()?.doubtful = false;
        Ok(())
    }

    async fn open(&mut self) -> Result<(), Fault> {
        if self.desk()?.group.is_none() {
            self.run("BEGIN IMMEDIATE").await?;
            let (outcome, _) = watch::channel(None);
            self.desk()?.group = Some(Group { deeds: 0, opened: Instant::now(), outcome });
        }
        // From here on a caller that goes away leaves something to undo: `begun` tells `drop`.
        self.begun = true;
        if let Some(companion) = self.writer.companion() {
            companion.mark();
        }
        self.run("SAVEPOINT deed").await
    }

    async fn stop_deed(&mut self) -> Result<(), Fault> {
        if let Some(companion) = self.writer.companion() {
            companion.undo();
        }
        // Without the savepoint (its own statement failed or never ran) there is nothing to undo.
        let rolled_back = self.run("ROLLBACK TO deed").await;
        if rolled_back.is_ok() {
            self.run("RELEASE deed").await?;
        }
        self.begun = false;
        Ok(())
    }

    /// Ends the deed: kept or undone. Commits if nobody stands in line or the group is full.
    pub(crate) async fn end(mut self, kept: bool) -> Result<Left, Fault> {
        if kept {
            self.run("RELEASE deed").await?;
            self.begun = false;
        } else {
            self.stop_deed().await?;
        }
        let nobody_waits = self.writer.waiting.load(Ordering::SeqCst) == 0;
        let group = self.desk()?.group.as_mut().ok_or_else(|| Fault::new("find the open group"))?;
        group.deeds += 1;
        let full = group.deeds >= MOST_DEEDS || group.opened.elapsed() >= LONGEST;
        let outcome = group.outcome.subscribe();
        if nobody_waits || full {
            let ended = self.commit().await;
            self.desk = None;
            return Ok(Left::Ended(ended));
        }
        self.desk = None;
        Ok(Left::Waiting(outcome))
    }

    async fn commit(&mut self) -> Outcome {
        let Some(group) = self.desk.as_deref_mut().and_then(|desk| desk.group.take()) else {
            return Ok(());
        };
        let mut guard = CommitGuard { turn: self, outcome: group.outcome, done: false };
        let committed = guard.turn.run("COMMIT").await;
        let companion = guard.turn.writer.companion();
        let outcome = match committed {
            Ok(()) => {
                if let Some(companion) = companion {
                    companion.keep();
                }
                metrics::histogram!("paydesk_store_group_deeds").record(count(group.deeds));
                Ok(())
            }
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "a commit failed");
                // Either it is undone now, or nobody knows: then the file is read again.
                if guard.turn.run("ROLLBACK").await.is_err() {
                    if let Ok(desk) = guard.turn.desk() {
                        desk.doubtful = true;
                    }
                } else if let Some(companion) = companion {
                    companion.discard();
                }
                Err(fault.chain())
            }
        };
        guard.done = true;
        guard.outcome.send_replace(Some(outcome.clone()));
        outcome
    }
}

/// Marks the desk as doubtful when a commit is abandoned half-way.
struct CommitGuard<'t> {
    turn: &'t mut Turn,
    outcome: watch::Sender<Option<Outcome>>,
    done: bool,
}

impl Drop for CommitGuard<'_> {
    fn drop(&mut self) {
        if !self.done {
            if let Ok(desk) = self.turn.desk() {
                desk.doubtful = true;
            }
            let unknown = "the commit was interrupted; ask again with the same id".to_owned();
            self.outcome.send_replace(Some(Err(unknown)));
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.as_deref_mut() {
            desk.abandoned |= self.begun;
            if desk.group.is_some() || desk.doubtful {
                self.desk = None;
                sweep_later(&self.writer);
            }
        }
    }
}

impl Left {
    /// Waits until the group has ended.
    pub(crate) async fn outcome(self) -> Result<(), Fault> {
        let ended = match self {
            Left::Ended(outcome) => outcome,
            Left::Waiting(mut receiver) => match receiver.wait_for(Option::is_some).await {
                Ok(outcome) => outcome.clone().unwrap_or(Ok(())),
                Err(_) => Err("the writer went away".to_owned()),
            },
        };
        ended.map_err(|why| Fault::new(format!("commit: {why}")))
    }
}

/// Counts for a histogram; exact up to 2³².
fn count(deeds: usize) -> f64 {
    f64::from(u32::try_from(deeds).unwrap_or(u32::MAX))
}
