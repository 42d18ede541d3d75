//! Finding by words among many: how long a search takes with a hundred thousand articles and a
//! million messages in one index.

mod corpus;
mod figures;

use std::time::Instant;

use anyhow::{Context as _, Result};
use base::Language;
use store::scratch::Scratch;
use store::search::{self, Query};
use store::{Engine, Store};

use corpus::{Corpus, Kind, SCOPES};
use figures::Figures;

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Only this engine: `sqlite` or `postgres`.
    #[arg(long)]
    only: Option<String>,
    /// How many articles, in five languages.
    #[arg(long, default_value_t = 100_000)]
    articles: usize,
    /// How many messages, in five languages.
    #[arg(long, default_value_t = 1_000_000)]
    messages: usize,
    /// How many searches of each kind.
    #[arg(long, default_value_t = 300)]
    searches: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { only: None, articles: 100_000, messages: 1_000_000, searches: 300 }
    }
}

/// Measures and prints medians and ninety-ninth percentiles.
pub async fn run(options: &Options) -> Result<()> {
    let Options { articles, messages, searches, .. } = options;
    println!("Searches over {articles} articles and {messages} messages, {searches} of each kind.");
    for (name, engine) in [("sqlite", Engine::Sqlite), ("postgres", Engine::Postgres)] {
        let wanted = options.only.as_deref().is_none_or(|only| only == name);
        if !wanted {
            continue;
        }
        if engine == Engine::Postgres && std::env::var(store::scratch::SERVER).is_err() {
            println!("postgres: no server is given");
            continue;
        }
        one(name, engine, options).await.with_context(|| name)?;
    }
    Ok(())
}

async fn one(name: &str, engine: Engine, options: &Options) -> Result<()> {
    let scratch = Scratch::new(engine).await;
    let store = &scratch.store;
    let corpus = Corpus::new(options.articles, options.messages);
    let begun = Instant::now();
    corpus.load(store).await?;
    let took = begun.elapsed().as_secs_f64();
    let all = (options.articles + options.messages) as f64;
    println!("{name}: loaded in {took:.0} s, {:.0} documents a second", all / took);
    println!("{:<9} {:<8} {:<22} {:>9} {:>9} {:>7}", "", "room", "search", "median", "p99", "hits");
    for room in ["help", "case"] {
        for kind in Kind::ALL {
            let figures = measure(store, &corpus, room, kind, options.searches).await?;
            let (median, p99) = (figures.percentile(0.5), figures.percentile(0.99));
            let (what, hits) = (kind.name(), figures.hits());
            println!("{name:<9} {room:<8} {what:<22} {median:>6.1} ms {p99:>6.1} ms {hits:>7.1}");
        }
    }
    Ok(())
}

async fn measure(
    store: &Store,
    corpus: &Corpus,
    room: &'static str,
    kind: Kind,
    searches: usize,
) -> Result<Figures> {
    let mut figures = Figures::default();
    let mut reader = store.read().await?;
    let mut asked = corpus.asker(room, kind);
    // The first tenth warms up and does not count.
    for nth in 0..searches + searches / 10 {
        let text = asked.next_text();
        let query = Query {
            room,
            scopes: &SCOPES,
            language: Language::ALL[nth % Language::ALL.len()],
            text: &text,
            limit: 20,
            after: None,
        };
        let begun = Instant::now();
        let hits = match kind {
            Kind::Sentence => search::find_like(&mut reader, &query).await?,
            _ => search::find(&mut reader, &query).await?,
        };
        if nth >= searches / 10 {
            figures.add(begun.elapsed(), hits.len());
        }
    }
    Ok(figures)
}
