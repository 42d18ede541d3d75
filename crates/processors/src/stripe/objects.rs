//! Stripe's objects, as far as they are read: names and meanings follow the API reference at
//! docs.stripe.com. What a version of the API leaves out is none; what is of another kind makes
//! the whole message unreadable.

use std::collections::BTreeMap;

use processor::Card;
use serde::Deserialize;
use serde_json::Value;

/// The name our reference travels under.
pub(super) const REFERENCE: &str = "paydesk_reference";
/// The name under which an intent says that a page of Stripe's collects it.
pub(super) const PAGE: &str = "paydesk_page";

/// Texts of the merchant's on an object.
pub(super) type Metadata = BTreeMap<String, String>;

/// Another object: its id, or all of it where it was expanded.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Linked<T> {
    Id(String),
    Whole(Box<T>),
}

impl<T> Linked<T> {
    pub fn whole(&self) -> Option<&T> {
        match self {
            Linked::Id(_) => None,
            Linked::Whole(object) => Some(object),
        }
    }
}

/// Another object of which only the id matters.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Named {
    pub id: String,
}

/// The id of a linked object.
pub(super) fn id(link: Option<&Linked<Named>>) -> Option<String> {
    link.map(|link| match link {
        Linked::Id(id) => id.clone(),
        Linked::Whole(object) => object.id.clone(),
    })
}

/// A list, as far as it was sent.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct List<T> {
    pub data: Vec<T>,
    #[serde(default)]
    pub has_more: bool,
}

/// A `PaymentIntent`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Intent {
    pub id: String,
    pub amount: i64,
    pub amount_received: Option<i64>,
    pub amount_capturable: Option<i64>,
    pub currency: String,
    pub status: String,
    pub capture_method: Option<String>,
    pub cancellation_reason: Option<String>,
    pub created: Option<i64>,
    pub customer: Option<Linked<Named>>,
    pub payment_method: Option<Linked<Named>>,
    pub setup_future_usage: Option<String>,
    pub invoice: Option<Linked<Named>>,
    pub latest_charge: Option<Linked<Charge>>,
    pub last_payment_error: Option<Error>,
    pub next_action: Option<NextAction>,
    pub metadata: Option<Metadata>,
}

/// What the customer must do next.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct NextAction {
    pub redirect_to_url: Option<Redirect>,
}

/// Where the customer must go.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Redirect {
    pub url: Option<String>,
}

/// A `Charge`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Charge {
    pub id: String,
    pub payment_intent: Option<Linked<Named>>,
    pub refunded: Option<bool>,
    pub refunds: Option<List<Refund>>,
    pub payment_method_details: Option<MethodDetails>,
}

/// How a charge was paid.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct MethodDetails {
    pub card: Option<CardDetails>,
}

/// A card.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct CardDetails {
    pub brand: Option<String>,
    pub last4: Option<String>,
}

/// An error, as an answer or on an intent.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Error {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub code: Option<String>,
    pub decline_code: Option<String>,
    pub param: Option<String>,
    pub payment_method: Option<MethodDetails>,
}

/// A Checkout Session.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Session {
    pub id: String,
    pub mode: Option<String>,
    pub status: Option<String>,
    pub payment_status: Option<String>,
    pub client_reference_id: Option<String>,
    pub amount_total: Option<i64>,
    pub currency: Option<String>,
    pub customer_creation: Option<String>,
    pub payment_intent: Option<Linked<Intent>>,
    pub subscription: Option<Linked<Named>>,
    pub invoice: Option<Linked<Invoice>>,
    pub url: Option<String>,
    pub created: Option<i64>,
}

/// An `Invoice`. The subscription moved into `parent` in the versions of 2025.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Invoice {
    pub id: String,
    pub status: Option<String>,
    pub billing_reason: Option<String>,
    pub amount_paid: Option<i64>,
    pub amount_due: Option<i64>,
    pub currency: String,
    pub attempt_count: Option<i64>,
    pub subscription: Option<Linked<Named>>,
    pub payment_intent: Option<Linked<Named>>,
    pub charge: Option<Linked<Named>>,
    pub subscription_details: Option<SubscriptionDetails>,
    pub parent: Option<InvoiceParent>,
    pub created: Option<i64>,
}

/// What an invoice came from.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct InvoiceParent {
    pub subscription_details: Option<SubscriptionDetails>,
}

/// The subscription of an invoice.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct SubscriptionDetails {
    pub subscription: Option<Linked<Named>>,
    pub metadata: Option<Metadata>,
}

impl Invoice {
    fn details(&self) -> Option<&SubscriptionDetails> {
        let parent = self.parent.as_ref().and_then(|parent| parent.subscription_details.as_ref());
        self.subscription_details.as_ref().or(parent)
    }

    pub fn subscription(&self) -> Option<String> {
        let nested = || self.details().and_then(|details| id(details.subscription.as_ref()));
        id(self.subscription.as_ref()).or_else(nested)
    }

    pub fn reference(&self) -> Option<String> {
        reference(self.details().and_then(|details| details.metadata.as_ref()))
    }
}

/// A `Refund`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Refund {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub status: Option<String>,
    pub failure_reason: Option<String>,
    pub charge: Option<Linked<Named>>,
    pub payment_intent: Option<Linked<Named>>,
}

/// A `Dispute`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Dispute {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub status: Option<String>,
    pub reason: Option<String>,
    pub charge: Option<Linked<Named>>,
    pub payment_intent: Option<Linked<Named>>,
    #[serde(default)]
    pub balance_transactions: Vec<BalanceTransaction>,
}

/// A movement on the merchant's balance at Stripe.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct BalanceTransaction {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub fee: Option<i64>,
    pub reporting_category: Option<String>,
    #[serde(default)]
    pub source: Value,
    pub created: Option<i64>,
}

/// A `Subscription`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Subscription {
    pub id: String,
    pub status: Option<String>,
    #[serde(default)]
    pub cancel_at_period_end: bool,
    pub canceled_at: Option<i64>,
    pub current_period_end: Option<i64>,
    pub items: Option<List<Item>>,
    pub latest_invoice: Option<Linked<Invoice>>,
    pub metadata: Option<Metadata>,
}

/// What a subscription renews.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Item {
    pub id: String,
    pub price: Option<Price>,
}

/// For how much.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Price {
    pub product: Option<Linked<Named>>,
    pub recurring: Option<Recurring>,
}

/// How often.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Recurring {
    pub interval: String,
    pub interval_count: Option<i64>,
}

/// Our reference among the merchant's texts.
pub(super) fn reference(metadata: Option<&Metadata>) -> Option<String> {
    metadata?.get(REFERENCE).filter(|text| is_reference(text)).cloned()
}

/// Whether a text may be a reference of ours: what is not cannot be put into a search either.
pub(super) fn is_reference(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=200).contains(&text.len()) && text.bytes().all(plain)
}

/// Brand and last four digits; whatever else they are is left out.
pub(super) fn card(details: Option<&CardDetails>) -> Option<Card> {
    let details = details?;
    let four = |text: &&String| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = |text: &&String| {
        text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
    };
    let brand = details.brand.as_ref().filter(letters).cloned();
    let last4 = details.last4.as_ref().filter(four).cloned();
    (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 })
}

/// A time in seconds since 1970.
pub(super) fn time(seconds: Option<i64>) -> Option<base::Timestamp> {
    base::Timestamp::from_second(seconds?).ok()
}
