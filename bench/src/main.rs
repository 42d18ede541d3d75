//! Measures Paydesk beside bare peers in one run on one machine, and prints ratios.

mod tips;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// What to measure; everything if nothing is named.
#[derive(Parser)]
#[command(name = "bench", about = "Measures Paydesk beside bare peers; ratios within one run")]
struct Line {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// Durable tips over HTTP beside a bare server that returns the same bytes.
    Tips(tips::Options),
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match Line::parse().what {
        Some(What::Tips(options)) => runtime.block_on(tips::run(&options)),
        None => runtime.block_on(tips::run(&tips::Options::default())),
    }
}
