//! Many rows in few statements: UNNEST on PostgreSQL, rows of values on SQLite.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use crate::value::Value;

/// What a column of a batch holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A 64-bit number.
    Int,
    /// Bytes.
    Blob,
}

/// A way of writing many rows at once.
#[derive(Debug)]
pub struct Batch {
    /// The table.
    pub table: &'static str,
    /// Its columns, in order.
    pub columns: &'static [(&'static str, Kind)],
    /// What is done with the rows.
    pub verb: Verb,
}

/// What is done with the rows of a batch.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    /// They are new.
    Insert,
    /// They are new unless they are there already.
    InsertUnlessThere,
    /// The first column names the row, the others are set.
    Update,
}

/// The rows of a batch, row by row: as many values as the batch has columns, over and over.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    width: usize,
    values: Vec<Value>,
}

impl Columns {
    /// No rows yet, of so many columns each.
    #[must_use]
    pub fn new(width: usize) -> Columns {
        Columns { width, values: Vec::new() }
    }

    /// Adds one row.
    ///
    /// # Panics
    /// If the row has another number of values than the batch has columns.
    pub fn push(&mut self, row: impl crate::value::Args) {
        let before = self.values.len();
        self.values.extend(row.values());
        assert_eq!(self.values.len() - before, self.width, "a row must fill every column");
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    pub(crate) fn into_rows(self) -> Rows {
        Rows { width: self.width, values: self.values.into_iter() }
    }

    /// Column by column, for UNNEST.
    pub(crate) fn into_columns(self) -> Vec<Vec<Value>> {
        let mut columns: Vec<Vec<Value>> = vec![Vec::with_capacity(self.len()); self.width];
        for (nth, value) in self.values.into_iter().enumerate() {
            columns[nth % self.width].push(value);
        }
        columns
    }
}

pub(crate) struct Rows {
    width: usize,
    values: std::vec::IntoIter<Value>,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.values.len() / self.width.max(1)
    }
}

impl Iterator for Rows {
    type Item = Vec<Value>;

    fn next(&mut self) -> Option<Vec<Value>> {
        let row: Vec<Value> = self.values.by_ref().take(self.width).collect();
        (!row.is_empty()).then_some(row)
    }
}

/// SQLite takes 32 766 arguments a statement; sizes are few so that each is prepared once.
pub(crate) fn chunks(rows: usize, width: usize) -> Vec<usize> {
    let most = 32_766 / width.max(1);
    let mut left = rows;
    let mut sizes = Vec::new();
    for size in [1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1] {
        while left >= size && size <= most {
            sizes.push(size);
            left -= size;
        }
    }
    sizes
}

type Texts = LazyLock<RwLock<HashMap<(usize, usize), Arc<str>>>>;
static SQLITE: Texts = LazyLock::new(Default::default);

impl Batch {
    /// An empty set of rows for this batch.
    #[must_use]
    pub fn rows(&self) -> Columns {
        Columns::new(self.columns.len())
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    fn sets(&self) -> String {
        let set = |(name, _): &(&str, Kind)| format!("{name} = given.{name}");
        self.columns.iter().skip(1).map(set).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn sqlite_text(&'static self, rows: usize) -> Arc<str> {
        let key = (std::ptr::from_ref(self) as usize, rows);
        if let Some(text) = SQLITE.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(text);
        }
        let row = format!("({})", vec!["?"; self.columns.len()].join(","));
        let values = vec![row.as_str(); rows].join(",");
        let (table, names) = (self.table, self.names());
        let text = match self.verb {
            Verb::Insert => format!("INSERT INTO {table} ({names}) VALUES {values}"),
            Verb::InsertUnlessThere => {
                format!("INSERT INTO {table} ({names}) VALUES {values} ON CONFLICT DO NOTHING")
            }
            Verb::Update => format!(
                "WITH given({names}) AS (VALUES {values}) UPDATE {table} SET {} FROM given \
                 WHERE {table}.{key} = given.{key}",
                self.sets(),
                key = self.columns[0].0,
            ),
        };
        let text: Arc<str> = text.into();
        let mut known = SQLITE.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, Arc::clone(&text));
        text
    }

    pub(crate) fn postgres_text(&self) -> String {
        let (table, names) = (self.table, self.names());
        let arrays: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(nth, (_, kind))| format!("${}::{}[]", nth + 1, kind.postgres()))
            .collect();
        let given = format!("SELECT * FROM UNNEST({})", arrays.join(", "));
        match self.verb {
            Verb::Insert => format!("INSERT INTO {table} ({names}) {given}"),
            Verb::InsertUnlessThere => {
                format!("INSERT INTO {table} ({names}) {given} ON CONFLICT DO NOTHING")
            }
            Verb::Update => format!(
                "UPDATE {table} SET {} FROM ({given}) AS given({names}) \
                 WHERE {table}.{key} = given.{key}",
                self.sets(),
                key = self.columns[0].0,
            ),
        }
    }
}

impl Kind {
    fn postgres(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Int => "bigint",
            Kind::Blob => "bytea",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PAIRS: Batch = Batch {
        table: "pairs",
        columns: &[("id", Kind::Text), ("amount", Kind::Int)],
        verb: Verb::Update,
    };

    #[test]
    fn texts_are_spelled_for_each_database() {
        assert_eq!(
            &*PAIRS.sqlite_text(2),
            "WITH given(id, amount) AS (VALUES (?,?),(?,?)) UPDATE pairs \
             SET amount = given.amount FROM given WHERE pairs.id = given.id"
        );
        assert_eq!(
            PAIRS.postgres_text(),
            "UPDATE pairs SET amount = given.amount FROM (SELECT * FROM \
             UNNEST($1::text[], $2::bigint[])) AS given(id, amount) WHERE pairs.id = given.id"
        );
    }

    #[test]
    fn chunks_add_up_and_stay_below_the_limit() {
        for rows in [0, 1, 5, 63, 64, 1000, 5000] {
            let sizes = chunks(rows, 14);
            assert_eq!(sizes.iter().sum::<usize>(), rows);
            assert!(sizes.iter().all(|size| size * 14 <= 32_766));
        }
    }
}
