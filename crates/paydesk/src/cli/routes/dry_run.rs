//! `paydesk routes try`: a payment that nobody makes, and the trace of where it would go.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use base::{Currency, Money};
use billing::routing::{self, Compiled, Facts, Method, Purpose, Would};
use clap::{Args, ValueEnum};
use store::Store;

#[derive(Args)]
pub(crate) struct DryRun {
    /// What is to be collected, as decimal text: 9.95
    #[arg(long)]
    amount: String,
    /// Its currency, ISO 4217.
    #[arg(long)]
    currency: Currency,
    /// Where the customer is, two letters; nothing if it is not known.
    #[arg(long)]
    country: Option<String>,
    /// What for.
    #[arg(long, value_enum, default_value = "tokens")]
    purpose: PurposeWord,
    /// How it is paid.
    #[arg(long, value_enum, default_value = "page")]
    method: MethodWord,
    /// The code of what is bought.
    #[arg(long, default_value = "tokens-100")]
    product: String,
    /// How often the customer has bought before.
    #[arg(long, default_value_t = 0)]
    purchases: i64,
    /// For how many days the customer is known.
    #[arg(long, default_value_t = 0)]
    age_days: i64,
    /// The account that the checkout names.
    #[arg(long)]
    account: Option<String>,
    /// The id of a payment, which decides between weighted targets.
    #[arg(long, default_value = "")]
    payment: String,
    /// Rules in a file instead of the live ones.
    #[arg(long)]
    file: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum PurposeWord {
    Tokens,
    Subscription,
    Tab,
    Order,
}

#[derive(Clone, Copy, ValueEnum)]
enum MethodWord {
    Page,
    Stored,
    GooglePay,
    Token,
}

impl DryRun {
    pub(super) async fn run(self, store: &Store, routes: &routing::Routes) -> Result<()> {
        let amount = Money::parse(&self.amount, self.currency)
            .map_err(|why| anyhow!("--amount {}: {why}", self.amount))?;
        let country = self.country.as_ref().map(|code| code.to_ascii_uppercase());
        let facts = Facts {
            purpose: match self.purpose {
                PurposeWord::Tokens => Purpose::Tokens,
                PurposeWord::Subscription => Purpose::Subscription,
                PurposeWord::Tab => Purpose::Tab,
                PurposeWord::Order => Purpose::Order,
            },
            method: match self.method {
                MethodWord::Page => Method::Page,
                MethodWord::Stored => Method::Stored,
                MethodWord::GooglePay => Method::GooglePay,
                MethodWord::Token => Method::Token,
            },
            product: self.product,
            purchases: self.purchases,
            age_days: self.age_days,
            ..Facts::sample(amount, country.as_deref())
        };
        let rules = self.file.map(|file| super::read(&file)).transpose()?;
        let rules = rules.map(|set| Compiled::of(0, set));
        let would = Would { facts, named: self.account, payment: self.payment };
        let mut reader = store.read().await?;
        let trace = routing::try_out(&mut reader, routes, would, rules.as_ref()).await?;
        if self.json {
            println!("{:#}", serde_json::to_value(&trace)?);
        } else {
            println!("{trace}");
        }
        Ok(())
    }
}
