//! Beginning a payment.

use base::{Language, Money};

use crate::{CaptureWhen, Renewal};

/// A payment to begin.
#[derive(Clone, Debug)]
pub struct StartRequest {
    /// Our operation's id: the idempotency key.
    pub key: String,
    /// Our reference of the attempt; every notice about it carries it back.
    pub reference: String,
    /// What to collect.
    pub amount: Money,
    /// The merchant's code of what is sold (`tokens-100`), for houses with fixed price points.
    pub product: String,
    /// What the customer reads on the processor's page.
    pub description: String,
    /// Who pays.
    pub buyer: Buyer,
    /// Whether the money is taken or only held.
    pub capture: CaptureWhen,
    /// How it renews, if it does.
    pub renews: Option<Renewal>,
    /// Where the browser goes after paying. Never a proof of payment.
    pub return_url: String,
    /// Where the browser goes after giving up.
    pub cancel_url: String,
    /// Where the processor sends its notices.
    pub postback_url: String,
}

/// Who pays, as far as the processor needs to know.
#[derive(Clone, Debug, Default)]
pub struct Buyer {
    /// Our id of the customer.
    pub customer: String,
    /// What they are called, if known.
    pub name: Option<String>,
    /// Mail address, if known.
    pub email: Option<String>,
    /// Where their browser is, if known.
    pub ip: Option<std::net::IpAddr>,
    /// ISO 3166 country in two letters, if known.
    pub country: Option<String>,
    /// The language the page should speak.
    pub language: Language,
}

/// A payment that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// Where the customer goes on.
    pub go_to: GoTo,
    /// The processor's id of what was begun, if it named one already.
    pub transaction: Option<String>,
}

/// Where the customer goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoTo {
    /// A link.
    Link(String),
    /// A form that the browser posts.
    Form {
        /// Its address.
        action: String,
        /// Its hidden fields, in order.
        fields: Vec<(String, String)>,
    },
}
