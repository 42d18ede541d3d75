//! `paydesk verify`: proves the books from what is stored, while the program runs or not.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use store::Access;

use crate::config::Config;
use crate::wire;

#[derive(Args)]
pub(crate) struct Verify {
    /// Prints the proof as JSON.
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let store = wire::store(&config, Access::Visitor).await?;
        let proof = billing::prove(&store).await?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&proof)?);
        } else {
            print!("{proof}");
        }
        Ok(if proof.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
