//! `paydesk routes`: which account a payment goes to; showing, checking, changing, trying out.

mod dry_run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use base::{Actor, Env, Stop};
use billing::routing::{self, Compiled, RouteSet};
use clap::Subcommand;
use store::{Access, Store};

use crate::config::Config;
use crate::wire;

#[derive(Subcommand)]
pub(crate) enum Routes {
    /// Prints the rules that decide now, as they can be changed and set again
    Show {
        /// Another version than the live one; 0 is the one that ships.
        #[arg(long)]
        version: Option<i64>,
    },
    /// Lists the versions that were ever set
    List,
    /// Says what is wrong with a file of rules; changes nothing
    Check {
        /// The file, TOML.
        file: PathBuf,
    },
    /// Keeps a file of rules as a new version and lets it decide from now on
    Set {
        /// The file, TOML.
        file: PathBuf,
    },
    /// Lets an older version decide again; 0 is the one that ships
    Use {
        /// Its number.
        version: i64,
    },
    /// Says where a payment would go and why; nothing is sent and nothing is stored
    Try(dry_run::DryRun),
}

impl Routes {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let env = Env::system();
        let (accounts, _) = wire::accounts(&config, config.listen, &env)?;
        let routes = routing::Routes::new(accounts, env);
        match self {
            Routes::Check { file } => return Ok(check(&routes, &read(&file)?)),
            Routes::Show { version } => {
                let store = wire::store(&config, Access::Visitor).await?;
                print!("{}", shown(&store, &routes, version).await?);
            }
            Routes::List => list(&wire::store(&config, Access::Visitor).await?).await?,
            Routes::Set { file } => {
                let set = read(&file)?;
                let store = wire::store(&config, Access::Visitor).await?;
                let version = store::write!(store, |tx| {
                    routing::save(tx, &routes, &set, Actor::System).await
                });
                println!("version {} decides from now on", version.map_err(said)?);
            }
            Routes::Use { version } => {
                let store = wire::store(&config, Access::Visitor).await?;
                let done = store::write!(store, |tx| {
                    routing::go_to(tx, &routes, version, Actor::System).await
                });
                done.map_err(said)?;
                println!("version {version} decides from now on");
            }
            Routes::Try(dry_run) => {
                let store = wire::store(&config, Access::Visitor).await?;
                dry_run.run(&store, &routes).await?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A refusal as a sentence, with everything that is wrong on a line of its own.
fn said(stop: Stop) -> anyhow::Error {
    match stop {
        Stop::Refused(refusal) => anyhow!("{}", refusal.detail.replace("; ", "\n")),
        Stop::Fault(fault) => anyhow!("{}", fault.chain()),
    }
}

fn read(file: &Path) -> Result<RouteSet> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    RouteSet::from_toml(&text).map_err(|why| anyhow!("{}: {why}", file.display()))
}

fn check(routes: &routing::Routes, set: &RouteSet) -> ExitCode {
    let wrong = routing::check(set, &routes.accounts);
    for sentence in &wrong {
        println!("{sentence}");
    }
    if wrong.is_empty() {
        println!("{} rules, nothing is wrong with them", set.rules.len());
        return ExitCode::SUCCESS;
    }
    ExitCode::FAILURE
}

async fn shown(store: &Store, routes: &routing::Routes, version: Option<i64>) -> Result<String> {
    let mut reader = store.read().await?;
    let rules: std::sync::Arc<Compiled> = match version {
        None => routing::live(&mut reader, routes).await?,
        Some(number) => routing::version(&mut reader, routes, number)
            .await?
            .ok_or_else(|| anyhow!("there is no version {number}"))?,
    };
    let text = rules.set.to_toml().map_err(|fault| anyhow!("{}", fault.chain()))?;
    Ok(format!("# version {}\n{text}", rules.version))
}

async fn list(store: &Store) -> Result<()> {
    let mut reader = store.read().await?;
    let live = routing::changes(&mut reader).await?.first().map_or(0, |change| change.version);
    let mark = |version| if version == live { "live" } else { "" };
    for kept in routing::kept(&mut reader).await? {
        let (version, at) = (kept.version, kept.created_at.strftime("%Y-%m-%d %H:%M UTC"));
        println!("{version:>4}  {:<4}  {at}  {}  {}", mark(version), kept.made_by, kept.note);
    }
    println!("   0  {:<4}  ships with Paydesk, made from what is configured", mark(0));
    Ok(())
}
