//! The command line: one file a command.

mod backup;
mod cases;
mod doctor;
mod help_centre;
mod import;
mod keys;
mod mail;
mod migrate;
mod notices;
mod openapi;
mod processors;
mod restore;
mod routes;
mod serve;
mod settlement;
mod staff;
mod verify;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::config::{self, Config};
use crate::demo;

/// Takes the money for a site, keeps its books, and answers its customers.
#[derive(Parser)]
#[command(name = "paydesk", version, about, max_term_width = 100)]
pub struct Command {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    verb: Verb,
}

/// Which Paydesk a command is about.
#[derive(Args)]
pub(crate) struct Place {
    /// The configuration file.
    #[arg(long, short, global = true, env = "PAYDESK_CONFIG")]
    config: Option<PathBuf>,
    /// The demo: a sample shop and a sandbox processor, in `data/demo` unless `PAYDESK_DATA` says
    /// otherwise.
    #[arg(long, global = true)]
    demo: bool,
}

impl Place {
    fn config(&self) -> Result<Config> {
        if self.demo { Ok(demo::config()?) } else { Ok(config::load(self.config.as_deref())?) }
    }
}

#[derive(Subcommand)]
enum Verb {
    /// Serves pages and the API, and works jobs
    Serve(serve::Serve),
    /// Works jobs only, beside other nodes on PostgreSQL
    Work,
    /// Brings the database up to date and stops
    Migrate,
    /// Proves the books; works while the program runs
    Verify(verify::Verify),
    /// Checks configuration, database, processors and mail
    Doctor,
    /// Processor accounts: check them, see what a start would send
    #[command(subcommand)]
    Processors(processors::Processors),
    /// Messages from processors: explain one without storing it
    #[command(subcommand)]
    Notices(notices::Notices),
    /// Raw mails: see how one is read, without storing it
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Settlement files: what a processor says it has settled
    #[command(subcommand)]
    Settlement(settlement::Settlement),
    /// Routes: which account a payment goes to, and why
    #[command(subcommand)]
    Routes(routes::Routes),
    /// People who work in the console
    #[command(subcommand)]
    Staff(staff::Staff),
    /// The help centre: load the articles that ship with Paydesk
    #[command(subcommand, name = "help-centre")]
    HelpCentre(help_centre::HelpCentre),
    /// Cases: bring in those of another desk
    #[command(subcommand)]
    Cases(cases::Cases),
    /// Keys to the API
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Writes a consistent copy into a folder; works while the program runs
    Backup(backup::Backup),
    /// Puts a copy back into an empty data folder and proves it
    Restore(restore::Restore),
    /// Prints the API's description (OpenAPI 3.1)
    Openapi,
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub async fn run(self) -> Result<ExitCode> {
        if let Verb::Openapi = self.verb {
            return openapi::run();
        }
        if let Verb::Mail(verb) = self.verb {
            return verb.run();
        }
        let config = self.place.config()?;
        match self.verb {
            Verb::Serve(serve) => Box::pin(serve.run(config, self.place.demo)).await,
            Verb::Work => Box::pin(work::run(config)).await,
            Verb::Migrate => migrate::run(config).await,
            Verb::Verify(verify) => verify.run(config).await,
            Verb::Doctor => doctor::run(config).await,
            Verb::Processors(verb) => verb.run(config).await,
            Verb::Notices(verb) => verb.run(config).await,
            Verb::Settlement(verb) => verb.run(config).await,
            Verb::Routes(verb) => verb.run(config).await,
            Verb::Staff(staff) => staff.run(config).await,
            Verb::HelpCentre(verb) => verb.run(config).await,
            Verb::Cases(verb) => verb.run(config).await,
            Verb::Keys(keys) => keys.run(config).await,
            Verb::Backup(backup) => backup.run(config).await,
            Verb::Restore(restore) => restore.run(config).await,
            Verb::Openapi => openapi::run(),
            Verb::Mail(verb) => verb.run(),
        }
    }
}
