//! Postbacks over HTTP, each about a payment of its own, taken in and settled: stored as they came,
//! matched, booked, with tokens, receipt and news. Beside them a bare server that returns the same
//! bytes; the same connections, in turns, in one run.

mod shop;
mod signed;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::tips::figures::{Figures, Round};
use crate::tips::load::{Load, Tally, What};
use crate::tips::{Engine, all_good, bare};
use shop::Shop;

/// How to measure.
#[derive(Args)]
pub struct Options {
    /// On which database; by default on both.
    #[arg(long)]
    engine: Option<Engine>,
    /// How often the servers take turns; medians over the rounds are printed.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// How many postbacks a round sends, each about a payment of its own; the bare server gets
    /// four times as many.
    #[arg(long, default_value_t = 2_000)]
    requests: usize,
    /// How many connections are kept open.
    #[arg(long, default_value_t = 64)]
    connections: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { engine: None, rounds: 3, requests: 2_000, connections: 64 }
    }
}

/// A round is broken off after this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures and prints.
///
/// # Errors
/// If something cannot be set up, or an answer or the books are not right.
pub async fn run(options: &Options) -> Result<()> {
    for engine in Engine::wanted(options.engine) {
        let named = || format!("postbacks on {}", engine.name());
        measure(engine, options).await.with_context(named)?;
    }
    Ok(())
}

async fn measure(engine: Engine, options: &Options) -> Result<()> {
    let shop = Shop::open(engine).await?;
    let send = |address, requests: &Arc<Vec<Vec<u8>>>, times: usize| -> Result<Tally> {
        let load = Load {
            address,
            what: What::Written(Arc::clone(requests)),
            requests: (times * requests.len()) as u64,
            connections: options.connections,
            within: PATIENCE,
        };
        let tally = load.run()?;
        all_good(&tally)?;
        Ok(tally)
    };
    let first = Arc::new(shop.postbacks(1).await?);
    let sample = send(shop.address, &first, 1)?.sample.context("the first had no answer")?;
    let bare = bare::serve(signed::PATH, 200, sample).await?;
    let (mut plain, mut once, mut again) =
        (Figures::default(), Figures::default(), Figures::default());
    let mut settled = 1;
    // The round with the number zero warms everything up and is not counted.
    for round in 0..=options.rounds {
        let many = if round == 0 { options.requests / 8 } else { options.requests };
        let requests = Arc::new(shop.postbacks(many).await?);
        let base = send(bare, &requests, 4)?;
        let new = send(shop.address, &requests, 1)?;
        let told_again = send(shop.address, &requests, 1)?;
        settled += many;
        let all = [(&mut plain, &base), (&mut once, &new), (&mut again, &told_again)];
        for (figures, tally) in all.into_iter().filter(|_| round > 0) {
            figures.add(Round::of(tally));
        }
        if round == 0 {
            shop.settle().await?;
        }
    }
    print(engine, options, &shop.setting().await?, [&plain, &once, &again]);
    println!("  {}\n", shop.check(settled).await?);
    shop.close().await
}

fn print(engine: Engine, options: &Options, setting: &str, [plain, once, again]: [&Figures; 3]) {
    let Options { rounds, requests, connections, .. } = options;
    println!("Postbacks over HTTP, taken in and settled, {} ({setting})", engine.name());
    println!("  {connections} connections, {rounds} rounds of {requests}, medians");
    println!("  {:<24}{:>8}{:>14}{:>12}{:>12}", "", "ratio", "postbacks/s", "median", "p99");
    let lines =
        [("bare axum server", plain), ("told once: settled", once), ("told again: stored", again)];
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
