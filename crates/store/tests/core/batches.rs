//! Many rows at once, lists as one argument, and every shape of value.

use store::scratch::Scratch;
use store::{Batch, ColumnKind, Reads as _, Verb};

use crate::world::on_both;

on_both! {
    many_rows_are_written_and_changed
    lists_are_one_argument
    extreme_values_survive
    nothing_is_a_batch_too
    a_change_of_many_rows_finds_them_by_their_key
}

const COLUMNS: &[(&str, ColumnKind)] =
    &[("id", ColumnKind::Text), ("amount", ColumnKind::Int), ("bytes", ColumnKind::Blob)];
static NEW: Batch = Batch { table: "things", columns: COLUMNS, verb: Verb::Insert };
static NEW_OR_THERE: Batch =
    Batch { table: "things", columns: COLUMNS, verb: Verb::InsertUnlessThere };
static CHANGED: Batch = Batch { table: "things", columns: COLUMNS, verb: Verb::Update };

async fn make(scratch: &Scratch) {
    let text = match scratch.store.engine() {
        store::Engine::Sqlite => {
            "CREATE TABLE things (id TEXT PRIMARY KEY, amount BIGINT, bytes BLOB)"
        }
        store::Engine::Postgres => {
            "CREATE TABLE things (id TEXT PRIMARY KEY, amount BIGINT, bytes BYTEA)"
        }
    };
    store::write!(scratch.store, |tx| {
        tx.execute(text, ()).await?;
        Ok(())
    })
    .unwrap();
}

async fn many_rows_are_written_and_changed(scratch: Scratch) {
    make(&scratch).await;
    let row = |nth: i64| (format!("{nth:05}"), (nth % 3 > 0).then_some(nth), Some(vec![nth as u8]));
    let written = store::write!(scratch.store, |tx| {
        let mut rows = NEW.rows();
        (0..5_000).for_each(|nth| rows.push(row(nth)));
        let new = tx.insert(&NEW, rows).await?;
        let mut rows = NEW_OR_THERE.rows();
        (4_990..5_010).for_each(|nth| rows.push(row(nth)));
        let unless_there = tx.insert(&NEW_OR_THERE, rows).await?;
        let mut rows = CHANGED.rows();
        (0..1_500).for_each(|nth| rows.push((format!("{nth:05}"), Some(-1_i64), None::<Vec<u8>>)));
        let changed = tx.insert(&CHANGED, rows).await?;
        Ok((new, unless_there, changed))
    })
    .unwrap();
    assert_eq!(written, (5_000, 10, 1_500));
    let sql = "SELECT COUNT(*) AS n, COUNT(amount) AS amounts, COUNT(bytes) AS bytes, \
         CAST(SUM(amount) AS BIGINT) AS sum FROM things";
    let row = scratch.store.read().await.unwrap().fetch_one(sql, ()).await.unwrap();
    let kept: Vec<i64> = (1_500..5_010).filter(|nth| nth % 3 > 0).collect();
    assert_eq!(row.int("n").unwrap(), 5_010);
    assert_eq!(row.int("amounts").unwrap(), kept.len() as i64 + 1_500);
    assert_eq!(row.int("bytes").unwrap(), 3_510);
    assert_eq!(row.int("sum").unwrap(), kept.iter().sum::<i64>() - 1_500);
}

async fn lists_are_one_argument(scratch: Scratch) {
    make(&scratch).await;
    let strange = "quote \" ' back \\ slash, comma, {brace} é 💶 \n";
    store::write!(scratch.store, |tx| {
        let mut rows = NEW.rows();
        rows.push((strange, i64::MAX, vec![0_u8, 255]));
        rows.push(("b", i64::MIN, vec![1_u8]));
        rows.push(("c", 0_i64, Vec::<u8>::new()));
        tx.insert(&NEW, rows).await?;
        Ok(())
    })
    .unwrap();
    let mut reader = scratch.store.read().await.unwrap();
    let texts = vec![strange.to_owned(), "c".to_owned(), "nobody".to_owned()];
    let sql = "SELECT id FROM things WHERE id IN texts($1)";
    assert_eq!(reader.fetch_all(sql, (texts,)).await.unwrap().len(), 2);
    let sql = "SELECT id FROM things WHERE amount IN ints($1)";
    assert_eq!(reader.fetch_all(sql, (vec![i64::MAX, i64::MIN],)).await.unwrap().len(), 2);
    let sql = "SELECT id FROM things WHERE bytes IN blobs($1)";
    let blobs = vec![vec![0_u8, 255], vec![], vec![9]];
    assert_eq!(reader.fetch_all(sql, (blobs,)).await.unwrap().len(), 2);
    let sql = "SELECT id FROM things WHERE id IN texts($1)";
    assert_eq!(reader.fetch_all(sql, (Vec::<String>::new(),)).await.unwrap().len(), 0);
    // One argument, used twice, beside others.
    let sql = "SELECT id FROM things WHERE (id = $2 OR id IN texts($1)) AND id <> $3 AND id <> $2";
    let found = reader.fetch_all(sql, (vec!["b".to_owned()], "c", "a")).await.unwrap();
    assert_eq!(found[0].text("id").unwrap(), "b");
}

async fn extreme_values_survive(scratch: Scratch) {
    make(&scratch).await;
    store::write!(scratch.store, |tx| {
        let sql = "INSERT INTO things (id, amount, bytes) VALUES ($1, $2, $3)";
        tx.execute(sql, ("", i64::MIN, vec![0_u8; 100_000])).await?;
        tx.execute(sql, ("é💶", None::<i64>, None::<Vec<u8>>)).await?;
        Ok(())
    })
    .unwrap();
    let mut reader = scratch.store.read().await.unwrap();
    let rows = reader.fetch_all("SELECT * FROM things ORDER BY id", ()).await.unwrap();
    assert_eq!(rows[0].int("amount").unwrap(), i64::MIN);
    assert_eq!(rows[0].blob("bytes").unwrap().len(), 100_000);
    assert_eq!(rows[1].text("id").unwrap(), "é💶");
    assert_eq!(rows[1].opt_int("amount").unwrap(), None);
    assert!(rows[1].int("amount").is_err(), "an empty column is no zero");
    assert!(rows[0].text("amount").is_err(), "a number is no text");
    assert!(rows[0].int("no_such_column").is_err());
}

async fn nothing_is_a_batch_too(scratch: Scratch) {
    make(&scratch).await;
    let written = store::write!(scratch.store, |tx| Ok(tx.insert(&NEW, NEW.rows()).await?));
    assert_eq!(written.unwrap(), 0);
}

async fn a_change_of_many_rows_finds_them_by_their_key(scratch: Scratch) {
    make(&scratch).await;
    if scratch.store.engine() == store::Engine::Postgres {
        // Its planner knows how many rows there are on either side.
        return;
    }
    let sql = "EXPLAIN QUERY PLAN WITH given(id, amount) AS (VALUES (?,?),(?,?)) UPDATE things \
         SET amount = given.amount FROM given WHERE things.id = given.id";
    let rows = scratch.store.read().await.unwrap().fetch_all(sql, ()).await.unwrap();
    let plan: Vec<String> = rows.iter().map(|row| row.text("detail").unwrap()).collect();
    assert!(plan.join("; ").contains("SEARCH things USING"), "{plan:?}");
}
