//! An attempt: one try to collect a payment on one processor account.

use base::id::{AttemptId, PaymentId};
use base::money::cumulative;
use base::{Money, Timestamp, Tokens};
use processor::{Card, Decline, GoTo};

use super::payment::Illegal;
use store::terms;

terms! {
    /// Where an attempt stands.
    AttemptState {
        /// Written down, and surely not sent.
        Created = "created",
        /// The call may have left; there is no answer yet.
        Sent = "sent",
        /// The customer must act on the processor's page.
        ActionRequired = "action_required",
        /// The processor has it and has not decided for good.
        Pending = "pending",
        /// The call may or may not have been executed.
        Unknown = "unknown",
        /// The money is held.
        Authorized = "authorized",
        /// The money is taken.
        Captured = "captured",
        /// The processor or the bank said no.
        Declined = "declined",
        /// It was undone before it was booked.
        Voided = "voided",
        /// Nobody acted in time, or it was given up.
        Expired = "expired",
        /// Proven not to have been executed.
        NotExecuted = "not_executed",
    }
}

/// One try on one processor account.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "attempt")]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The payment it tries to collect.
    pub payment: PaymentId,
    /// The processor account, by its key.
    pub account: String,
    /// Where it stands.
    pub state: AttemptState,
    /// What it asks for.
    pub amount: Money,
    /// What it took.
    pub captured: Money,
    /// What of that was given back.
    pub refunded: Money,
    /// What of that the bank took back.
    pub disputed: Money,
    /// How the processor knows it from us: the id as text.
    pub reference: String,
    /// The processor's id of it.
    pub transaction: Option<String>,
    /// What is known of the card.
    pub card: Option<Card>,
    /// Why not, if it was declined.
    pub decline: Option<Decline>,
    /// A yes that may still be withdrawn.
    pub provisional: bool,
    /// Where the customer goes on, while they must act.
    #[serde(skip)]
    pub go_to: Option<GoTo>,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When the customer's time to act is over.
    pub expires_at: Timestamp,
}

/// What can happen to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptMove {
    /// The call leaves.
    Send,
    /// The customer must act.
    MustAct,
    /// The processor has taken it in.
    TakenIn,
    /// The answer was lost.
    LoseSight,
    /// The money is held.
    Authorize,
    /// The money is taken.
    Capture,
    /// The answer is no.
    Decline,
    /// It was undone.
    Void,
    /// Nobody acted in time.
    Expire,
    /// It is proven that nothing was executed.
    NeverRan,
}

impl AttemptState {
    /// Whether it may still end either way, so that nothing else may be tried meanwhile.
    #[must_use]
    pub const fn is_unresolved(self) -> bool {
        match self {
            AttemptState::Created
            | AttemptState::Sent
            | AttemptState::ActionRequired
            | AttemptState::Pending
            | AttemptState::Unknown
            | AttemptState::Authorized => true,
            AttemptState::Captured
            | AttemptState::Declined
            | AttemptState::Voided
            | AttemptState::Expired
            | AttemptState::NotExecuted => false,
        }
    }

    /// The state after a move.
    ///
    /// A capture is possible even after a no, a deadline or a proof of absence: customers try
    /// another card on the same page, and money that was taken is booked.
    ///
    /// # Errors
    /// [`Illegal`] if the state does not allow the move.
    pub const fn moved(self, by: AttemptMove) -> Result<AttemptState, Illegal> {
        use AttemptMove as Move;
        use AttemptState as State;
        let (from_here, to) = match by {
            Move::Send => (matches!(self, State::Created), State::Sent),
            Move::MustAct => (matches!(self, State::Sent | State::Unknown), State::ActionRequired),
            Move::TakenIn => (self.is_under_way(), State::Pending),
            Move::LoseSight => (matches!(self, State::Sent), State::Unknown),
            Move::Authorize => (self.is_under_way(), State::Authorized),
            Move::Capture => {
                (!matches!(self, State::Created | State::Captured | State::Voided), State::Captured)
            }
            Move::Decline => (self.is_under_way(), State::Declined),
            Move::Void => (self.is_under_way() || matches!(self, State::Authorized), State::Voided),
            Move::Expire => {
                (matches!(self, State::ActionRequired | State::Authorized), State::Expired)
            }
            Move::NeverRan => {
                let acting = matches!(self, State::ActionRequired);
                let unsent = matches!(self, State::Created);
                (unsent || (self.is_under_way() && !acting), State::NotExecuted)
            }
        };
        if from_here { Ok(to) } else { Err(Illegal) }
    }

    /// Whether the call has left and nothing is decided.
    const fn is_under_way(self) -> bool {
        match self {
            AttemptState::Sent
            | AttemptState::ActionRequired
            | AttemptState::Pending
            | AttemptState::Unknown => true,
            AttemptState::Created
            | AttemptState::Authorized
            | AttemptState::Captured
            | AttemptState::Declined
            | AttemptState::Voided
            | AttemptState::Expired
            | AttemptState::NotExecuted => false,
        }
    }
}

impl Attempt {
    /// The attempt after a move.
    ///
    /// # Errors
    /// [`Illegal`] if the state does not allow the move.
    pub fn moved(self, by: AttemptMove) -> Result<Attempt, Illegal> {
        Ok(Attempt { state: self.state.moved(by)?, ..self })
    }

    /// How many of the payment's tokens belong to what was taken: all of them, or the part that
    /// was captured of what was held.
    #[must_use]
    pub fn sold(&self, tokens: Tokens) -> Tokens {
        let taken = self.captured.minor.clamp(0, self.amount.minor);
        let part = cumulative(tokens.count(), self.amount.minor, 0, taken);
        Tokens::new(part).unwrap_or(Tokens::NONE)
    }

    /// What may still be given back.
    #[must_use]
    pub const fn returnable(&self) -> Money {
        let left = self.captured.minor - self.refunded.minor - self.disputed.minor;
        Money::new(left, self.captured.currency)
    }
}
