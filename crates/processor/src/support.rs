//! How a customer reaches the house that took the money, and what it can do for them.

use serde::{Deserialize, Serialize};

/// A processor's consumer support, as printed on receipts and on the billing support page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupportContact {
    /// What customers call the house: `SegPay`.
    pub name: String,
    /// Beginnings of lines by which the house shows up on statements: `SEGPAY.COM`.
    pub statement: Vec<String>,
    /// Where to find a purchase on the web.
    pub web: Option<String>,
    /// Where to chat.
    pub chat: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<Phone>,
    /// When somebody answers, with the time zone, as the operator or the house writes it.
    pub hours: Option<String>,
    /// Languages they speak, as two or three letters.
    pub languages: Vec<String>,
    /// Where in the world they take payments: ISO 3166 countries or `EU`, `US`; empty: anywhere.
    pub regions: Vec<String>,
    /// What the house does for a customer who asks it.
    pub can: Vec<HouseCan>,
}

/// A telephone number and who pays for the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// In international form, `+1 954 414 1610`.
    pub number: String,
    /// Who pays.
    #[serde(default)]
    pub paid_by: CallPaidBy,
    /// From where, if not from anywhere: ISO 3166 country or `EU`.
    #[serde(default)]
    pub from: Option<String>,
}

/// Who pays for a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallPaidBy {
    /// Free for the caller.
    House,
    /// The caller, at the rate of their own telephone company.
    Caller,
    /// The house does not say.
    #[default]
    Unknown,
}

/// What a house does for a customer who asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HouseCan {
    /// Tell what a charge was.
    FindCharge,
    /// End a renewal.
    CancelRenewal,
    /// Take another card for a renewal.
    ChangeCard,
    /// Give money back.
    Refund,
}
