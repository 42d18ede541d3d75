//! Everything a database holds, as text: nothing hides from it.

use store::{Engine, Reads as _, Store};

/// Where in the database one of these words stands, in whatever case: `table.column: the value`.
pub(super) async fn found(store: &Store, words: &[&str]) -> Vec<String> {
    let mut reader = store.read().await.unwrap();
    let mut found = Vec::new();
    for (table, column, kind) in columns(store).await {
        let value = match (kind.as_str(), store.engine()) {
            ("BLOB", _) | ("bytea", _) => column.clone(),
            _ => format!("CAST({column} AS TEXT)"),
        };
        let bytes = matches!(kind.as_str(), "BLOB" | "bytea");
        let sql = format!("SELECT {value} AS value FROM {table} WHERE {column} IS NOT NULL");
        let rows = reader.fetch_all(Box::leak(sql.into_boxed_str()), ()).await.unwrap();
        for row in rows {
            let text = if bytes {
                String::from_utf8_lossy(&row.blob("value").unwrap()).into_owned()
            } else {
                row.text("value").unwrap()
            };
            let low = text.to_lowercase();
            if words.iter().any(|word| low.contains(&word.to_lowercase())) {
                found.push(format!(
                    "{table}.{column}: {}",
                    text.chars().take(120).collect::<String>()
                ));
            }
        }
    }
    found
}

/// Every table of the database, but the pages of the index over words that are kept elsewhere.
pub(super) async fn tables(store: &Store) -> Vec<String> {
    let mut all: Vec<String> = columns(store).await.into_iter().map(|(table, ..)| table).collect();
    all.sort();
    all.dedup();
    all
}

async fn columns(store: &Store) -> Vec<(String, String, String)> {
    let mut reader = store.read().await.unwrap();
    let sql = match store.engine() {
        Engine::Sqlite => {
            "SELECT tables.name AS t, columns.name AS c, columns.type AS k
             FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'search_words%'
             AND tables.name NOT LIKE 'sqlite_%'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c,
             CAST(data_type AS TEXT) AS k FROM information_schema.columns
             WHERE table_schema = 'public'"
        }
    };
    let rows = reader.fetch_all(sql, ()).await.unwrap();
    let read =
        |row: &store::Row| (row.text("t").unwrap(), row.text("c").unwrap(), row.text("k").unwrap());
    rows.iter().map(read).filter(|(table, ..)| !table.starts_with('_')).collect()
}
