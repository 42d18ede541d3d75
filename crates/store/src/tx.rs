//! A transaction: everything one deed reads and writes.

use base::Fault;

use crate::batch::{Batch, Columns};
use crate::postgres::Conflict;
use crate::reader::first_words;
use crate::reads::Reads;
use crate::row::Row;
use crate::store::Engine;
use crate::value::Args;
use crate::{postgres, sqlite};

/// A transaction. Made by [`crate::write!`] and [`crate::Pipeline`] only.
pub struct Tx {
    pub(crate) inner: Inner,
    /// Whether running the whole deed again may cure what failed.
    pub(crate) conflict: Conflict,
    /// Why a statement failed. Nothing more runs and nothing is kept, on either database:
    /// PostgreSQL insists on it, and SQLite may have rolled everything back by itself.
    pub(crate) failed: Option<String>,
    /// Topics to signal once the transaction is durable.
    pub(crate) signals: Vec<&'static str>,
}

pub(crate) enum Inner {
    Sqlite(sqlite::Turn),
    Postgres(postgres::Turn),
}

impl Tx {
    pub(crate) fn new(inner: Inner) -> Tx {
        Tx { inner, conflict: Conflict::None, failed: None, signals: Vec::new() }
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
        self.goes_on()?;
        let values = args.values();
        let done = match &mut self.inner {
            Inner::Sqlite(turn) => sqlite::execute(turn.connection()?, sql, values).await,
            Inner::Postgres(turn) => match turn.connection() {
                Ok(connection) => postgres::execute(connection, sql, values).await,
                Err(error) => Err(error),
            },
        };
        done.map_err(|error| self.failed(sql, error))
    }

    /// Writes many rows at once; how many were written.
    ///
    /// # Errors
    /// A fault if the database refuses. The deed must stop on it.
    pub async fn insert(&mut self, batch: &'static Batch, rows: Columns) -> Result<u64, Fault> {
        self.goes_on()?;
        let done = match &mut self.inner {
            Inner::Sqlite(turn) => sqlite::insert(turn.connection()?, batch, rows).await,
            Inner::Postgres(turn) => match turn.connection() {
                Ok(connection) => postgres::insert(connection, batch, rows).await,
                Err(error) => Err(error),
            },
        };
        done.map_err(|error| self.failed(batch.table, error))
    }

    /// Signals a topic once the transaction is durable; see [`crate::Bus`].
    pub fn signal(&mut self, topic: &'static str) {
        if !self.signals.contains(&topic) {
            self.signals.push(topic);
        }
    }

    fn goes_on(&self) -> Result<(), Fault> {
        if self.failed.is_some() {
            return Err(Fault::new("go on after a statement of the same deed has failed"));
        }
        Ok(())
    }

    fn failed(&mut self, sql: &str, error: sqlx::Error) -> Fault {
        self.conflict = self.conflict.max(postgres::conflict(&error));
        let fault = Fault::of(format!("run {}", first_words(sql)), error);
        self.failed = Some(fault.chain());
        fault
    }
}

impl Reads for Tx {
    fn engine(&self) -> Engine {
        match &self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    async fn fetch_all(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> Result<Vec<Row>, Fault> {
        self.goes_on()?;
        let values = args.values();
        let rows = match &mut self.inner {
            Inner::Sqlite(turn) => sqlite::fetch_all(turn.connection()?, sql, values).await,
            Inner::Postgres(turn) => match turn.connection() {
                Ok(connection) => postgres::fetch_all(connection, sql, values).await,
                Err(error) => Err(error),
            },
        };
        rows.map_err(|error| self.failed(sql, error))
    }
}
