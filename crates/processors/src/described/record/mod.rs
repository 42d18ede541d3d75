//! The record of a house: everything the connector does, written down.
//!
//! An unknown key is refused, so a misspelt rule is never a rule that is quietly missing.

mod operation;
mod postback;
mod recipe;
mod start;

use std::collections::BTreeMap;

use base::Currency;
use processor::SupportContact;
use serde::Deserialize;

pub use operation::{Operation, Operations, Template};
pub use postback::{AmountFields, AnswerText, Answers, CardFields, ContentKind, Postback, Time};
pub use recipe::{AllFields, Covers, KeyIds, KeyIs, KeyPlace, Output, Pairs, Recipe, SentIn};
pub use start::{Encode, Longer, Parameter, Start, When, WrittenAs};

/// The record of a house.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// What the house is called and how customers reach it.
    pub support: SupportContact,
    /// Currencies it takes; empty means any.
    #[serde(default)]
    pub currencies: Vec<Currency>,
    /// How amounts, currencies and countries are written.
    #[serde(default)]
    pub forms: Forms,
    /// What is not public and must be asked of the house, by the key it belongs to.
    #[serde(default)]
    pub asked: BTreeMap<String, String>,
    /// How a payment begins.
    #[serde(default)]
    pub start: Option<Start>,
    /// How the browser's return is signed. It proves nothing about money and is never booked.
    #[serde(default, rename = "return")]
    pub returned: Option<Recipe>,
    /// How notices are read.
    #[serde(default)]
    pub postback: Option<Postback>,
    /// Calls after the start.
    #[serde(default)]
    pub operations: Operations,
    /// The house's own codes of declines and the standard cause behind each.
    #[serde(default)]
    pub declines: BTreeMap<String, String>,
}

/// How amounts, currencies and countries are written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Forms {
    /// How an amount is written.
    pub amount: AmountForm,
    /// How a currency is written.
    pub currency: CurrencyForm,
    /// How a country is written.
    pub country: CountryForm,
}

/// How an amount is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountForm {
    /// With a dot and the decimals of the currency, `9.95` and `500`.
    #[default]
    Decimal,
    /// Always with two decimals, `9.95` and `500.00`.
    TwoDecimals,
    /// In minor units, `995` and `500`.
    Minor,
}

/// How a currency is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CurrencyForm {
    /// `EUR`.
    #[default]
    Alpha,
    /// `978`.
    Numeric,
}

/// How a country is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountryForm {
    /// `DE`.
    #[default]
    Iso2,
    /// `DEU`.
    Iso3,
}

/// How something is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// In the address.
    Get,
    /// In the body.
    Post,
}

/// How pairs are written into an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Escape {
    /// As browsers send forms: a blank is `+`.
    #[default]
    Form,
    /// As RFC 3986 has it: a blank is `%20`.
    Percent,
}

/// What a body looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// Pairs in the address.
    Query,
    /// Pairs in the body.
    Form,
    /// Pairs in the body of a POST, in the address otherwise.
    Either,
    /// JSON; names are dotted paths.
    Json,
    /// XML with texts right below its root; names are in small letters.
    Xml,
    /// Lines of `name=value`.
    Lines,
    /// One text, which is called `answer`.
    Text,
}

/// One text, or any of several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts")]
pub enum OneOf {
    /// This.
    One(String),
    /// Any of these.
    Any(Vec<String>),
}

impl OneOf {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            OneOf::One(one) => std::slice::from_ref(one),
            OneOf::Any(any) => any,
        }
    }
}

/// When it is so, it means that. The first rule whose every condition holds counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Fields and the values they may have, whatever their letter case. `*` is any value, an
    /// empty text is none.
    pub when: BTreeMap<String, OneOf>,
    /// What it means.
    pub means: Means,
}

/// What a house's words mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Money was taken.
    Paid,
    /// A yes that may still be withdrawn.
    Provisional,
    /// Money is held.
    Authorized,
    /// No money was taken.
    Declined,
    /// Taken in, not decided.
    Pending,
    /// Money was taken for a following period.
    RebillPaid,
    /// Money for a following period was refused.
    RebillDeclined,
    /// Money was given back.
    Refunded,
    /// A refund came to nothing.
    RefundFailed,
    /// A payment was undone before it was settled.
    Voided,
    /// The cardholder took the money back through the bank.
    Chargeback,
    /// The bank gave it back to us.
    ChargebackReversed,
    /// The bank or the customer asks; no money has moved.
    DisputeOpened,
    /// A subscription will not renew.
    Cancelled,
    /// Access has ended.
    Expired,
    /// A subscription renews again.
    Reactivated,
    /// Has no effect on money.
    Ignored,
    /// Of a call: executed.
    Done,
    /// Of a call: refused before anything was executed.
    Refused,
    /// Of a look-up: there is no such payment.
    Absent,
}
