//! What the rows of all rooms have in common: tokens, JSON columns and lists turned round.

use base::{Fault, Tokens};
use store::Row;

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

/// The rows in the opposite order.
pub(crate) fn turned(mut rows: Vec<Row>) -> Vec<Row> {
    rows.reverse();
    rows
}
