//! A payment: what is to be collected, its states, and the only moves between them.

use base::id::{CheckoutId, CustomerId, PaymentId, TokenPackId};
use base::{Money, Timestamp, Tokens};

use store::terms;

terms! {
    /// Where a payment stands.
    PaymentState {
        /// Made, or the last attempt came to nothing; may be tried again.
        RequiresMethod = "requires_method",
        /// The customer must act on the processor's page.
        RequiresAction = "requires_action",
        /// A call is under way, or its outcome is not known yet.
        Processing = "processing",
        /// Held, not taken.
        Authorized = "authorized",
        /// Taken.
        Captured = "captured",
        /// Nothing was taken, and nothing will be asked for.
        Canceled = "canceled",
        /// Nothing was taken, and no further attempt is allowed.
        Failed = "failed",
    }
}

/// What is to be collected from a customer, and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "payment")]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// Who pays.
    pub customer: CustomerId,
    /// The way through paying it belongs to.
    pub checkout: CheckoutId,
    /// What is bought.
    pub pack: TokenPackId,
    /// How many tokens that is.
    pub tokens: Tokens,
    /// What it costs.
    pub amount: Money,
    /// Where it stands.
    pub state: PaymentState,
    /// Why it stands there, as a stable word.
    pub reason: Option<String>,
    /// What somebody on the staff must look at, in a sentence.
    pub needs_attention: Option<String>,
    /// Held or taken, over all attempts.
    pub authorized: Money,
    /// Taken, over all attempts.
    pub captured: Money,
    /// Given back.
    pub refunded: Money,
    /// Taken back by the bank.
    pub disputed: Money,
    /// Whether we know what became of the last call.
    pub outcome_known: bool,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What can happen to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentMove {
    /// An attempt was sent.
    Send,
    /// The attempt was answered: the customer must act.
    MustAct,
    /// The customer came back, or the processor has taken it in.
    TakenIn,
    /// The money is held.
    Authorize,
    /// What is held was asked to be taken or released.
    AskHold,
    /// The money is taken.
    Capture,
    /// The attempt came to nothing and another is allowed.
    TryAgain,
    /// The attempt came to nothing and no other is allowed.
    GiveUp,
    /// Cancelled by the customer or the merchant, or too late.
    Cancel,
    /// The money turns out to have been taken, whatever we believed.
    CaptureLate,
}

/// A move that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Illegal;

impl PaymentState {
    /// Whether nothing more will be collected.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, PaymentState::Captured | PaymentState::Canceled | PaymentState::Failed)
    }

    /// The state after a move.
    ///
    /// `CaptureLate` alone leaves a final state: money that was taken is booked, always.
    ///
    /// # Errors
    /// [`Illegal`] if the state does not allow the move.
    pub const fn moved(self, by: PaymentMove) -> Result<PaymentState, Illegal> {
        use PaymentMove as Move;
        use PaymentState as State;
        let acting = matches!(self, State::RequiresAction);
        let processing = matches!(self, State::Processing);
        let waits = matches!(self, State::RequiresMethod);
        let held = matches!(self, State::Authorized);
        let (from_here, to) = match by {
            Move::Send => (waits, State::Processing),
            Move::MustAct => (waits || processing, State::RequiresAction),
            Move::TakenIn => (acting || processing, State::Processing),
            Move::Authorize => (processing, State::Authorized),
            Move::AskHold => (held, State::Processing),
            Move::Capture => (processing || held, State::Captured),
            Move::TryAgain => (acting || processing, State::RequiresMethod),
            Move::GiveUp => (acting || processing, State::Failed),
            Move::Cancel => (waits || acting || held, State::Canceled),
            Move::CaptureLate => (!held && !matches!(self, State::Captured), State::Captured),
        };
        if from_here { Ok(to) } else { Err(Illegal) }
    }
}

impl Payment {
    /// What may still be given back.
    #[must_use]
    pub const fn returnable(&self) -> Money {
        let left = self.captured.minor - self.refunded.minor - self.disputed.minor;
        Money::new(left, self.captured.currency)
    }

    /// The payment after a move, for a reason or none.
    ///
    /// # Errors
    /// [`Illegal`] if the state does not allow the move.
    pub fn moved(self, by: PaymentMove, reason: Option<&str>) -> Result<Payment, Illegal> {
        let state = self.state.moved(by)?;
        Ok(Payment { state, reason: reason.map(str::to_owned), ..self })
    }

    /// Checks what must hold of the sums, whatever has happened.
    ///
    /// # Panics
    /// If it does not: better no answer than a wrong book.
    pub fn assert_sound(&self) {
        let currency = self.amount.currency;
        for sum in [self.authorized, self.captured, self.refunded, self.disputed] {
            assert!(sum.currency == currency && sum.minor >= 0, "a sum of {} is off", self.id);
        }
        assert!(self.captured.minor <= self.authorized.minor, "{} took more than held", self.id);
        assert!(self.returnable().minor >= 0, "{} gave back more than it took", self.id);
    }
}
