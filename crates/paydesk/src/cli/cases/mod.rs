//! `paydesk cases`: what customers ask.

mod import;
mod report;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;

#[derive(Subcommand)]
pub(crate) enum Cases {
    /// Brings in cases of another desk from a table (CSV) or a mail box (mbox); on SQLite while
    /// the program is stopped
    Import(import::Import),
}

impl Cases {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        match self {
            Cases::Import(import) => Box::pin(import.run(&config)).await,
        }
    }
}
