//! Reading outside of a transaction.

use base::Fault;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqliteConnection;

use crate::reads::Reads;
use crate::row::Row;
use crate::store::Engine;
use crate::value::Args;
use crate::{postgres, sqlite};

/// A connection to ask questions over. What it sees is committed.
pub struct Reader(Inner);

enum Inner {
    SqliteOwn(Box<SqliteConnection>),
    Sqlite(PoolConnection<sqlx::Sqlite>),
    Postgres(PoolConnection<sqlx::Postgres>),
}

impl Reader {
    pub(crate) fn of_sqlite(connection: SqliteConnection) -> Reader {
        Reader(Inner::SqliteOwn(Box::new(connection)))
    }

    pub(crate) fn pooled_sqlite(connection: PoolConnection<sqlx::Sqlite>) -> Reader {
        Reader(Inner::Sqlite(connection))
    }

    pub(crate) fn pooled_postgres(connection: PoolConnection<sqlx::Postgres>) -> Reader {
        Reader(Inner::Postgres(connection))
    }

    /// Everything read until the reader is dropped or [`Reader::unfreeze`]d is of one moment.
    ///
    /// Its connection is closed afterwards rather than shared again: whoever drops a reader
    /// half-way would hand an open view to the next.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn freeze(&mut self) -> Result<(), Fault> {
        let begun = match &mut self.0 {
            Inner::SqliteOwn(connection) => sqlite::execute(connection, "BEGIN", vec![]).await,
            Inner::Sqlite(connection) => {
                connection.close_on_drop();
                sqlite::execute(connection, "BEGIN", vec![]).await
            }
            Inner::Postgres(connection) => {
                connection.close_on_drop();
                let sql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                postgres::execute(connection, sql, vec![]).await
            }
        };
        begun.map(|_| ()).map_err(|error| Fault::of("begin reading", error))
    }

    /// Ends a frozen view.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn unfreeze(&mut self) -> Result<(), Fault> {
        let ended = match &mut self.0 {
            Inner::SqliteOwn(connection) => sqlite::execute(connection, "COMMIT", vec![]).await,
            Inner::Sqlite(connection) => sqlite::execute(connection, "COMMIT", vec![]).await,
            Inner::Postgres(connection) => postgres::execute(connection, "COMMIT", vec![]).await,
        };
        ended.map(|_| ()).map_err(|error| Fault::of("end reading", error))
    }
}

impl Reads for Reader {
    fn engine(&self) -> Engine {
        match &self.0 {
            Inner::SqliteOwn(_) | Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    async fn fetch_all(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> Result<Vec<Row>, Fault> {
        let values = args.values();
        match &mut self.0 {
            Inner::SqliteOwn(connection) => {
                sqlite::fetch_all(connection.as_mut(), sql, values).await
            }
            Inner::Sqlite(connection) => sqlite::fetch_all(&mut **connection, sql, values).await,
            Inner::Postgres(connection) => postgres::fetch_all(connection, sql, values).await,
        }
        .map_err(|error| Fault::of(format!("ask {}", first_words(sql)), error))
    }
}

/// Enough of a statement to recognise it in a log; statements never hold customers' words.
pub(crate) fn first_words(sql: &str) -> String {
    sql.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}
