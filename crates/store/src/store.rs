//! The store: one way to read, two ways to write, on either database.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use sqlx::PgPool;

use crate::bus::Bus;
use crate::companion::Companion;
use crate::pipeline::Group;
use crate::postgres::Conflict;
use crate::reader::Reader;
use crate::sqlite::{Access, Sqlite};
use crate::tx::{Inner, Tx};
use crate::{jobs, migrate, postgres, sqlite};

/// How often a deed is run again after a conflict before it is a fault.
const MOST_TRIES: u32 = 12;
/// How often it is run again because a key was there already.
const MOST_TRIES_FOR_A_KEY: u32 = 3;

/// Where everything is kept. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    backend: Arc<Backend>,
    bus: Bus,
}

enum Backend {
    Sqlite(Sqlite),
    Postgres(PgPool),
}

/// Which database a store is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file of our own.
    Sqlite,
    /// A server.
    Postgres,
}

/// What a deed may be isolated by.
#[derive(Clone, Copy)]
enum Isolation {
    /// As if it were alone.
    Serializable,
    /// As [`Isolation::Serializable`], and nobody else may write money meanwhile.
    Alone,
    /// Locks what it touches by itself: the spend pipeline.
    Locking,
    /// One statement that is right by itself, about no money: the queue's own bookkeeping.
    Aside,
}

impl Store {
    /// Opens the SQLite file in a data folder, making both if need be, and brings it up to date.
    ///
    /// # Errors
    /// A fault with a sentence for the operator.
    pub async fn open_sqlite(folder: &Path, access: Access) -> Result<Store, Fault> {
        let sqlite = Sqlite::open(folder, access).await?;
        if access == Access::Owner {
            migrate::sqlite(&sqlite.file).await?;
        }
        let store = Store { backend: Arc::new(Backend::Sqlite(sqlite)), bus: Bus::local() };
        if access == Access::Owner {
            // Only an owner works jobs, and there is no other.
            jobs::forget_the_dead(&store).await?;
        }
        Ok(store)
    }

    /// Opens a PostgreSQL database by its URL and brings it up to date.
    ///
    /// # Errors
    /// A fault with a sentence for the operator.
    pub async fn open_postgres(url: &str, connections: u32) -> Result<Store, Fault> {
        let pool = postgres::open(url, connections).await?;
        migrate::postgres(&pool).await?;
        let bus = Bus::over(pool.clone());
        Ok(Store { backend: Arc::new(Backend::Postgres(pool)), bus })
    }

