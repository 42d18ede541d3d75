//! An attempt: one try to collect a payment on one processor account.

use base::id::{AttemptId, PaymentId};
use base::{Money, Timestamp};
use processor::{Card, Decline, GoTo};

use super::payment::Illegal;
use crate::words::words;

words! {
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
        match (self, by) {
            (State::Created, Move::Send) => Ok(State::Sent),
            (State::Sent, Move::MustAct) => Ok(State::ActionRequired),
            (
                State::Sent | State::ActionRequired | State::Pending | State::Unknown,
                Move::TakenIn,
            ) => Ok(State::Pending),
            (State::Sent, Move::LoseSight) => Ok(State::Unknown),
            (
                State::Sent | State::ActionRequired | State::Pending | State::Unknown,
                Move::Authorize,
            ) => Ok(State::Authorized),
            (
                State::Sent
                | State::ActionRequired
                | State::Pending
                | State::Unknown
                | State::Authorized
                | State::Declined
                | State::Expired
                | State::NotExecuted,
                Move::Capture,
            ) => Ok(State::Captured),
            (
                State::Sent | State::ActionRequired | State::Pending | State::Unknown,
                Move::Decline,
            ) => Ok(State::Declined),
            (
                State::Sent
                | State::ActionRequired
                | State::Pending
                | State::Unknown
                | State::Authorized,
                Move::Void,
            ) => Ok(State::Voided),
            (State::ActionRequired | State::Authorized, Move::Expire) => Ok(State::Expired),
            (State::Created | State::Sent | State::Pending | State::Unknown, Move::NeverRan) => {
                Ok(State::NotExecuted)
            }
            (State::Created, Move::MustAct | Move::TakenIn | Move::LoseSight | Move::Authorize)
            | (State::Created, Move::Capture | Move::Decline | Move::Void | Move::Expire)
            | (State::Sent, Move::Send | Move::Expire)
            | (State::ActionRequired, Move::Send | Move::MustAct | Move::LoseSight)
            | (State::ActionRequired, Move::NeverRan)
            | (State::Pending, Move::Send | Move::MustAct | Move::LoseSight | Move::Expire)
            | (State::Unknown, Move::Send | Move::MustAct | Move::LoseSight | Move::Expire)
            | (State::Authorized, Move::Send | Move::MustAct | Move::TakenIn | Move::LoseSight)
            | (State::Authorized, Move::Authorize | Move::Decline | Move::NeverRan)
            | (State::Captured | State::Voided, Move::Capture)
            | (
                State::Captured
                | State::Declined
                | State::Voided
                | State::Expired
                | State::NotExecuted,
                Move::Send
                | Move::MustAct
                | Move::TakenIn
                | Move::LoseSight
                | Move::Authorize
                | Move::Decline
                | Move::Void
                | Move::Expire
                | Move::NeverRan,
            ) => Err(Illegal),
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

    /// What may still be given back.
    #[must_use]
    pub const fn returnable(&self) -> Money {
        let left = self.captured.minor - self.refunded.minor - self.disputed.minor;
        Money::new(left, self.captured.currency)
    }
}
