//! `paydesk processors check`: what can be tried without moving money, and what is missing.

use std::process::ExitCode;

use anyhow::Result;
use base::Env;
use billing::Account;
use clap::Args;
use processor::{Finding, Standing};
use serde_json::json;

use super::named;
use crate::config::Config;
use crate::wire;

#[derive(Args)]
pub(crate) struct Check {
    /// The account, by its key; all of them if none is named.
    account: Option<String>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode> {
        let env = Env::system();
        let (accounts, _) = wire::accounts(config, config.listen, &env)?;
        let asked = match &self.account {
            Some(key) => std::slice::from_ref(named(&accounts, key)?),
            None => accounts.all(),
        };
        let mut well = true;
        let mut all = Vec::new();
        for account in asked {
            let mut findings = account.connector.check(env.now()).await;
            findings.extend(ours(account, config));
            well &= Finding::worst(&findings).is_none();
            if self.json {
                all.push(json!({ "account": account.key, "findings": findings }));
            } else {
                print(account, &findings);
            }
        }
        if self.json {
            println!("{:#}", serde_json::Value::from(all));
        }
        Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn print(account: &Account, findings: &[Finding]) {
    println!("{} ({})", account.key, account.connector.name());
    for Finding { what, standing, says } in findings {
        let mark = match standing {
            Standing::Good => "ok  ",
            Standing::Notice => "note",
            Standing::Bad => "FAIL",
        };
        println!("  {mark}  {what}: {says}");
    }
}

/// What only the rest of the configuration tells.
fn ours(account: &Account, config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let reachable = config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    findings.push(if reachable {
        Finding::good("public_url", "the house can post to it")
    } else if processor_is_here(account) {
        Finding::notice("public_url", "not https, which the sandbox does not mind")
    } else {
        Finding::bad("public_url", "houses post to an address that begins with https:// only")
    });
    if account.descriptor.trim().is_empty() || account.descriptor.len() > 60 {
        let says = "customers find this on their statement: write it as the house prints it";
        findings.push(Finding::bad("descriptor", says));
    }
    let support = account.support();
    if support.web.is_none() && support.mail.is_none() && support.phones.is_empty() {
        let says = "no way to reach the house is known: customers are sent to you only";
        findings.push(Finding::notice("support", says));
    }
    for task in account.connector.capabilities().by_hand {
        findings
            .push(Finding::notice(format!("{:?}", task.what), format!("by hand: {}", task.how)));
    }
    findings
}

fn processor_is_here(account: &Account) -> bool {
    account.connector.name() == "sandbox"
}