    /// Which database this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &*self.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// The SQLite file, if it is one.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => Some(sqlite.file.clone()),
            Backend::Postgres(_) => None,
        }
    }

    /// Signals between whoever changes something and whoever shows or works it.
    #[must_use]
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    /// Lets memory follow the SQLite writer. Does nothing on PostgreSQL, which keeps no memory.
    pub fn accompany(&self, companion: Arc<dyn Companion>) {
        if let Backend::Sqlite(sqlite) = &*self.backend {
            sqlite.writer.accompany(companion);
        }
    }

    /// A connection to ask questions over.
    ///
    /// # Errors
    /// A fault if none is free in time.
    pub async fn read(&self) -> Result<Reader, Fault> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite
                .readers
                .acquire()
                .await
                .map(Reader::pooled_sqlite)
                .map_err(|error| Fault::of("get a reader", error)),
            Backend::Postgres(pool) => pool
                .acquire()
                .await
                .map(Reader::pooled_postgres)
                .map_err(|error| Fault::of("get a connection", error)),
        }
    }

    /// Runs a group of spends in one transaction; see [`crate::Pipeline`].
    pub(crate) async fn write_group<G: Group>(
        &self,
        group: &G,
        asks: &[G::Ask],
    ) -> Result<Vec<G::Answer>, Fault> {
        let mut tries = Tries { done: 0, isolations: [Isolation::Locking; 2] };
        loop {
            let mut tx = tries.begin(self).await?;
            let decided = match group.decide(&mut tx, asks).await {
                Ok(answers) if answers.len() != asks.len() => {
                    Err(Fault::new("answer every spend of a group"))
                }
                decided => decided,
            };
            if let Next::Return(answer) = tries.end(self, tx, decided).await {
                return answer;
            }
        }
    }

    async fn begin(&self, isolation: Isolation) -> Result<Tx, Fault> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => Ok(Tx::new(Inner::Sqlite(sqlite.writer.begin().await?))),
            Backend::Postgres(pool) => {
                let connection =
                    pool.acquire().await.map_err(|error| Fault::of("get a connection", error))?;
                let mut tx = Tx::new(Inner::Postgres(postgres::Turn::new(connection)));
                // Locking a table is no query, so it comes before the snapshot is taken: what the
                // deed reads is what was committed when it got the lock.
                let (begin, gate) = match isolation {
                    Isolation::Serializable => ("BEGIN ISOLATION LEVEL SERIALIZABLE", None),
                    Isolation::Alone => (
                        "BEGIN ISOLATION LEVEL SERIALIZABLE",
                        Some("LOCK TABLE store_gate IN EXCLUSIVE MODE"),
                    ),
                    Isolation::Locking => (
                        "BEGIN ISOLATION LEVEL READ COMMITTED",
                        Some("LOCK TABLE store_gate IN ROW EXCLUSIVE MODE"),
                    ),
                    Isolation::Aside => ("BEGIN ISOLATION LEVEL READ COMMITTED", None),
                };
                tx.execute(begin, ()).await?;
                if let Some(gate) = gate {
                    tx.execute(gate, ()).await?;
                }
                Ok(tx)
            }
        }
    }

    async fn end(&self, tx: Tx, end: sqlite::End) -> Result<(), Unkept> {
        let kept = end == sqlite::End::Keep;
        let Tx { inner, signals, .. } = tx;
        match inner {
            // A deed that is undone waits for its group all the same: what made it stop may have
            // been written by a deed before it in the group.
            Inner::Sqlite(turn) => turn.end(end).await?.outcome().await?,
            Inner::Postgres(turn) => {
                let sql = if kept { "COMMIT" } else { "ROLLBACK" };
                if let Err(error) = turn.end(sql).await {
                    if postgres::conflict(&error) == Conflict::Lost {
                        return Err(Unkept::Conflict);
                    }
                    // What is not kept is gone, whatever became of the connection.
                    if kept {
                        return Err(Unkept::Fault(Fault::of("commit", error)));
                    }
                }
            }
        }
        if kept && !signals.is_empty() {
            self.bus.signal(&signals);
        }
        Ok(())
    }

    /// Writes a copy of a SQLite store to a new file while others go on.
    ///
    /// # Errors
    /// A fault on PostgreSQL (which has its own tools), or if the file cannot be written.
    pub async fn copy_to(&self, target: &Path) -> Result<(), Fault> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.copy_to(target).await,
            Backend::Postgres(_) => Err(Fault::new(
                "copy a PostgreSQL store: use pg_dump, which takes a consistent copy while it runs",
            )),
        }
    }

    /// Closes every connection; what was begun is finished or rolled back.
    pub async fn close(&self) {
        match &*self.backend {
            Backend::Sqlite(sqlite) => {
                sqlite.writer.close().await;
                sqlite.readers.close().await;
            }
            Backend::Postgres(pool) => pool.close().await,
        }
    }
}

/// Why a deed was not kept although it had ended well, or could not be ended at all.
enum Unkept {
    Conflict,
    Fault(Fault),
}

impl From<Fault> for Unkept {
    fn from(fault: Fault) -> Unkept {
        Unkept::Fault(fault)
    }
}

/// The tries of one deed. Used by [`crate::write!`] only.
#[doc(hidden)]
pub struct Tries {
    done: u32,
    isolations: [Isolation; 2],
}

/// What follows a try. Used by [`crate::write!`] only.
#[doc(hidden)]
pub enum Next<T, E> {
    /// The deed has ended.
    Return(Result<T, E>),
    /// It lost a race and runs again.
    Again,
}

