//! Subscriptions that the processor renews by itself: how one begins, and what may be changed.

use base::Money;

/// How a payment renews.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Renewal {
    /// How long the first payment lasts.
    pub first: Period,
    /// What every following period costs.
    pub amount: Money,
    /// How long each of them lasts.
    pub every: Period,
    /// How many of them; none means until it is ended.
    pub times: Option<u32>,
}

/// A length of time, as subscriptions are sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// So many days.
    Days(u16),
    /// So many months.
    Months(u16),
    /// So many years.
    Years(u16),
}

impl Period {
    /// In days, as houses count that know nothing else: 30 a month, 365 a year.
    #[must_use]
    pub const fn days(self) -> u32 {
        match self {
            Period::Days(days) => days as u32,
            Period::Months(months) => months as u32 * 30,
            Period::Years(years) => years as u32 * 365,
        }
    }

    /// As ISO 8601 writes it, `P1M`.
    #[must_use]
    pub fn iso(self) -> String {
        match self {
            Period::Days(days) => format!("P{days}D"),
            Period::Months(months) => format!("P{months}M"),
            Period::Years(years) => format!("P{years}Y"),
        }
    }
}

/// A change to a subscription that the processor keeps.
#[derive(Clone, Debug)]
pub struct SubscriptionChange {
    /// Our operation's id: the idempotency key.
    pub key: String,
    /// The processor's id of the subscription or purchase.
    pub subscription: String,
    /// What shall change.
    pub change: ChangeTo,
    /// Why, in a few words for the processor's records.
    pub reason: String,
}

/// What shall change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeTo {
    /// It renews again.
    Renewing,
    /// It lasts so many days longer.
    Longer(u16),
    /// Following periods cost this.
    Price(Money),
    /// Following periods are charged to another instrument that the house keeps.
    Instrument(String),
}
