//! Writing the texts into a store, and how large that made it.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use store::search::{self, Document};
use store::{Engine, Reads as _, Store};

use super::bar::Bar;
use super::corpus::{Corpus, Row};

/// So many documents are written in one transaction.
const AT_ONCE: usize = 2_000;

/// How a store was filled.
pub struct Filled {
    /// How many documents there are.
    pub documents: usize,
    /// How long it took, from the first text to a store that can be searched.
    pub took: Duration,
    /// The size of the index, in bytes.
    pub index: i64,
    /// The size of everything else, in bytes.
    pub documents_size: i64,
}

/// Writes everything in large transactions, as an import would.
pub async fn fill(store: &Store, mut corpus: Corpus, name: &str) -> Result<Filled> {
    let documents = corpus.all();
    let begun = Instant::now();
    // PostgreSQL gathers new words before it sorts them in, as it should while much is imported.
    set(store, "ALTER INDEX search_documents_words SET (fastupdate = on)").await?;
    let mut bar = Bar::new(format!("{name}: filling"), documents);
    let (give, take) = mpsc::sync_channel::<Vec<Row>>(1);
    // The next texts are thought up while these are written.
    let writer = std::thread::spawn(move || {
        loop {
            let rows = corpus.batch(AT_ONCE);
            if rows.is_empty() || give.send(rows).is_err() {
                break;
            }
        }
    });
    while let Ok(rows) = take.recv() {
        let documents: Vec<Document<'_>> = rows.iter().map(Row::document).collect();
        store::write!(store, |tx| Ok(search::put_many(tx, &documents).await?))?;
        bar.add(rows.len());
    }
    writer.join().map_err(|_| anyhow!("the texts ended early"))?;
    set(store, "ALTER INDEX search_documents_words SET (fastupdate = off)").await?;
    set(store, "SELECT gin_clean_pending_list('search_documents_words')").await?;
    // As the server does by itself, a minute later.
    set(store, "ANALYZE search_documents").await?;
    let took = begun.elapsed();
    let (index, documents_size) = sizes(store).await?;
    Ok(Filled { documents, took, index, documents_size })
}

/// Runs a statement that only PostgreSQL knows.
async fn set(store: &Store, sql: &'static str) -> Result<()> {
    if store.engine() == Engine::Postgres {
        store::write!(store, |tx| {
            tx.execute(sql, ()).await?;
            Ok(())
        })?;
    }
    Ok(())
}

async fn sizes(store: &Store) -> Result<(i64, i64)> {
    let sql = match store.engine() {
        Engine::Sqlite => {
            "SELECT words, pages * size - words AS documents FROM \
             (SELECT SUM(LENGTH(block)) AS words FROM search_words_data), \
             (SELECT page_count AS pages FROM pragma_page_count), \
             (SELECT page_size AS size FROM pragma_page_size)"
        }
        Engine::Postgres => {
            "SELECT pg_relation_size('search_documents_words') AS words, \
             pg_total_relation_size('search_documents') \
             - pg_relation_size('search_documents_words') AS documents"
        }
    };
    let rows = store.read().await?.fetch_all(sql, ()).await?;
    let row = rows.first().ok_or_else(|| anyhow!("no size"))?;
    Ok((row.int("words")?, row.int("documents")?))
}
