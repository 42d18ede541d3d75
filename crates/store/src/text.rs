//! One text for two databases: the spots where they spell things differently.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

type Spelled = LazyLock<RwLock<HashMap<&'static str, &'static str>>>;

static SQLITE: Spelled = LazyLock::new(Default::default);
static POSTGRES: Spelled = LazyLock::new(Default::default);

/// The statement as SQLite reads it.
///
/// `IN texts($1)`, `IN ints($1)` and `IN blobs($1)` take a list as one argument.
pub(crate) fn for_sqlite(sql: &'static str) -> &'static str {
    spelled(&SQLITE, sql, |list, argument| match list {
        List::Plain => format!("IN (SELECT value FROM json_each({argument}))"),
        List::Bytes => format!("IN (SELECT unhex(value) FROM json_each({argument}))"),
    })
}

/// The statement as PostgreSQL reads it.
pub(crate) fn for_postgres(sql: &'static str) -> &'static str {
    spelled(&POSTGRES, sql, |_, argument| format!("= ANY({argument})"))
}

enum List {
    Plain,
    Bytes,
}

const LISTS: [(&str, List); 3] =
    [("IN texts(", List::Plain), ("IN ints(", List::Plain), ("IN blobs(", List::Bytes)];

fn spelled(
    known: &Spelled,
    sql: &'static str,
    spell: impl Fn(&List, &str) -> String,
) -> &'static str {
    if !LISTS.iter().any(|(word, _)| sql.contains(word)) {
        return sql;
    }
    if let Some(text) = known.read().unwrap_or_else(PoisonError::into_inner).get(sql) {
        return text;
    }
    let mut text = sql.to_owned();
    for (word, list) in &LISTS {
        while let Some(start) = text.find(word) {
            let rest = &text[start + word.len()..];
            let Some(end) = rest.find(')') else { break };
            let spelling = spell(list, &rest[..end]);
            text.replace_range(start..=start + word.len() + end, &spelling);
        }
    }
    // The set of statements is fixed at compile time, so what leaks here is bounded.
    let text: &'static str = Box::leak(text.into_boxed_str());
    known.write().unwrap_or_else(PoisonError::into_inner).insert(sql, text);
    text
}

/// A migration as SQLite reads it: strict tables, `BIGINT` spelled `INTEGER`.
pub(crate) fn migration_for_sqlite(sql: &str) -> String {
    sql.replace("BIGINT", "INTEGER")
}

/// A migration as PostgreSQL reads it: no `STRICT`, `BLOB` spelled `BYTEA`, and texts in the order
/// of their bytes, as SQLite has them, whatever language the server is set to.
pub(crate) fn migration_for_postgres(sql: &str) -> String {
    sql.replace(") STRICT;", ");")
        .replace(" BLOB", " BYTEA")
        .replace(" TEXT", " TEXT COLLATE \"C\"")
        .replace("AS TEXT COLLATE \"C\"", "AS TEXT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_spelled_for_each_database() {
        let sql = "SELECT 1 FROM t WHERE a IN texts($1) AND b IN blobs($2)";
        assert_eq!(
            for_sqlite(sql),
            "SELECT 1 FROM t WHERE a IN (SELECT value FROM json_each($1)) \
             AND b IN (SELECT unhex(value) FROM json_each($2))"
        );
        assert_eq!(for_postgres(sql), "SELECT 1 FROM t WHERE a = ANY($1) AND b = ANY($2)");
        assert_eq!(for_sqlite("SELECT 1"), "SELECT 1");
    }

    #[test]
    fn migrations_are_spelled_for_each_database() {
        let sql = "CREATE TABLE t (\n  a BIGINT NOT NULL,\n  t TEXT,\n  b BLOB\n) STRICT;";
        assert!(migration_for_sqlite(sql).contains("a INTEGER NOT NULL"));
        let postgres = migration_for_postgres(sql);
        assert!(postgres.ends_with("t TEXT COLLATE \"C\",\n  b BYTEA\n);"), "{postgres}");
        assert_eq!(migration_for_postgres("CAST(a AS TEXT)"), "CAST(a AS TEXT)");
    }
}
