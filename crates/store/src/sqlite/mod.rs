//! SQLite: one writer, some readers, one file in one folder.

mod bind;
mod desk;
mod folder;
mod group;
mod turn;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};

pub(crate) use bind::{execute, fetch_all, insert};
pub use folder::FolderLock;
pub(crate) use turn::{End, Turn};
use writer::Writer;

/// The name of the database file inside the data folder.
pub const FILE: &str = "paydesk.sqlite";

/// Whether the process owns the folder or only visits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The one program that serves; a second owner is refused.
    Owner,
    /// A command beside a running program: no ledger moves, short writes only.
    Visitor,
}

pub(crate) struct Sqlite {
    pub(crate) writer: Arc<Writer>,
    pub(crate) readers: SqlitePool,
    pub(crate) file: PathBuf,
    _lock: Option<FolderLock>,
}

impl Sqlite {
    pub(crate) async fn open(folder: &Path, access: Access) -> Result<Sqlite, Fault> {
        let lock = match access {
            Access::Owner => Some(FolderLock::take(folder)?),
            Access::Visitor => None,
        };
        let file = folder.join(FILE);
        if access == Access::Visitor && !file.exists() {
            let place = folder.display();
            return Err(Fault::new(format!(
                "find a paydesk in the data folder {place}: start one on it first"
            )));
        }
        let writer = connect(&file).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options(&file).read_only(true).pragma("cache_size", "-16384"))
            .await
            .map_err(|error| Fault::of("open the readers of the database file", error))?;
        Ok(Sqlite {
            writer: Arc::new(Writer::new(writer, file.clone())),
            readers,
            file,
            _lock: lock,
        })
    }

    /// Writes a copy of the database as it is at this moment, while others go on.
    pub(crate) async fn copy_to(&self, target: &Path) -> Result<(), Fault> {
        let mut connection = connect(&self.file).await?;
        let quoted = target.to_string_lossy().replace('\'', "''");
        connection
            .execute(AssertSqlSafe(format!("VACUUM INTO '{quoted}'")))
            .await
            .map_err(|error| Fault::of("copy the database", error))?;
        // SQLite leaves it to us to see the copy safely onto the disk.
        let synced = tokio::fs::File::open(target).await;
        match synced {
            Ok(file) => file.sync_all().await,
            Err(error) => Err(error),
        }
        .map_err(|error| Fault::of("write the copy of the database to disk", error))
    }
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(512)
        // What undoes a deed alone may be large; it is needed in no file, since a crash undoes all.
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "8000")
        .disable_statement_logging()
}

pub(crate) async fn connect(file: &Path) -> Result<SqliteConnection, Fault> {
    options(file)
        .connect()
        .await
        .map_err(|error| Fault::of(format!("open the database file {}", file.display()), error))
}
