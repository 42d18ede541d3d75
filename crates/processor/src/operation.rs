//! Calls after the start: giving back, ending, looking up.

use base::{Money, Timestamp};

/// A call that was executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The processor's id of what was done, if it names one.
    pub transaction: Option<String>,
    /// What the processor says the amount was, if it says.
    pub amount: Option<Money>,
}

/// Money to give back.
#[derive(Clone, Debug)]
pub struct Refunding {
    /// Our operation's id: the idempotency key.
    pub key: String,
    /// The processor's id of the payment.
    pub transaction: String,
    /// How much.
    pub amount: Money,
    /// How much was paid, so that a house that only refunds in full can say so.
    pub paid: Money,
    /// Why, in a few words for the processor's records.
    pub reason: String,
}

/// A subscription to end.
#[derive(Clone, Debug)]
pub struct Cancellation {
    /// Our operation's id: the idempotency key.
    pub key: String,
    /// The processor's id of the subscription or purchase.
    pub subscription: String,
    /// At once instead of at the end of what was paid for.
    pub at_once: bool,
    /// Why, in a few words for the processor's records.
    pub reason: String,
}

/// What to look a payment up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindBy {
    /// Our reference, as given at the start.
    Reference(String),
    /// The processor's id.
    Transaction(String),
}

/// A payment as the processor knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What became of it.
    pub state: FoundState,
    /// The processor's id.
    pub transaction: String,
    /// Our reference, if it came back.
    pub reference: Option<String>,
    /// How much.
    pub amount: Option<Money>,
    /// When.
    pub occurred_at: Option<Timestamp>,
}

/// What became of a payment, by the processor's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundState {
    /// Money was taken.
    Paid,
    /// Money is held.
    Authorized,
    /// The customer has approved; [`crate::Processor::complete`] takes the money.
    Approved,
    /// Not decided, or a word we do not know.
    Waiting,
    /// No money was taken.
    Declined,
    /// Money was taken and given back.
    Refunded,
    /// Authorised and released.
    Voided,
    /// Money was taken and disputed away.
    ChargedBack,
}
