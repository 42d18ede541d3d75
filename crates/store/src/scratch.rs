//! Throw-away databases for tests: a folder of its own, or a database of its own on a server.

mod server;

use base::Fault;
use tempfile::TempDir;

use crate::sqlite::Access;
use crate::store::{Engine, Store};

/// The variable that names the server: `postgres://user@host:port/postgres`.
pub const SERVER: &str = "PAYDESK_TEST_POSTGRES";

/// An empty database that is gone when this is dropped (PostgreSQL: some tests after this one).
pub struct Scratch {
    /// The store on it.
    pub store: Store,
    folder: Option<TempDir>,
    url: Option<String>,
}

impl Scratch {
    /// A database of its own on either engine.
    ///
    /// # Panics
    /// If it cannot be made; for PostgreSQL, if [`SERVER`] names no server.
    #[expect(clippy::expect_used, reason = "a test without its database is not worth running")]
    pub async fn new(engine: Engine) -> Scratch {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("make a temporary folder");
                let store = Store::open_sqlite(folder.path(), Access::Owner).await;
                Scratch { store: store.expect("open"), folder: Some(folder), url: None }
            }
            Engine::Postgres => {
                let url = Scratch::database().await.expect("make a database");
                let store = Store::open_postgres(&url, 10).await.expect("open");
                Scratch { store, folder: None, url: Some(url) }
            }
        }
    }

    /// The folder of a SQLite scratch.
    #[must_use]
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_ref().map(TempDir::path)
    }

    /// The URL of a PostgreSQL scratch.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Makes a database with every table in it, and nothing in the tables, and gives its URL.
    ///
    /// # Errors
    /// A fault that says how to give tests a server, if none answers.
    pub async fn database() -> Result<String, Fault> {
        server::copy(&server::template().await?).await
    }

    /// Makes a database without a table and gives its URL.
    ///
    /// # Errors
    /// As [`Scratch::database`].
    pub async fn empty() -> Result<String, Fault> {
        server::copy("template1").await
    }
}
