//! A transaction: everything one deed reads and writes.

use base::Fault;
use sqlx::pool::PoolConnection;

use crate::batch::{Batch, Columns};
use crate::reader::first_words;
use crate::reads::Reads;
use crate::row::Row;
use crate::sqlite::writer::Turn;
use crate::value::Args;
use crate::{postgres, sqlite};

/// A transaction. Made by [`crate::Store::write`] and [`crate::Pipeline`] only.
pub struct Tx {
    pub(crate) inner: Inner,
    /// A statement failed in a way that running the whole deed again may cure.
    pub(crate) conflict: bool,
    /// Topics to signal once the transaction is durable.
    pub(crate) signals: Vec<&'static str>,
}

pub(crate) enum Inner {
    Sqlite(Turn),
    Postgres(PoolConnection<sqlx::Postgres>),
}

impl Tx {
    pub(crate) fn new(inner: Inner) -> Tx {
        Tx { inner, conflict: false, signals: Vec::new() }
    }

    /// Whether this runs on the one SQLite writer, beside whose file memory may be kept.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.inner, Inner::Sqlite(_))
    }

    /// Changes something; how many rows it touched.
    ///
    /// # Errors
    /// A fault if the database refuses. The deed must stop on it.
    pub async fn execute(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> Result<u64, Fault> {
        let values = args.values();
        let done = match &mut self.inner {
            Inner::Sqlite(turn) => sqlite::execute(turn.connection()?, sql, values).await,
            Inner::Postgres(connection) => postgres::execute(connection, sql, values).await,
        };
        done.map_err(|error| self.failed(sql, error))
    }

    /// Writes many rows at once; how many were written.
    ///
    /// # Errors
    /// A fault if the database refuses. The deed must stop on it.
    pub async fn insert(&mut self, batch: &'static Batch, rows: Columns) -> Result<u64, Fault> {
        match &mut self.inner {
            Inner::Sqlite(turn) => sqlite::insert(turn.connection()?, batch, rows).await,
            Inner::Postgres(connection) => {
                let done = postgres::insert(connection, batch, rows).await;
                done.map_err(|error| self.failed(batch.table, error))
            }
        }
    }

    /// Signals a topic once the transaction is durable; see [`crate::Bus`].
    pub fn signal(&mut self, topic: &'static str) {
        if !self.signals.contains(&topic) {
            self.signals.push(topic);
        }
    }

    fn failed(&mut self, sql: &str, error: sqlx::Error) -> Fault {
        self.conflict |= postgres::may_be_tried_again(&error);
        Fault::of(format!("run {}", first_words(sql)), error)
    }
}

impl Reads for Tx {
    async fn fetch_all(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> Result<Vec<Row>, Fault> {
        let values = args.values();
        let rows = match &mut self.inner {
            Inner::Sqlite(turn) => sqlite::fetch_all(turn.connection()?, sql, values).await,
            Inner::Postgres(connection) => postgres::fetch_all(connection, sql, values).await,
        };
        rows.map_err(|error| self.failed(sql, error))
    }
}
