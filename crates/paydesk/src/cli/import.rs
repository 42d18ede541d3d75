//! `paydesk notices import` and `paydesk settlement import`: a file of a processor is taken in.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use base::Env;
use billing::{notices, settlement};
use clap::Args;

use crate::config::Config;
use crate::wire::{self, App};

#[derive(Args)]
pub(crate) struct Import {
    /// The processor account, by its key.
    #[arg(long)]
    account: String,
    /// The file as the processor made it.
    file: PathBuf,
}

impl Import {
    /// As a report of many transactions.
    pub(super) async fn report(self, config: &Config) -> Result<ExitCode> {
        let (bytes, name) = self.read(notices::LARGEST_REPORT)?;
        let app = open(config).await?;
        let row = notices::receive_report(&app.billing, &self.account, &bytes, &name).await?;
        println!("{}  {}  {}", row.id, row.filed, row.reason.clone().unwrap_or_default());
        app.close().await?;
        let fine = row.filed != notices::Filed::Rejected;
        Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// As a settlement file.
    pub(super) async fn settlement(self, config: &Config) -> Result<ExitCode> {
        let (bytes, name) = self.read(settlement::LARGEST_FILE)?;
        let app = open(config).await?;
        let done = settlement::import(&app.billing, &self.account, &bytes, &name).await?;
        println!(
            "{} matched, {} unmatched, {} differ, {} about no payment{}",
            done.matched,
            done.unmatched,
            done.differs,
            done.noted,
            if done.before { " (imported before)" } else { "" },
        );
        let mut reader = app.billing.store.read().await?;
        for line in settlement::lines(&mut reader, &done.file).await? {
            let open = matches!(
                line.standing,
                settlement::Standing::Unmatched | settlement::Standing::Differs
            );
            if open {
                let (id, why) = (line.transaction.unwrap_or_default(), line.reason);
                let why = why.unwrap_or_default();
                println!("line {}: {} {id} {}: {why}", line.nth, line.kind, line.gross);
            }
        }
        drop(reader);
        app.close().await?;
        let fine = done.unmatched == 0 && done.differs == 0;
        Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn read(&self, largest: usize) -> Result<(Vec<u8>, String)> {
        let named = || format!("{} cannot be read", self.file.display());
        let size = std::fs::metadata(&self.file).with_context(named)?.len();
        ensure!(size <= largest as u64, "{} is too large", self.file.display());
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok((std::fs::read(&self.file).with_context(named)?, name.unwrap_or_default()))
    }
}

/// The rooms, without serving or working.
async fn open(config: &Config) -> Result<App> {
    Box::pin(wire::open(config, config.listen, Env::system())).await
}
