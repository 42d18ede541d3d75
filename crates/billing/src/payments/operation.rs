//! An operation: one call to a processor that can move money, written down before it leaves.

use base::id::{AttemptId, OperationId};
use base::{Money, Timestamp};

use super::payment::Illegal;
use store::terms;

terms! {
    /// What a call asks for.
    OperationKind {
        /// Take the money at once.
        Sale = "sale",
        /// Take what is held.
        Capture = "capture",
        /// Give money back.
        Refund = "refund",
        /// Release what is held.
        Void = "void",
    }
}

terms! {
    /// Where a call stands.
    OperationState {
        /// Written down, and surely not sent.
        Planned = "planned",
        /// It may have left; there is no answer yet.
        Sent = "sent",
        /// Taken in; the outcome comes later.
        Pending = "pending",
        /// It may or may not have been executed.
        Unknown = "unknown",
        /// Executed.
        Succeeded = "succeeded",
        /// Executed with a no.
        Declined = "declined",
        /// Proven not to have been executed.
        NotExecuted = "not_executed",
    }
}

/// One call that can move money. Its id is the idempotency key the processor is given.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "operation")]
pub struct Operation {
    /// Its id, and the key.
    pub id: OperationId,
    /// The attempt it belongs to.
    pub attempt: AttemptId,
    /// What it asks for.
    pub kind: OperationKind,
    /// How much it is about.
    pub amount: Money,
    /// Where it stands.
    pub state: OperationState,
    /// The processor's id of what was done.
    pub transaction: Option<String>,
    /// Who or what proved the outcome.
    pub proof: Option<String>,
    /// Why it was asked for, or why it did not happen.
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What can happen to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationMove {
    /// It leaves.
    Send,
    /// It was taken in.
    TakenIn,
    /// Its answer was lost.
    LoseSight,
    /// It was executed.
    Succeed,
    /// It was executed with a no.
    Decline,
    /// It is proven that it was not executed.
    NeverRan,
}

impl OperationState {
    /// Whether it may still end either way.
    #[must_use]
    pub const fn is_unresolved(self) -> bool {
        match self {
            OperationState::Planned
            | OperationState::Sent
            | OperationState::Pending
            | OperationState::Unknown => true,
            OperationState::Succeeded | OperationState::Declined | OperationState::NotExecuted => {
                false
            }
        }
    }

    /// The state after a move. A success may come after a no: see [`super::AttemptState::moved`].
    ///
    /// # Errors
    /// [`Illegal`] if the state does not allow the move.
    pub const fn moved(self, by: OperationMove) -> Result<OperationState, Illegal> {
        use OperationMove as Move;
        use OperationState as State;
        let planned = matches!(self, State::Planned);
        let sent = matches!(self, State::Sent);
        let open = self.is_unresolved() && !planned;
        let (from_here, to) = match by {
            Move::Send => (planned, State::Sent),
            Move::TakenIn => (open, State::Pending),
            Move::LoseSight => (sent, State::Unknown),
            Move::Succeed => (!planned && !matches!(self, State::Succeeded), State::Succeeded),
            Move::Decline => (open, State::Declined),
            Move::NeverRan => (planned || open, State::NotExecuted),
        };
        if from_here { Ok(to) } else { Err(Illegal) }
    }
}

impl Operation {
    /// Whether it may still end either way.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.state.is_unresolved()
    }

    /// The operation after a move, with what proved it.
    ///
    /// # Errors
    /// [`Illegal`] if the state does not allow the move.
    pub fn moved(self, by: OperationMove, proof: &str) -> Result<Operation, Illegal> {
        let proof = Some(proof.to_owned());
        Ok(Operation { state: self.state.moved(by)?, proof, ..self })
    }
}
