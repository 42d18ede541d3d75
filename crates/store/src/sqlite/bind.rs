//! Statements as the SQLite driver takes them.

use sqlx::AssertSqlSafe;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection};

use crate::batch::{Batch, Columns, chunks};
use crate::row::Row;
use crate::text;
use crate::value::Value;

type Bound<'q> = Query<'q, Sqlite, SqliteArguments>;

#[expect(clippy::disallowed_methods, reason = "this is the place that speaks to the driver")]
fn query<'q>(sql: impl sqlx::SqlSafeStr) -> Bound<'q> {
    sqlx::query::<Sqlite>(sql)
}

pub(crate) fn bind<'q>(sql: &'static str, values: Vec<Value>) -> Bound<'q> {
    values.into_iter().fold(query(text::for_sqlite(sql)), add)
}

fn add(query: Bound<'_>, value: Value) -> Bound<'_> {
    match value {
        Value::Text(text) => query.bind(text),
        Value::Int(int) => query.bind(int),
        Value::Blob(bytes) => query.bind(bytes),
        Value::Texts(list) => query.bind(json(&list)),
        Value::Ints(list) => query.bind(json(&list)),
        Value::Blobs(list) => query.bind(json(&list.iter().map(hex::encode).collect::<Vec<_>>())),
    }
}

fn json<T: serde::Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

pub(crate) async fn execute(
    connection: &mut SqliteConnection,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<u64, sqlx::Error> {
    bind(sql, values).execute(connection).await.map(|done| done.rows_affected())
}

pub(crate) async fn fetch_all<'c, E>(
    connection: E,
    sql: &'static str,
    values: Vec<Value>,
) -> Result<Vec<Row>, sqlx::Error>
where
    E: sqlx::Executor<'c, Database = Sqlite>,
{
    let rows = bind(sql, values).fetch_all(connection).await?;
    Ok(rows.into_iter().map(Row::Sqlite).collect())
}

/// Writes many rows with a few statements of fixed sizes, so that each is prepared once.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    batch: &'static Batch,
    columns: Columns,
) -> Result<u64, sqlx::Error> {
    let mut written = 0;
    let mut rows = columns.into_rows();
    for size in chunks(rows.len(), batch.columns.len()) {
        let sql = AssertSqlSafe(batch.sqlite_text(size));
        let bound = rows.by_ref().take(size).flatten().fold(query(sql), add);
        let done = bound.execute(&mut *connection).await?;
        written += done.rows_affected();
    }
    Ok(written)
}
