//! Measures Paydesk beside bare peers in one run on one machine, and prints ratios.

mod groups;
mod postbacks;
mod search;
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
    /// The ledger engine in groups, beside the same rows written by bare SQL.
    Ledger(groups::Options),
    /// Postbacks over HTTP, taken in and settled, beside a bare server that returns the same bytes.
    Postbacks(postbacks::Options),
    /// Searches over many articles and messages: how long they take.
    Search(search::Options),
    /// Durable tips over HTTP beside a bare server that returns the same bytes.
    Tips(tips::Options),
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match Line::parse().what {
        Some(What::Ledger(options)) => runtime.block_on(groups::run(&options)),
        Some(What::Postbacks(options)) => runtime.block_on(postbacks::run(&options)),
        Some(What::Search(options)) => runtime.block_on(search::run(&options)),
        Some(What::Tips(options)) => runtime.block_on(tips::run(&options)),
        None => {
            runtime.block_on(groups::run(&groups::Options::default()))?;
            runtime.block_on(tips::run(&tips::Options::default()))?;
            runtime.block_on(postbacks::run(&postbacks::Options::default()))?;
            runtime.block_on(search::run(&search::Options::default()))
        }
    }
}
