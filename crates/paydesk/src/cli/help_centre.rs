//! `paydesk help-centre`: the articles that ship with Paydesk.

use std::process::ExitCode;

use anyhow::Result;
use base::Env;
use clap::Subcommand;
use desk::help::shipped;
use store::Access;

use crate::config::Config;
use crate::wire;

#[derive(Subcommand)]
pub(crate) enum HelpCentre {
    /// Loads the articles that ship: new ones come in, those nobody has changed are brought up to
    /// date, and what staff wrote stays as it is
    Load,
}

impl HelpCentre {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let store = wire::store(&config, Access::Visitor).await?;
        match self {
            HelpCentre::Load => {
                let loaded = shipped::load(&store, &Env::system()).await?;
                println!("{} texts loaded, {} brought up to date", loaded.made, loaded.renewed);
                println!("{} as they ship, {} left to you", loaded.same, loaded.left);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
