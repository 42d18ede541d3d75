//! The ledger engine in groups of several sizes, beside the same rows written by bare SQL in the
//! same groups. Both are durable at the end of every group.

mod bare_postgres;
mod bare_sqlite;
mod ours;
mod plan;

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use plan::{Plan, Spread};

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Seconds for each figure.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Only this engine: `sqlite` or `postgres`.
    #[arg(long)]
    only: Option<String>,
    /// Only groups of this size.
    #[arg(long)]
    size: Option<usize>,
}

impl Default for Options {
    fn default() -> Options {
        Options { seconds: 3, only: None, size: None }
    }
}

/// Sizes of the groups.
const SIZES: [usize; 4] = [1, 64, 1_024, 8_189];

/// Measures and prints a table of ratios.
pub async fn run(options: &Options) -> Result<()> {
    println!("Transfers a second, durable, {} accounts.", plan::ACCOUNTS);
    println!("{:<10} {:<8} {:>6} {:>10} {:>10} {:>6}", "", "", "group", "ledger", "bare", "ratio");
    for engine in ["sqlite", "postgres"] {
        if options.only.as_deref().is_some_and(|only| only != engine) {
            continue;
        }
        for spread in [Spread::Uniform, Spread::Hot] {
            for size in SIZES {
                if options.size.is_none_or(|only| only == size) {
                    line(engine, spread, size, Duration::from_secs(options.seconds)).await?;
                }
            }
        }
    }
    Ok(())
}

async fn line(engine: &str, spread: Spread, size: usize, time: Duration) -> Result<()> {
    let measured = match engine {
        "sqlite" => sqlite(spread, size, time).await,
        _ => postgres(spread, size, time).await,
    };
    let (ours, bare) = measured.with_context(|| format!("{engine} in groups of {size}"))?;
    let name = if spread == Spread::Hot { "hot" } else { "uniform" };
    println!("{engine:<10} {name:<8} {size:>6} {ours:>10.0} {bare:>10.0} {:>6.2}", ours / bare);
    Ok(())
}

/// In turns, so that a disk that changes its mind changes it for both.
async fn sqlite(spread: Spread, size: usize, time: Duration) -> Result<(f64, f64)> {
    let ours = ours::Ours::new(store::Engine::Sqlite).await?;
    let mut bare = bare_sqlite::Bare::new()?;
    let mut rates = (Rate::default(), Rate::default());
    let mut plans = (Plan::new(spread), Plan::new(spread));
    for _ in 0..4 {
        let until = Instant::now() + time / 4;
        while Instant::now() < until {
            let group = plans.0.group(size);
            rates.0.measure(size, ours.write(group)).await?;
        }
        let until = Instant::now() + time / 4;
        while Instant::now() < until {
            let group = plans.1.group(size);
            rates.1.measure(size, async { bare.write(&group) }).await?;
        }
    }
    ours.prove().await?;
    Ok((rates.0.per_second(), rates.1.per_second()))
}

async fn postgres(spread: Spread, size: usize, time: Duration) -> Result<(f64, f64)> {
    let ours = ours::Ours::new(store::Engine::Postgres).await?;
    let mut bare = bare_postgres::Bare::new().await?;
    let mut rates = (Rate::default(), Rate::default());
    let mut plans = (Plan::new(spread), Plan::new(spread));
    for _ in 0..4 {
        let until = Instant::now() + time / 4;
        while Instant::now() < until {
            let group = plans.0.group(size);
            rates.0.measure(size, ours.write(group)).await?;
        }
        let until = Instant::now() + time / 4;
        while Instant::now() < until {
            let group = plans.1.group(size);
            rates.1.measure(size, bare.write(&group)).await?;
        }
    }
    ours.prove().await?;
    Ok((rates.0.per_second(), rates.1.per_second()))
}

/// Transfers over time.
#[derive(Default)]
struct Rate {
    transfers: usize,
    time: Duration,
}

impl Rate {
    async fn measure(&mut self, size: usize, work: impl Future<Output = Result<()>>) -> Result<()> {
        let start = Instant::now();
        work.await?;
        self.time += start.elapsed();
        self.transfers += size;
        Ok(())
    }

    fn per_second(&self) -> f64 {
        self.transfers as f64 / self.time.as_secs_f64()
    }
}
