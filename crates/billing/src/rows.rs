//! What the rows of all rooms have in common: tokens, JSON columns and pages of lists.

use base::{Fault, Tokens};
use store::{Page, Reads, Row, Value, Walk};

/// The two texts of a list, older and newer rows, under a condition of its own: one for each
/// filter, so that each can use the index that was made for it.
macro_rules! list_of {
    ($table:literal where $condition:expr) => {
        (
            concat!(
                "SELECT * FROM ",
                $table,
                " WHERE id < $1 AND ",
                $condition,
                " ORDER BY id DESC LIMIT $2"
            ),
            concat!(
                "SELECT * FROM ",
                $table,
                " WHERE id > $1 AND ",
                $condition,
                " ORDER BY id LIMIT $2"
            ),
        )
    };
}
pub(crate) use list_of;

/// One page of a list, newest first. `filter` holds the arguments from `$3` on.
pub(crate) async fn page(
    reads: &mut impl Reads,
    (older, newer): (&'static str, &'static str),
    page: &Page,
    filter: Vec<Value>,
) -> Result<Vec<Row>, Fault> {
    let (sql, id) = match page.walk() {
        Walk::Older(id) => (older, id),
        Walk::Newer(id) => (newer, id),
    };
    let mut args = vec![Value::from(id), Value::from(page.limit)];
    args.extend(filter);
    let mut rows = reads.fetch_all(sql, args).await?;
    if page.before.is_some() {
        rows.reverse();
    }
    Ok(rows)
}

/// A number of tokens.
pub(crate) fn tokens(row: &Row, column: &str) -> Result<Tokens, Fault> {
    Tokens::new(row.int(column)?)
        .ok_or_else(|| Fault::new(format!("read column {column}: it is negative")))
}

/// A value as it is stored in a JSON column.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::of("write a JSON column", error))
}

/// A JSON column that may be empty.
pub(crate) fn opt_json<T: serde::de::DeserializeOwned>(
    row: &Row,
    column: &str,
) -> Result<Option<T>, Fault> {
    row.opt_text(column)?.map(|_| row.json(column)).transpose()
}
