//! A receipt: what was bought, what the statement will say, and whom to ask about it.

use base::id::{AttemptId, CustomerId, PaymentId, ReceiptId, TokenPackId};
use base::{Money, Timestamp, Tokens};
use processor::{Card, SupportContact};

/// What a customer gets for their money, in writing. It never changes once issued.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "object", rename = "receipt")]
pub struct Receipt {
    /// Its id.
    pub id: ReceiptId,
    /// Its number, `2026-000001`: without a gap in each year.
    pub number: String,
    /// The payment it is for.
    pub payment: PaymentId,
    /// The attempt that took the money.
    pub attempt: AttemptId,
    /// Who paid.
    pub customer: CustomerId,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// What was bought.
    pub lines: Vec<Line>,
    /// What was paid.
    pub total: Money,
    /// What the customer's statement will say, letter by letter.
    pub descriptor: String,
    /// What is known of the card.
    pub card: Option<Card>,
    /// How to reach the house that took the money.
    pub processor: SupportContact,
    /// Who sold.
    pub seller: String,
    /// How to reach the seller.
    pub seller_mail: String,
}

/// One line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// The pack that was bought.
    pub pack: TokenPackId,
    /// Its code at the time.
    pub code: String,
    /// How many tokens.
    pub tokens: Tokens,
    /// What it cost.
    pub amount: Money,
}
