//! Finding by words among many: how long a search takes with a hundred thousand articles and a
//! million messages in one index.

mod asker;
mod bar;
mod corpus;
mod figures;
mod fill;
mod words;

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use store::scratch::Scratch;
use store::search::{self, Hit, Query};
use store::{Engine, Store};

use asker::{Asker, Kind};
use corpus::Corpus;
use figures::Figures;
use fill::fill;
use words::Words;

/// What was asked, and what was answered.
pub type Answers = Vec<(String, Vec<Hit>)>;

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
    let mut before: Option<Answers> = None;
    for (name, engine) in [("sqlite", Engine::Sqlite), ("postgres", Engine::Postgres)] {
        let wanted = options.only.as_deref().is_none_or(|only| only == name);
        if !wanted {
            continue;
        }
        if engine == Engine::Postgres && std::env::var(store::scratch::SERVER).is_err() {
            println!("postgres: no server is given");
            continue;
        }
        let answers = one(name, engine, options).await.with_context(|| name)?;
        if let Some(before) = &before {
            for (one, other) in before.iter().zip(&answers) {
                ensure!(one == other, "the databases differ about {:?}", one.0);
            }
            println!("Both databases gave the same {} answers.", answers.len());
        }
        before = Some(answers);
    }
    Ok(())
}

async fn one(name: &str, engine: Engine, options: &Options) -> Result<Answers> {
    let scratch = Scratch::new(engine).await;
    let store = &scratch.store;
    let filled = fill(store, Corpus::new(options.articles, options.messages), name).await?;
    let seconds = filled.took.as_secs_f64();
    let rate = filled.documents as f64 / seconds;
    let mib = |bytes: i64| bytes as f64 / f64::from(1 << 20);
    println!(
        "{name}: {} documents in {seconds:.0} s, {rate:.0} a second; index {:.0} MiB, \
         documents {:.0} MiB",
        filled.documents,
        mib(filled.index),
        mib(filled.documents_size),
    );
    ask_all(name, store, options.searches).await
}

/// Asks every kind in both rooms.
pub async fn ask_all(name: &str, store: &Store, searches: usize) -> Result<Answers> {
    println!("{:<9} {:<5} {:<26} {:>9} {:>9} {:>6}", "", "room", "search", "median", "p99", "hits");
    let words = Words::new();
    let mut answers = Answers::new();
    for room in ["help", "case"] {
        for kind in Kind::ALL {
            let asker = Asker::new(&words, kind);
            let figures = measure(store, asker, room, kind, searches, &mut answers).await?;
            let (median, p99) = (figures.percentile(0.5), figures.percentile(0.99));
            let (what, hits) = (kind.name(), figures.hits());
            println!("{name:<9} {room:<5} {what:<26} {median:>6.1} ms {p99:>6.1} ms {hits:>6.1}");
        }
    }
    Ok(answers)
}

async fn measure(
    store: &Store,
    mut asker: Asker<'_>,
    room: &'static str,
    kind: Kind,
    searches: usize,
    answers: &mut Answers,
) -> Result<Figures> {
    let mut figures = Figures::default();
    let mut reader = store.read().await?;
    // The first tenth warms up and does not count.
    for nth in 0..searches + searches / 10 {
        let (text, language) = asker.next_text();
        let scopes = kind.scopes();
        let query = Query { room, scopes, language, text: &text, limit: 20, after: None };
        let begun = Instant::now();
        let hits = match kind {
            Kind::Sentence => search::find_like(&mut reader, &query).await?,
            _ => search::find(&mut reader, &query).await?,
        };
        if nth >= searches / 10 {
            figures.add(begun.elapsed(), hits.len());
        }
        answers.push((text, hits));
    }
    Ok(figures)
}
