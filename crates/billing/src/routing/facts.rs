//! What is known of a payment when a choice is made: what rules may ask about.

use base::{Currency, Money};
use processor::CaptureWhen;
use serde::{Deserialize, Serialize};

use super::candidate::Candidate;

/// What money is collected for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Tokens, paid now.
    Tokens,
    /// Something that renews.
    Subscription,
    /// Spending first, paying once at the end.
    Tab,
    /// An order of things or services.
    Order,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 4] =
        [Purpose::Tokens, Purpose::Subscription, Purpose::Tab, Purpose::Order];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Purpose::Tokens => "tokens",
            Purpose::Subscription => "subscription",
            Purpose::Tab => "tab",
            Purpose::Order => "order",
        }
    }
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.as_str())
    }
}

impl std::str::FromStr for Purpose {
    type Err = crate::UnknownTerm;

    fn from_str(text: &str) -> Result<Purpose, crate::UnknownTerm> {
        Purpose::ALL.into_iter().find(|one| one.as_str() == text).ok_or(crate::UnknownTerm)
    }
}

/// How the customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// On a page of the processor.
    Page,
    /// With something the processor keeps from an earlier payment.
    Stored,
    /// With Google Pay.
    GooglePay,
    /// With a token that the processor's own script made.
    Token,
}

impl Method {
    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Page => "page",
            Method::Stored => "stored",
            Method::GooglePay => "google_pay",
            Method::Token => "token",
        }
    }
}

/// What is known of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What is to be collected.
    pub amount: Money,
    /// What for.
    pub purpose: Purpose,
    /// How the customer pays.
    pub method: Method,
    /// Whether the money is taken at once or held first.
    #[serde(default)]
    pub capture: CaptureWhen,
    /// The code of what is bought.
    pub product: String,
    /// Where the customer is, if we know.
    pub country: Option<String>,
    /// What they speak.
    pub language: String,
    /// For how many days we have known them.
    pub age_days: i64,
    /// How often they have bought before.
    pub purchases: i64,
    /// How many attempts this payment has had.
    pub tries: i64,
    /// The hour, UTC, 0 to 23.
    pub hour: i64,
    /// The day of the week, UTC: 1 is Monday.
    pub weekday: i64,
    /// Who of ours the customer has begun to deal with: further targets stay with them.
    pub legal_entity: Option<String>,
}

impl Facts {
    /// A payment of today by somebody new, for trying rules out.
    #[must_use]
    pub fn sample(amount: Money, country: Option<&str>) -> Facts {
        Facts {
            amount,
            purpose: Purpose::Tokens,
            method: Method::Page,
            capture: CaptureWhen::AtOnce,
            product: "tokens-100".to_owned(),
            country: country.map(str::to_owned),
            language: "en".to_owned(),
            age_days: 0,
            purchases: 0,
            tries: 0,
            hour: 12,
            weekday: 1,
            legal_entity: None,
        }
    }

    /// What new rules are tried with before they are kept: each kind of fact that can be missing
    /// is missing once.
    #[must_use]
    pub fn samples() -> Vec<Facts> {
        let dollars = Money::new(1000, Currency::USD);
        let mut samples: Vec<Facts> = [Some("DE"), Some("PH"), Some("US"), None]
            .into_iter()
            .map(|country| Facts::sample(dollars, country))
            .collect();
        for purpose in Purpose::ALL {
            samples.push(Facts { purpose, ..Facts::sample(dollars, Some("DK")) });
        }
        for method in [Method::Stored, Method::GooglePay, Method::Token] {
            samples.push(Facts { method, ..Facts::sample(dollars, Some("FR")) });
        }
        samples
    }
}

/// Why only one account may be asked, if so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Bound {
    /// Any may.
    Free,
    /// The checkout names it.
    Named {
        /// Which.
        account: String,
    },
    /// It keeps what is to be charged.
    Instrument {
        /// Which.
        account: String,
    },
    /// It said a no that nobody else may be asked after.
    Declined {
        /// Which.
        account: String,
        /// Why it said no.
        cause: String,
    },
}

impl Bound {
    /// The one account, if there is only one.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Bound::Free => None,
            Bound::Named { account }
            | Bound::Instrument { account }
            | Bound::Declined { account, .. } => Some(account),
        }
    }

    /// Why the others are not asked.
    pub(super) fn says(&self) -> String {
        match self {
            Bound::Free => String::new(),
            Bound::Named { account } => format!("the checkout names {account}"),
            Bound::Instrument { account } => {
                format!("what is to be charged is kept by {account}")
            }
            Bound::Declined { account, cause } => {
                format!("{account} said {cause}; after that only the same account may be asked")
            }
        }
    }
}

/// Everything a choice is made of, but the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// What is known of the payment.
    pub facts: Facts,
    /// Whether only one account may be asked.
    pub bound: Bound,
    /// Every account, as it stands now.
    pub candidates: Vec<Candidate>,
    /// A number from 0 to 9999 that stays the same for a payment.
    pub bucket: u16,
}
