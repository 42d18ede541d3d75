//! The numbered files: they apply to nothing, once, on both databases, and no number is missing.

use store::scratch::Scratch;
use store::{Access, Engine, Reads as _, Store};

fn numbers() -> Vec<i64> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut numbers: Vec<i64> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.split_once('_').unwrap().0.parse().unwrap())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

const APPLIED: &str = "SELECT version FROM _sqlx_migrations ORDER BY version";

async fn applied(store: &Store) -> Vec<i64> {
    let mut reader = store.read().await.unwrap();
    let rows = reader.fetch_all(APPLIED, ()).await.unwrap();
    rows.iter().map(|row| row.int("version").unwrap()).collect()
}

#[test]
fn numbers_have_no_gap() {
    let numbers = numbers();
    assert_eq!(numbers, (1..=numbers.len() as i64).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_file_applies_to_an_empty_database_and_only_once() {
    let sqlite = Scratch::new(Engine::Sqlite).await;
    assert_eq!(applied(&sqlite.store).await, numbers());
    let postgres = Scratch::new(Engine::Postgres).await;
    assert_eq!(applied(&postgres.store).await, numbers());
    let again = Store::open_postgres(postgres.url().unwrap(), 2).await.unwrap();
    assert_eq!(applied(&again).await, numbers());

    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let store = Store::open_sqlite(folder.path(), Access::Owner).await.unwrap();
        assert_eq!(applied(&store).await, numbers());
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nodes_that_start_at_once_do_the_work_once() {
    let url = Scratch::empty().await.unwrap();
    let opened = (0..4).map(|_| Store::open_postgres(&url, 2));
    for store in futures_util::future::join_all(opened).await {
        assert_eq!(applied(&store.unwrap()).await, numbers());
    }
}

/// The tables of the files that have a twin because the two must differ.
fn tables_that_differ() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.to_str().unwrap().matches('.').count() > 1)
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let name = |rest: &str| rest.split([' ', '(']).next().unwrap().to_owned();
            let made = text.lines().filter_map(|line| line.strip_prefix("CREATE TABLE "));
            // SQLite keeps the words of a search in tables of its own beside the virtual one.
            let virtually =
                text.lines().filter_map(|line| line.strip_prefix("CREATE VIRTUAL TABLE "));
            let beside = ["", "_config", "_content", "_data", "_docsize", "_idx"];
            let kept = virtually.flat_map(|rest| beside.map(|end| format!("{}{end}", name(rest))));
            made.map(name).chain(kept).collect::<Vec<_>>()
        })
        .collect()
}

/// The two spellings of one text make the same tables.
#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let sqlite = Scratch::new(Engine::Sqlite).await;
    let postgres = Scratch::new(Engine::Postgres).await;
    let ours = "SELECT m.name AS tab, c.name AS col FROM sqlite_schema m \
         JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
         AND m.name NOT LIKE 'sqlite%' AND m.name <> '_sqlx_migrations'";
    let theirs = "SELECT CAST(table_name AS TEXT) AS tab, CAST(column_name AS TEXT) AS col \
         FROM information_schema.columns WHERE table_schema = 'public' \
         AND table_name <> '_sqlx_migrations'";
    let differ = tables_that_differ();
    let mut found = Vec::new();
    for (store, sql) in [(&sqlite.store, ours), (&postgres.store, theirs)] {
        let rows = store.read().await.unwrap().fetch_all(sql, ()).await.unwrap();
        let mut columns: Vec<(String, String)> =
            rows.iter().map(|row| (row.text("tab").unwrap(), row.text("col").unwrap())).collect();
        columns.retain(|(table, _)| !differ.contains(table));
        columns.sort();
        found.push(columns);
    }
    assert!(found[0].len() > 30);
    assert_eq!(found[0], found[1]);
}
