//! `paydesk verify`: proves the books and the audit log from what is stored, while the program runs
//! or not.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::config::Config;
use crate::proof;

#[derive(Args)]
pub(crate) struct Verify {
    /// Prints the proof as JSON.
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let proof = proof::prove(&config).await?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&proof)?);
        } else {
            print!("{}", proof.told());
        }
        Ok(if proof.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
