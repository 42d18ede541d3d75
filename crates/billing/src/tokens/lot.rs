//! A lot: tokens bought at one price at one time, for what they are worth when they are used.

use base::id::{AttemptId, CustomerId, LotId, PaymentId};
use base::{Money, Timestamp, Tokens};

/// Tokens bought at one price at one time.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "lot")]
pub struct Lot {
    /// Its id.
    pub id: LotId,
    /// Who bought.
    pub customer: CustomerId,
    /// The payment that paid for it.
    pub payment: PaymentId,
    /// The attempt that collected it.
    pub attempt: AttemptId,
    /// How many tokens.
    pub tokens: Tokens,
    /// How many of them were taken out again because the money went back.
    pub removed: Tokens,
    /// What was paid.
    pub price: Money,
    /// When.
    pub bought_at: Timestamp,
}
