//! Durable tips over HTTP beside a bare server that returns the same bytes: the same requests from
//! the same 64 connections, in turns, in one run.

pub(crate) mod bare;
mod check;
pub(crate) mod figures;
mod fill;
pub(crate) mod house;
pub(crate) mod load;
mod people;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use clap::{Args, ValueEnum};
use store::scratch::SERVER;

use figures::{Figures, Round};
use house::{Background, House};
use load::{Load, Tally, What};
use people::Givers;

/// How to measure.
#[derive(Args)]
pub struct Options {
    /// On which database; by default on both.
    #[arg(long)]
    engine: Option<Engine>,
    /// How often the servers take turns; medians over the rounds are printed.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// How many tips a round leaves; the bare server gets four times as many requests.
    #[arg(long, default_value_t = 20_000)]
    requests: u64,
    /// How many connections are kept open.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Lets jobs and webhooks be worked at the same time.
    #[arg(long)]
    work: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { engine: None, rounds: 5, requests: 20_000, connections: 64, work: false }
    }
}

/// A database.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// A file of our own.
    Sqlite,
    /// The server that `PAYDESK_TEST_POSTGRES` names.
    Postgres,
}

impl Engine {
    /// The one that is asked for, or those there are.
    pub(crate) fn wanted(asked: Option<Engine>) -> Vec<Engine> {
        match asked {
            Some(engine) => vec![engine],
            None if std::env::var(SERVER).is_ok() => vec![Engine::Sqlite, Engine::Postgres],
            None => {
                println!("{SERVER} names no server: SQLite only");
                vec![Engine::Sqlite]
            }
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// A round is broken off after this long.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures and prints.
///
/// # Errors
/// If something cannot be set up, or an answer or the books are not right.
pub async fn run(options: &Options) -> Result<()> {
    let engines = Engine::wanted(options.engine);
    for engine in engines {
        measure(engine, options).await.with_context(|| format!("tips on {}", engine.name()))?;
    }
    Ok(())
}

async fn measure(engine: Engine, options: &Options) -> Result<()> {
    let background = if options.work { Background::Works } else { Background::Rests };
    let house = House::open(engine, background).await?;
    let load = |address, givers: &Arc<Givers>, requests, salt| Load {
        address,
        what: What::Tips { key: house.key.reveal().to_owned(), givers: Arc::clone(givers), salt },
        requests,
        connections: options.connections,
        within: PATIENCE,
    };
    let first = load(house.address, &house.everybody, 1, 0).run()?;
    let sample = first.sample.clone().context("the first tip had no answer")?;
    let bare = bare::serve("/v1/tips", 201, sample).await?;
    let mut left = first.good;
    let (mut plain, mut uniform, mut hot) =
        (Figures::default(), Figures::default(), Figures::default());
    // The round with the number zero warms everything up and is not counted.
    for round in 0..=options.rounds {
        let requests = if round == 0 { options.requests / 10 } else { options.requests };
        let salt = 4 * u64::from(round) + 1;
        let one = load(bare, &house.everybody, 4 * requests, salt).run()?;
        let many = load(house.address, &house.everybody, requests, salt + 1).run()?;
        let few = load(house.address, &house.one_pair, requests, salt + 2).run()?;
        left += many.good + few.good;
        for (figures, tally) in [(&mut plain, &one), (&mut uniform, &many), (&mut hot, &few)] {
            all_good(tally)?;
            if round > 0 {
                figures.add(Round::of(tally));
            }
        }
        if round == 0 {
            house.settle().await?;
        }
    }
    print(engine, options, &house.setting().await?, [&plain, &uniform, &hot]);
    println!("  {}\n", check::books(&house, left).await?);
    house.close().await
}

pub(crate) fn all_good(tally: &Tally) -> Result<()> {
    let first = tally.other.first().map_or("", String::as_str);
    ensure!(tally.other.is_empty(), "answers were other than good, the first:\n{first}");
    Ok(())
}

fn print(engine: Engine, options: &Options, setting: &str, [plain, uniform, hot]: [&Figures; 3]) {
    let Options { rounds, requests, connections, .. } = options;
    println!("Durable tips over HTTP, {} ({setting})", engine.name());
    println!(
        "  {connections} connections, {rounds} rounds of {requests} tips, medians; jobs and \
         webhooks {}",
        if options.work { "are worked meanwhile" } else { "rest" },
    );
    println!("  {:<24}{:>8}{:>14}{:>12}{:>12}", "", "ratio", "requests/s", "median", "p99");
    let lines = [("bare axum server", plain), ("tips, 1,000 × 100", uniform), ("tips, 1 × 1", hot)];
    for (name, figures) in lines {
        println!(
            "  {name:<24}{:>8.2}{:>14.0}{:>9.2} ms{:>9.2} ms",
            figures.ratio_to(plain),
            figures.rate(),
            figures.median_ms(),
            figures.p99_ms(),
        );
    }
}
