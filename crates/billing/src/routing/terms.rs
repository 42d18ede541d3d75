//! What the contract behind an account says: where, how much, what for, at which price.

use base::{Currency, Money};
use processor::SupportContact;

use super::facts::Purpose;
use super::fees::Fees;
use super::region::Countries;

/// The terms of one account. The default has none: anywhere, any amount, anything.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Whose customers it takes; empty means anybody's.
    pub countries: Countries,
    /// Whose customers it does not take.
    pub excluded_countries: Countries,
    /// How much it takes, a limit for each currency that has one.
    pub limits: Vec<AccountLimit>,
    /// What it is used for; empty means everything it is able to do.
    pub purposes: Vec<Purpose>,
    /// What the house keeps of a payment.
    pub fees: Option<Fees>,
    /// Who of ours holds the contract.
    pub legal_entity: Option<String>,
    /// What it pays out in.
    pub settlement_currency: Option<Currency>,
    /// What the operator knows better about the house's support than the connector.
    pub support: SupportContact,
}

/// How much an account takes in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLimit {
    /// Of which currency.
    pub currency: Currency,
    /// The least of one payment.
    pub least: Option<Money>,
    /// The most of one payment.
    pub most: Option<Money>,
    /// The most of a day, which begins at midnight UTC.
    pub day: Option<Money>,
    /// The most of a calendar month, UTC.
    pub month: Option<Money>,
}

impl Terms {
    /// The limit in a currency.
    #[must_use]
    pub fn limit(&self, currency: Currency) -> Option<&AccountLimit> {
        self.limits.iter().find(|limit| limit.currency == currency)
    }

    /// Whether sums of days or months must be known to decide.
    pub(super) fn counts(&self, currency: Currency) -> bool {
        self.limit(currency).is_some_and(|limit| limit.day.is_some() || limit.month.is_some())
    }
}
