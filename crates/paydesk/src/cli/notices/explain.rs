//! `paydesk notices explain`: a raw message is tried on an account's locks and read, and what came
//! of it is printed. Nothing is stored and, without `--ask`, nobody is asked.

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use base::{Env, Timestamp};
use billing::Account;
use clap::Args;
use processor::{RawNotice, Rejected, Unproven, Verdict};
use serde_json::{Value, json};

use super::message::{self, Message};
use super::told;
use crate::config::Config;
use crate::wire;

/// The largest file that is read: as large as a postback may be, with its headers.
const LARGEST: usize = 128 * 1024;

#[derive(Args)]
pub(crate) struct Explain {
    /// The processor account, by its key.
    #[arg(long)]
    account: String,
    /// The body as it came, or a whole HTTP request with its first line and headers; - reads
    /// standard input. Leave it out for a message that is all query string.
    file: Option<PathBuf>,
    /// A header that came with it, `Name: value`; may be given several times.
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// The address it came from.
    #[arg(long)]
    sender: Option<IpAddr>,
    /// How it came: GET or POST. Left out: POST, or GET if there is a query and no body.
    #[arg(long)]
    method: Option<String>,
    /// The query string it came with, without the question mark.
    #[arg(long)]
    query: Option<String>,
    /// The secret last part of the address it came to.
    #[arg(long)]
    path_secret: Option<String>,
    /// When it came, such as 2026-11-21T15:04:05Z; a signature may be old by now.
    #[arg(long)]
    at: Option<Timestamp>,
    /// Assumes nothing that is not given: neither a sender nor a password nor the address's secret.
    #[arg(long)]
    strict: bool,
    /// Also asks the house, where only it can tell whether a message is its own.
    #[arg(long)]
    ask: bool,
}

impl Explain {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode> {
        let env = Env::system();
        let (accounts, _) = wire::accounts(config, config.listen, &env)?;
        let account = accounts.get(&self.account).ok_or_else(|| {
            let keys: Vec<&str> = accounts.all().iter().map(|one| one.key.as_str()).collect();
            let key = &self.account;
            anyhow!("there is no processor account {key:?}; there are: {}", keys.join(", "))
        })?;
        let message = message::read(&self.body()?)?;
        let (raw, assumed) = self.raw(message, account, env.now())?;
        let explained = explain(account, &raw, &assumed, self.ask).await;
        println!("{explained:#}");
        Ok(if explained["accepted"] == true { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn body(&self) -> Result<Vec<u8>> {
        use std::io::Read as _;
        let mut bytes = Vec::new();
        let most = LARGEST as u64 + 1;
        match self.file.as_deref() {
            None => {}
            Some(path) if path.as_os_str() == "-" => {
                std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
            }
            Some(path) => {
                let file = std::fs::File::open(path)
                    .with_context(|| format!("{} cannot be opened", path.display()))?;
                file.take(most).read_to_end(&mut bytes)?;
            }
        }
        if bytes.len() > LARGEST {
            return Err(anyhow!("the message is larger than {} KiB", LARGEST / 1024));
        }
        Ok(bytes)
    }

    /// The message as it would stand at our door, and what was assumed about it.
    fn raw(
        &self,
        message: Message,
        account: &Account,
        now: Timestamp,
    ) -> Result<(RawNotice, Vec<String>)> {
        let mut headers = message.headers;
        for line in &self.headers {
            headers.push(message::header(line)?);
        }
        let (given, from_target) = (self.path_secret.clone(), message.path_secret);
        let mut raw = RawNotice {
            method: String::new(),
            path_secret: given.or(from_target),
            query: self.query.clone().or(message.query).unwrap_or_default(),
            headers,
            body: message.body,
            sender: self.sender.unwrap_or(IpAddr::from([127, 0, 0, 1])),
            received_at: self.at.unwrap_or(now),
        };
        let guess = if raw.body.is_empty() && !raw.query.is_empty() { "GET" } else { "POST" };
        raw.method = self.method.clone().or(message.method).unwrap_or_else(|| guess.to_owned());
        raw.method.make_ascii_uppercase();
        let assumed = if self.strict {
            Vec::new()
        } else {
            message::assume(&mut raw, account, self.sender.is_some())
        };
        Ok((raw, assumed))
    }
}

/// What would become of a message.
async fn explain(account: &Account, raw: &RawNotice, assumed: &[String], ask: bool) -> Value {
    let connector = &account.connector;
    let mut refused = None;
    let mut notices = Vec::new();
    if raw.body.len() > billing::notices::LARGEST_BODY {
        refused = Some(("body_too_large", "a postback has 64 KiB at most".to_owned()));
    } else {
        match connector.read_postback(raw) {
            Ok(read) => notices = read,
            Err(rejected) => refused = Some(because(&rejected)),
        }
    }
    let asks = connector.capabilities().proves_by_asking;
    let mut proof = if asks { "must be asked for" } else { "not needed" };
    if refused.is_none() && asks && ask {
        proof = match connector.prove(raw).await {
            Ok(()) => "the house says it is its own",
            Err(Unproven::Rejected(rejected)) => {
                refused = Some(because(&rejected));
                "the house says it is not its own"
            }
            Err(Unproven::Unknown(_)) => "nobody could be asked; it would wait",
        };
    }
    let verdict = if refused.is_none() { Verdict::Stored } else { Verdict::Refused };
    let answer = connector.answer(verdict);
    json!({
        "account": account.key,
        "kind": connector.name(),
        "accepted": refused.is_none(),
        "refused": refused.map(|(code, why)| json!({ "code": code, "why": why })),
        "assumed": assumed,
        "proof": proof,
        "looked_up_before_booking": connector.capabilities().look_up_before_booking,
        "answer": {
            "status": answer.status, "content_type": answer.content_type, "body": answer.body,
        },
        "notices": notices.iter().map(told::told).collect::<Vec<Value>>(),
    })
}

fn because(rejected: &Rejected) -> (&'static str, String) {
    (rejected.code(), rejected.to_string())
}

#[cfg(test)]
mod tests;