impl Tries {
    /// The tries of a deed.
    ///
    /// A deed that lost a race runs again with the money side to itself, so that a stream of
    /// spends cannot starve it.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "made by one macro")]
    pub fn new() -> Tries {
        Tries { done: 0, isolations: [Isolation::Serializable, Isolation::Alone] }
    }

    /// The tries of the queue's own bookkeeping.
    pub(crate) fn aside() -> Tries {
        Tries { done: 0, isolations: [Isolation::Aside; 2] }
    }

    /// Begins a try.
    ///
    /// # Errors
    /// A fault if no transaction can be begun.
    pub async fn begin(&mut self, store: &Store) -> Result<Tx, Fault> {
        let [first, later] = self.isolations;
        let isolation = if self.done == 0 { first } else { later };
        self.done += 1;
        store.begin(isolation).await
    }

    /// Ends a try: commits what was done, rolls back what stopped, and says what follows.
    pub async fn end<T, E: From<Fault>>(
        &mut self,
        store: &Store,
        tx: Tx,
        done: Result<T, E>,
    ) -> Next<T, E> {
        // A statement's failure that the deed overlooked stops it all the same.
        let failed = tx.failed.clone();
        let done = match (done, &failed) {
            (Ok(_), Some(why)) => Err(Fault::new(format!("keep a deed after it {why}")).into()),
            (done, _) => done,
        };
        let most = match tx.conflict {
            Conflict::None => 1,
            Conflict::SameKey => MOST_TRIES_FOR_A_KEY,
            Conflict::Lost => MOST_TRIES,
        };
        let end = if done.is_ok() { sqlite::End::Keep } else { sqlite::End::Undo };
        let ended = store.end(tx, end).await;
        let most = if matches!(ended, Err(Unkept::Conflict)) { MOST_TRIES } else { most };
        if (done.is_err() || ended.is_err()) && self.done < most {
            tokio::time::sleep(Duration::from_millis(u64::from(self.done))).await;
            return Next::Again;
        }
        Next::Return(match ended {
            Ok(()) => done,
            Err(Unkept::Conflict) => Err(Fault::new("get past conflicting writers").into()),
            Err(Unkept::Fault(fault)) => Err(match failed {
                Some(why) => Fault::of(format!("end a deed after it {why}"), fault).into(),
                None => fault.into(),
            }),
        })
    }
}

/// Runs a deed in one transaction: `write!(store, |tx| { …; Ok(answer) })`.
///
/// What it wrote is durable when this gives `Ok`; after a refusal nothing of it remains, and after
/// a fault neither, except where the connection was lost during the commit itself: then nobody
/// knows, and asking again under the same id tells. It is a macro because an asynchronous closure
/// cannot promise to be `Send` yet.
///
/// Careful: the deed may run several times on PostgreSQL, so it may do nothing but use its
/// transaction; and it must not write inside a write, which would wait for itself.
#[macro_export]
macro_rules! write {
    ($store:expr, |$tx:ident| $deed:expr) => {
        $crate::write_with!($crate::Tries::new(), ::base::Stop, $store, |$tx| $deed)
    };
}

/// As [`write!`], for the queue's own bookkeeping: one statement that is right by itself.
macro_rules! write_aside {
    ($store:expr, |$tx:ident| $deed:expr) => {
        $crate::write_with!($crate::store::Tries::aside(), ::base::Fault, $store, |$tx| $deed)
    };
}
pub(crate) use write_aside;

/// What [`write!`] is made of.
#[doc(hidden)]
#[macro_export]
macro_rules! write_with {
    ($tries:expr, $stop:ty, $store:expr, |$tx:ident| $deed:expr) => {{
        let store: &$crate::Store = &$store;
        let mut tries = $tries;
        loop {
            let mut held = match tries.begin(store).await {
                Ok(tx) => tx,
                Err(fault) => break Err(<$stop>::from(fault)),
            };
            let done: ::std::result::Result<_, $stop> = {
                let $tx = &mut held;
                async { $deed }.await
            };
            match tries.end(store, held, done).await {
                $crate::Next::Return(answer) => break answer,
                $crate::Next::Again => {}
            }
        }
    }};
}
