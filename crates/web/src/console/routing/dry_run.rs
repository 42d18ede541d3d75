//! A payment that nobody makes: what is written into the form, and where it would go.

use base::{Currency, Money};
use billing::routing::{self, Compiled, Facts, Purpose, Routes, Trace, Would};
use serde::Deserialize;
use store::Reads;

use crate::guard::Trouble;

/// What is written into the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Trying {
    pub(crate) amount: String,
    pub(crate) currency: String,
    pub(crate) country: String,
    pub(crate) purpose: String,
    /// Decides between weighted targets.
    pub(crate) payment: String,
}

/// What came of it.
pub(super) enum Tried {
    /// Nothing was written.
    NotAsked,
    /// Something cannot be read.
    Slip(String),
    /// Where it would go.
    Done(Box<Trace>),
}

impl Trying {
    pub(super) async fn run(
        &self,
        reads: &mut impl Reads,
        routes: &Routes,
        rules: &Compiled,
    ) -> Result<Tried, Trouble> {
        if self.amount.is_empty() {
            return Ok(Tried::NotAsked);
        }
        let facts = match self.facts() {
            Ok(facts) => facts,
            Err(slip) => return Ok(Tried::Slip(slip)),
        };
        let would = Would { facts, named: None, payment: self.payment.clone() };
        let trace = routing::try_out(reads, routes, would, Some(rules)).await?;
        Ok(Tried::Done(Box::new(trace)))
    }

    fn facts(&self) -> Result<Facts, String> {
        let currency: Currency = self
            .currency
            .trim()
            .to_ascii_uppercase()
            .parse()
            .map_err(|_| "Write a currency in three letters, such as EUR.".to_owned())?;
        let amount = Money::parse(self.amount.trim(), currency)
            .map_err(|error| format!("Write an amount such as 12.50: {error}."))?;
        let country = self.country.trim().to_ascii_uppercase();
        let letters = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        if !country.is_empty() && !letters {
            return Err("Write a country in two letters, such as DE, or leave it empty.".to_owned());
        }
        let country = Some(country.as_str()).filter(|country| !country.is_empty());
        let purpose = self.purpose.parse().unwrap_or(Purpose::Tokens);
        Ok(Facts { purpose, ..Facts::sample(amount, country) })
    }
}
