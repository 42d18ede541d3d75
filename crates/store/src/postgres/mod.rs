//! PostgreSQL: a pool, statements as its driver takes them, and what may be tried again.

use base::Fault;
use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgArguments, PgConnection, PgPool, PgPoolOptions, Postgres};
use sqlx::query::Query;

use crate::batch::{Batch, Columns, Kind};
use crate::row::Row;
use crate::text;
use crate::value::Value;

pub(crate) async fn open(url: &str, connections: u32) -> Result<PgPool, Fault> {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(std::time::Duration::from_secs(10))
        .connect(url)
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
///
/// Serialisation failures and deadlocks by their standard codes. A unique violation is one too:
/// under concurrency it means that somebody wrote the same key first, and the deed, run again,
/// sees it.
pub(crate) fn may_be_tried_again(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("40001" | "40P01" | "23505"))
}
