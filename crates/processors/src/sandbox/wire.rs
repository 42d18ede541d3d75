//! The sandbox's own words on the wire, written by one half and read by the other.

use base::{Language, Money, Timestamp};
use processor::{Card, Decline};
use serde::{Deserialize, Serialize};

/// The header a postback is signed in: `t=<unix seconds>,v1=<hex HMAC-SHA256 of t "." body>`.
pub const SIGNATURE: &str = "sandbox-signature";

/// A sale to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaleRequest {
    /// The shop's reference; no two sales share one.
    pub reference: String,
    /// What to collect.
    pub amount: Money,
    /// The shop's code of what is sold.
    pub product: String,
    /// What the customer reads.
    pub description: String,
    /// The language of the page.
    #[serde(default)]
    pub lang: Language,
    /// Where the browser goes after paying.
    pub return_url: String,
    /// Where the browser goes after giving up.
    pub cancel_url: String,
    /// Where postbacks go.
    pub postback_url: String,
}

/// A sale as the API shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleView {
    /// The house's id.
    pub id: String,
    /// The shop's reference.
    pub reference: String,
    /// `open`, `pending`, `paid`, `declined`, `given_up`, `expired`, `voided`, `refunded` or
    /// `charged_back`.
    pub state: String,
    /// What was to be collected.
    pub amount: Money,
    /// What was given back of it.
    pub refunded: Money,
    /// What is known of the card.
    #[serde(default)]
    pub card: Option<Card>,
    /// Why not.
    #[serde(default)]
    pub decline: Option<Decline>,
    /// When it was opened.
    pub created: Timestamp,
    /// The customer's page; not in postbacks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// Money to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundRequest {
    /// The house's id of the sale.
    pub sale: String,
    /// How much.
    pub amount: Money,
    /// Why, in a few words.
    pub reason: String,
}

/// A refund as the API shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundView {
    /// The house's id of the refund.
    pub id: String,
    /// The house's id of the sale.
    pub sale: String,
    /// How much.
    pub amount: Money,
    /// `done` or `pending`.
    pub state: String,
}

/// The body of a postback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The same for the same fact.
    pub id: String,
    /// `sale.paid`, `sale.pending`, `sale.declined`, `sale.given_up`, `sale.voided`,
    /// `refund.done` or `dispute.opened`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub created: Timestamp,
    /// The sale it is about.
    pub sale: SaleView,
    /// The refund it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundView>,
}

/// A refusal as the API says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable word.
    pub code: String,
    /// A sentence.
    #[serde(default)]
    pub detail: String,
    /// Why the bank said no, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decline: Option<Decline>,
}
