//! Lines of a settlement file, in one form for all houses.

use base::{Money, Timestamp};

/// One line of a settlement file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementLine {
    /// What it is about.
    pub kind: LineKind,
    /// The processor's id of the transaction.
    pub transaction: Option<String>,
    /// Our reference, if it came back.
    pub reference: Option<String>,
    /// Before fees.
    pub gross: Money,
    /// What the processor kept.
    pub fee: Money,
    /// When it happened.
    pub occurred_at: Option<Timestamp>,
}

/// What a settlement line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Money taken.
    Sale,
    /// Money given back.
    Refund,
    /// Money disputed away.
    Chargeback,
    /// A fee without a payment.
    Fee,
    /// Money kept back for a while.
    Reserve,
    /// Money sent to the bank.
    Payout,
}

/// The file is not of the house's form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the settlement file cannot be read: {0}")]
pub struct Unreadable(String);

impl Unreadable {
    /// With the reason, naming the line if there is one.
    #[must_use]
    pub fn new(why: impl Into<String>) -> Unreadable {
        Unreadable(why.into())
    }
}
