//! `paydesk processors`: what an operator wants to know of an account before money depends on it.

mod check;
mod link;
mod list;

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use billing::{Account, Accounts};
use clap::Subcommand;

use crate::config::Config;

#[derive(Subcommand)]
pub(crate) enum Processors {
    /// Lists the accounts, what they can, and the address that each house must be given
    List(list::List),
    /// Tries credentials, sender lists and the clock, and says what is missing
    Check(check::Check),
    /// Prints the link or the request that begins a payment, digest and all; calls nobody
    Link(Box<link::Link>),
}

impl Processors {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        match self {
            Processors::List(list) => list.run(&config),
            Processors::Check(check) => check.run(&config).await,
            Processors::Link(link) => link.run(&config).await,
        }
    }
}

/// The account of that key, or a sentence that names those there are.
fn named<'a>(accounts: &'a Accounts, key: &str) -> Result<&'a Account> {
    accounts.get(key).ok_or_else(|| {
        let keys: Vec<&str> = accounts.all().iter().map(|one| one.key.as_str()).collect();
        anyhow!("there is no processor account {key:?}; there are: {}", keys.join(", "))
    })
}
