//! Money that went back after it was taken, as it was booked.

use base::Money;
use base::id::{AttemptId, OperationId, PaymentId, RefundId};

store::terms! {
    /// Who took money back.
    TakenBackBy {
        /// We or the processor gave it back.
        Refund = "refund",
        /// It was undone before it was settled.
        Void = "void",
        /// The cardholder's bank.
        Chargeback = "chargeback",
    }
}

/// Money that went back, as booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// Its id: it names the transfers.
    pub id: RefundId,
    /// Of which payment.
    pub payment: PaymentId,
    /// Of which attempt.
    pub attempt: AttemptId,
    /// Our own call that asked for it, if one did.
    pub operation: Option<OperationId>,
    /// By whom.
    pub by: TakenBackBy,
    /// How much.
    pub amount: Money,
    /// The part of it whose tokens were spent already: our loss.
    pub lost: Money,
    /// How many tokens could be taken back.
    pub tokens: i64,
    /// The processor's id of it.
    pub transaction: Option<String>,
}

impl Reversal {
    /// Whether the bank took it back.
    #[must_use]
    pub fn is_dispute(&self) -> bool {
        self.by == TakenBackBy::Chargeback
    }
}
