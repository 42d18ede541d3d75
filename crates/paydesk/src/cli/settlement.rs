//! `paydesk settlement`: what a processor says it has settled.

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;

#[derive(Subcommand)]
pub(crate) enum Settlement {
    /// Holds a settlement file against the books, and books by it what nobody has told; on SQLite
    /// while the program is stopped
    Import(super::import::Import),
}

impl Settlement {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        match self {
            Settlement::Import(import) => Box::pin(import.settlement(&config)).await,
        }
    }
}
