//! `paydesk mail`: for operators who wonder how a mail is read.

mod explain;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Mail {
    /// Prints as JSON how raw mails are read; stores nothing and needs no configuration
    Explain(explain::Explain),
}

impl Mail {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Mail::Explain(explain) => explain.run(),
        }
    }
}
