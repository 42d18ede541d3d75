//! The store: one way to read, two ways to write, on either database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::Fault;
use sqlx::PgPool;

use crate::bus::Bus;
use crate::companion::Companion;
use crate::deed::{Isolation, Next, Tries, Unkept};
use crate::pipeline::Group;
use crate::postgres::Conflict;
use crate::reader::Reader;
use crate::sqlite::{Access, Sqlite};
use crate::tx::{Inner, Tx};
use crate::{jobs, migrate, postgres, sqlite};

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
        let mut tries = Tries::locking();
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

    pub(crate) async fn begin(&self, isolation: Isolation) -> Result<Tx, Fault> {
        match &*self.backend {
            Backend::Sqlite(sqlite) => Ok(Tx::new(Inner::Sqlite(sqlite.writer.begin().await?))),
            Backend::Postgres(pool) => {
                let connection =
                    pool.acquire().await.map_err(|error| Fault::of("get a connection", error))?;
                let mut tx = Tx::new(Inner::Postgres(postgres::Turn::new(connection)));
                // Locking a table is no query, so it comes before the snapshot is taken: what the
                // deed reads is what was committed when it got the lock.
                let (begin, then) = match isolation {
                    // One that wants to be alone waits for those that are under way.
                    Isolation::Serializable => (
                        "BEGIN ISOLATION LEVEL SERIALIZABLE",
                        "LOCK TABLE store_gate IN ROW SHARE MODE",
                    ),
                    Isolation::Alone => (
                        "BEGIN ISOLATION LEVEL SERIALIZABLE",
                        "LOCK TABLE store_gate IN EXCLUSIVE MODE",
                    ),
                    Isolation::Locking => (
                        "BEGIN ISOLATION LEVEL READ COMMITTED",
                        "LOCK TABLE store_gate IN ROW EXCLUSIVE MODE",
                    ),
                    // A claim that is lost with the server is made again, and a job whose end was
                    // lost runs again, as every job may: no need to wait for the disk.
                    Isolation::Aside => (
                        "BEGIN ISOLATION LEVEL READ COMMITTED",
                        "SET LOCAL synchronous_commit TO off",
                    ),
                };
                tx.execute(begin, ()).await?;
                tx.execute(then, ()).await?;
                Ok(tx)
            }
        }
    }

    pub(crate) async fn end(&self, tx: Tx, end: sqlite::End) -> Result<(), Unkept> {
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
