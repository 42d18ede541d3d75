//! PostgreSQL: a pool, statements as its driver takes them, and what may be tried again.

mod turn;

use std::time::Duration;

use base::Fault;
use sqlx::postgres::{
    PgArguments, PgConnectOptions, PgConnection, PgPool, PgPoolOptions, Postgres,
};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, ConnectOptions as _};

use crate::batch::{Batch, Columns, Kind};
use crate::row::Row;
use crate::text;
use crate::value::Value;

pub(crate) use turn::Turn;

/// Whatever the server or the role is set to, an answered deed is on disk, and a transaction that
/// nobody goes on with lets go of its locks. Our statements are short: none is worth compiling.
const SETTINGS: &str = "SELECT set_config('synchronous_commit', 'on', false) \
     WHERE current_setting('synchronous_commit') = 'off' \
     UNION ALL SELECT set_config('idle_in_transaction_session_timeout', '60s', false) \
     UNION ALL SELECT set_config('jit', 'off', false)";

pub(crate) async fn open(url: &str, connections: u32) -> Result<PgPool, Fault> {
    let unreadable = |error| Fault::of("read the URL of the PostgreSQL database", error);
    let options: PgConnectOptions = url.parse().map_err(unreadable)?;
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| {
            Box::pin(async move { execute(connection, SETTINGS, Vec::new()).await.map(|_| ()) })
        })
        .connect_with(options.application_name("paydesk").disable_statement_logging())
        .await
        .map_err(|error| Fault::of("reach PostgreSQL", error))
}

type Bound<'q> = Query<'q, Postgres, PgArguments>;

#[expect(clippy::disallowed_methods, reason = "this is the place that speaks to the driver")]
fn query<'q>(sql: impl sqlx::SqlSafeStr) -> Bound<'q> {
    sqlx::query::<Postgres>(sql)
}

fn add(query: Bound<'_>, value: Value) -> Bound<'_> {
    match value {
        Value::Text(text) => query.bind(text),
        Value::Int(int) => query.bind(int),
        Value::Blob(bytes) => query.bind(bytes),
        Value::Texts(list) => query.bind(list),
        Value::Ints(list) => query.bind(list),
        Value::Blobs(list) => query.bind(list),
    }
}

fn bind<'q>(sql: &'static str, values: Vec<Value>) -> Bound<'q> {
    values.into_iter().fold(query(text::for_postgres(sql)), add)
}

pub(crate) async fn execute(
    connection: &mut PgConnection,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<u64, sqlx::Error> {
    bind(sql, values).execute(connection).await.map(|done| done.rows_affected())
}

pub(crate) async fn fetch_all(
    connection: &mut PgConnection,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<Vec<Row>, sqlx::Error> {
    let rows = bind(sql, values).fetch_all(connection).await?;
    Ok(rows.into_iter().map(Row::Postgres).collect())
}

pub(crate) async fn insert(
    connection: &mut PgConnection,
    batch: &'static Batch,
    columns: Columns,
) -> Result<u64, sqlx::Error> {
    if columns.is_empty() {
        return Ok(0);
    }
    let kinds = batch.columns.iter().map(|(_, kind)| *kind);
    let bound = kinds
        .zip(columns.into_columns())
        .fold(query(AssertSqlSafe(batch.postgres_text())), |query, (kind, column)| {
            array(query, kind, column)
        });
    bound.execute(connection).await.map(|done| done.rows_affected())
}

fn array(query: Bound<'_>, kind: Kind, column: Vec<Value>) -> Bound<'_> {
    match kind {
        Kind::Text => query.bind(column.into_iter().map(text_of).collect::<Vec<_>>()),
        Kind::Int => query.bind(column.into_iter().map(int_of).collect::<Vec<_>>()),
        Kind::Blob => query.bind(column.into_iter().map(blob_of).collect::<Vec<_>>()),
    }
}

fn text_of(value: Value) -> Option<String> {
    if let Value::Text(text) = value { text } else { None }
}

fn int_of(value: Value) -> Option<i64> {
    if let Value::Int(int) = value { int } else { None }
}

fn blob_of(value: Value) -> Option<Vec<u8>> {
    if let Value::Blob(bytes) = value { bytes } else { None }
}

/// Whether the same deed may well succeed when it is run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conflict {
    /// It would fail again.
    None,
    /// Somebody else may have written the same key first; the deed, run again, sees it. If it was
    /// the deed's own mistake, it fails again.
    SameKey,
    /// It lost a race.
    Lost,
}

/// Reads the standard codes: serialisation failure, deadlock, unique violation.
pub(crate) fn conflict(error: &sqlx::Error) -> Conflict {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    match code.as_deref() {
        Some("40001" | "40P01") => Conflict::Lost,
        Some("23505") => Conflict::SameKey,
        _ => Conflict::None,
    }
}
