//! `paydesk notices`: for operators who debug an integration.

mod explain;
mod message;
mod told;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;

#[derive(Subcommand)]
pub(crate) enum Notices {
    /// Prints as JSON whether a raw message would be believed and what it tells; stores nothing
    Explain(explain::Explain),
    /// Reads a processor's report of many transactions as if each line had come as a postback; on
    /// SQLite while the program is stopped
    Import(super::import::Import),
}

impl Notices {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        match self {
            Notices::Explain(explain) => explain.run(&config).await,
            Notices::Import(import) => Box::pin(import.report(&config)).await,
        }
    }
}
