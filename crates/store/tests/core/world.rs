//! What the tests of the store share: rows with amounts, and moves between them.

use base::{Chance, Fault, Kind, Refusal, Stop};
use store::scratch::Scratch;
use store::{Engine, Reads, Store, Tx};

pub const NOT_ENOUGH: Refusal = Refusal::new(Kind::Rule, "not_enough", "there is not enough");

/// Runs each test on both databases.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() {
                    super::$name(store::scratch::Scratch::new(store::Engine::Sqlite).await).await;
                }
            )*
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() {
                    super::$name(store::scratch::Scratch::new(store::Engine::Postgres).await).await;
                }
            )*
        }
    };
}
pub(crate) use on_both;

/// A scratch with so many rows of a thousand each.
pub async fn with_rows(engine: Engine, rows: i64) -> Scratch {
    let scratch = Scratch::new(engine).await;
    make_rows(&scratch.store, rows).await;
    scratch
}

pub async fn make_rows(store: &Store, rows: i64) {
    store::write!(store, |tx| {
        tx.execute("CREATE TABLE rows (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL)", ()).await?;
        for id in 0..rows {
            tx.execute("INSERT INTO rows (id, amount) VALUES ($1, 1000)", (id,)).await?;
        }
        Ok(())
    })
    .unwrap();
}

pub async fn sum(store: &Store) -> i64 {
    let mut reader = store.read().await.unwrap();
    let sql = "SELECT CAST(SUM(amount) AS BIGINT) AS sum FROM rows";
    reader.fetch_one(sql, ()).await.unwrap().int("sum").unwrap()
}

pub async fn amount(reads: &mut impl Reads, id: i64) -> Result<i64, Fault> {
    reads.fetch_one("SELECT amount FROM rows WHERE id = $1", (id,)).await?.int("amount")
}

pub async fn set(tx: &mut Tx, id: i64, amount: i64) -> Result<(), Fault> {
    tx.execute("UPDATE rows SET amount = $1 WHERE id = $2", (amount, id)).await.map(|_| ())
}

/// Moves an amount by reading first and writing then, the way that goes wrong without isolation.
pub async fn move_amount(tx: &mut Tx, from: i64, to: i64, by: i64) -> Result<(), Stop> {
    let source = amount(tx, from).await?;
    set(tx, from, source - by).await?;
    let target = amount(tx, to).await?;
    set(tx, to, target + by).await?;
    if source < by {
        // Late on purpose: the writes above must not stay.
        return Err(NOT_ENOUGH.into());
    }
    Ok(())
}

/// Two different rows and an amount.
pub fn a_move(chance: &Chance, rows: u64) -> (i64, i64, i64) {
    let from = chance.below(rows);
    let to = (from + 1 + chance.below(rows - 1)) % rows;
    (from as i64, to as i64, 1 + chance.below(400) as i64)
}
