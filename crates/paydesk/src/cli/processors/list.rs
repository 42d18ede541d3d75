//! `paydesk processors list`: the accounts at a glance.

use std::process::ExitCode;

use anyhow::Result;
use base::Env;
use billing::Account;
use clap::Args;
use serde_json::{Value, json};

use crate::config::Config;
use crate::wire;

#[derive(Args)]
pub(crate) struct List {
    /// As JSON, with everything an account can.
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) fn run(self, config: &Config) -> Result<ExitCode> {
        let (accounts, _) = wire::accounts(config, config.listen, &Env::system())?;
        let base = config.public_url(config.listen)?;
        let base = base.as_str().trim_end_matches('/');
        if self.json {
            let all: Vec<Value> = accounts.all().iter().map(|one| whole(one, base)).collect();
            println!("{:#}", Value::from(all));
            return Ok(ExitCode::SUCCESS);
        }
        for account in accounts.all() {
            let (key, kind) = (&account.key, account.connector.name());
            println!("{key}  {kind}  {}  {:?}", account.descriptor, account.status);
            println!("    tell the house to post to {}", address(account, base));
        }
        if accounts.all().is_empty() {
            println!("no processor account is configured: add a [[processors]] part");
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Where the house posts to, its secret last part left out: terminals are looked at.
fn address(account: &Account, base: &str) -> String {
    match account.path_secret {
        Some(_) => format!("{base}/postbacks/{}/(locks.path_secret)", account.key),
        None => format!("{base}/postbacks/{}", account.key),
    }
}

fn whole(account: &Account, base: &str) -> Value {
    json!({
        "account": account.key,
        "kind": account.connector.name(),
        "descriptor": account.descriptor,
        "status": account.status,
        "postbacks": address(account, base),
        "capabilities": account.connector.capabilities(),
        "support": account.support(),
    })
}
