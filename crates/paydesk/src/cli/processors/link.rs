//! `paydesk processors link`: what would begin a payment, printed instead of sent.

use std::process::ExitCode;
use std::sync::PoisonError;

use anyhow::{Context as _, Result, anyhow};
use base::{Currency, Env, Language, Money};
use billing::Account;
use clap::Args;
use processor::{
    Answer, Buyer, CaptureWhen, Charge, GoTo, Http, Instrument, Period, Rehearsed, Renewal,
    StartRequest,
};
use serde_json::{Value, json};

use super::named;
use crate::config::Config;
use crate::wire;

#[derive(Args)]
pub(crate) struct Link {
    /// The processor account, by its key.
    #[arg(long)]
    account: String,
    /// What to collect, as decimal text: 9.95
    #[arg(long)]
    amount: String,
    /// Its currency, ISO 4217.
    #[arg(long)]
    currency: Currency,
    /// Our reference of the attempt.
    #[arg(long, default_value = "att_00000000000000000000000001")]
    reference: String,
    /// The idempotency key.
    #[arg(long, default_value = "op_00000000000000000000000001")]
    key: String,
    /// The merchant's code of what is sold.
    #[arg(long, default_value = "tokens-100")]
    product: String,
    /// What the customer reads.
    #[arg(long, default_value = "100 tokens")]
    description: String,
    /// The customer's mail address.
    #[arg(long)]
    email: Option<String>,
    /// The customer's name.
    #[arg(long)]
    name: Option<String>,
    /// The customer's country, two letters.
    #[arg(long)]
    country: Option<String>,
    /// The language of the page.
    #[arg(long, default_value = "en")]
    language: Language,
    /// Hold the money and take it later.
    #[arg(long)]
    hold: bool,
    /// Renew every so often: 30d, 1m or 1y; at the same amount unless told otherwise.
    #[arg(long, value_name = "PERIOD")]
    every: Option<String>,
    /// What a following period costs.
    #[arg(long, requires = "every")]
    renewal_amount: Option<String>,
    /// How many following periods there are at most.
    #[arg(long, requires = "every")]
    times: Option<u32>,
    /// Charge what the house keeps under this id, instead of a page.
    #[arg(long, conflicts_with = "every")]
    stored: Option<String>,
    /// Charge this token of Google Pay, instead of a page.
    #[arg(long, conflicts_with_all = ["every", "stored"])]
    google_pay: Option<String>,
    /// Where the browser comes back to.
    #[arg(long)]
    return_url: Option<String>,
    /// Where the browser goes after giving up.
    #[arg(long)]
    cancel_url: Option<String>,
}

impl Link {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode> {
        let (http, calls) = Http::rehearsing().map_err(|fault| anyhow!("{}", fault.chain()))?;
        let (accounts, _) = wire::accounts_over(config, config.listen, &Env::system(), &http)?;
        let account = named(&accounts, &self.account)?;
        let request = self.request(account, config)?;
        let begun = match self.instrument() {
            None => page(account, &request).await,
            Some(instrument) => charge(account, request, instrument).await,
        };
        let calls = calls.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let told = told(account, begun, calls);
        println!("{told:#}");
        let refused = told["begins_with"] == "nothing";
        Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    fn instrument(&self) -> Option<Instrument> {
        let stored = self.stored.clone();
        let stored = stored.map(|id| Instrument::Stored { id, customer: None });
        stored.or_else(|| self.google_pay.clone().map(|token| Instrument::GooglePay { token }))
    }

    fn request(&self, account: &Account, config: &Config) -> Result<StartRequest> {
        let base = config.public_url(config.listen)?;
        let base = base.as_str().trim_end_matches('/');
        let amount = Money::parse(&self.amount, self.currency).context("--amount")?;
        let back = |given: &Option<String>, end: &str| {
            given.clone().unwrap_or_else(|| format!("{base}/checkouts/{end}"))
        };
        Ok(StartRequest {
            key: self.key.clone(),
            reference: self.reference.clone(),
            amount,
            product: self.product.clone(),
            description: self.description.clone(),
            buyer: Buyer {
                customer: "cus_00000000000000000000000001".to_owned(),
                name: self.name.clone(),
                email: self.email.clone(),
                country: self.country.clone(),
                language: self.language,
                ip: None,
            },
            capture: if self.hold { CaptureWhen::Later } else { CaptureWhen::AtOnce },
            renews: self.renews(amount)?,
            return_url: back(&self.return_url, "return"),
            cancel_url: back(&self.cancel_url, "cancel"),
            postback_url: format!("{base}{}", account.postback_path()),
        })
    }

    fn renews(&self, first: Money) -> Result<Option<Renewal>> {
        let Some(every) = &self.every else { return Ok(None) };
        let every = period(every).ok_or_else(|| {
            anyhow!("--every: write a number and d, m or y, such as 30d, 1m or 1y")
        })?;
        let amount = match &self.renewal_amount {
            Some(text) => Money::parse(text, self.currency).context("--renewal-amount")?,
            None => first,
        };
        Ok(Some(Renewal { first: every, amount, every, times: self.times }))
    }
}

fn period(text: &str) -> Option<Period> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = number.parse().ok().filter(|number| *number > 0)?;
    match unit {
        "d" => Some(Period::Days(number)),
        "m" => Some(Period::Months(number)),
        "y" => Some(Period::Years(number)),
        _ => None,
    }
}

/// Where a customer would be sent; `Err` says why nowhere.
async fn page(account: &Account, request: &StartRequest) -> Result<GoTo, String> {
    match account.connector.start(request).await {
        Answer::Done(started) => Ok(started.go_to),
        other => Err(why(other)),
    }
}

async fn charge(
    account: &Account,
    request: StartRequest,
    instrument: Instrument,
) -> Result<GoTo, String> {
    let charge = Charge {
        key: request.key,
        reference: request.reference,
        amount: request.amount,
        product: request.product,
        description: request.description,
        buyer: request.buyer,
        instrument,
        capture: request.capture,
        return_url: request.return_url,
        postback_url: request.postback_url,
    };
    Err(why(account.connector.charge(&charge).await))
}

fn why<T>(answer: Answer<T>) -> String {
    match answer {
        Answer::NotExecuted(why) | Answer::Unknown(why) => why,
        Answer::Declined(decline) => format!("declined: {}", decline.cause),
        Answer::Done(_) | Answer::Accepted => "nothing was to be sent".to_owned(),
    }
}

fn told(account: &Account, begun: Result<GoTo, String>, calls: Vec<Rehearsed>) -> Value {
    let (begins_with, link, form, why) = match begun {
        Ok(GoTo::Link(link)) => ("link", Some(link), None, None),
        Ok(GoTo::Form { action, fields }) => {
            // A list of pairs: their order is part of some houses' digests.
            ("form", None, Some(json!({ "action": action, "fields": fields })), None)
        }
        Err(why) if calls.is_empty() => ("nothing", None, None, Some(why)),
        Err(_) => ("request", None, None, None),
    };
    json!({
        "account": account.key,
        "kind": account.connector.name(),
        "begins_with": begins_with,
        "link": link,
        "form": form,
        "requests": calls,
        "why": why,
    })
}

#[cfg(test)]
mod tests;
