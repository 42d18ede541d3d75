//! Where a case may go from where it stands: the one table, pure, with who moves it as an input.
//!
//! What no person wrote moves nothing: not an out-of-office answer, not a bounce, not our own mail.

use base::Refusal;

use super::refusals::{CLOSED, NO_SUCH_MOVE};
use super::{AuthorKind, CaseState, Direction, ThreadKind};

/// Whether a person wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// A person did.
    Full,
    /// A machine did: an automatic answer, a bounce, a notice of the desk itself.
    None,
}

/// What the table needs to know of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who wrote it.
    pub by: AuthorKind,
    /// Where.
    pub thread: ThreadKind,
    /// Which way it goes.
    pub direction: Direction,
    /// Whether a person wrote it.
    pub weight: Weight,
}

/// What a message does to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It stays where it is.
    Stay,
    /// It goes there.
    Go(CaseState),
    /// Another case goes on from here, and the message is in that one.
    FollowUp,
}

/// What a message does to a case that stands there.
///
/// # Errors
/// Refused if nothing may be said there any more.
pub fn on_message(state: CaseState, said: Said) -> Result<Effect, Refusal> {
    match (said.direction, said.weight) {
        (Direction::Note | Direction::System, _) | (_, Weight::None) => Ok(Effect::Stay),
        (Direction::In, Weight::Full) => Ok(on_word_from_outside(state, said.thread)),
        (Direction::Out, Weight::Full) => on_answer(state, said),
    }
}

fn on_word_from_outside(state: CaseState, thread: ThreadKind) -> Effect {
    let customer = match thread {
        ThreadKind::Customer => true,
        ThreadKind::Creator | ThreadKind::Processor => false,
        ThreadKind::Internal => return Effect::Stay,
    };
    match state {
        CaseState::New | CaseState::Open => Effect::Stay,
        CaseState::WaitingCustomer if customer => Effect::Go(CaseState::Open),
        CaseState::WaitingThirdParty if !customer => Effect::Go(CaseState::Open),
        CaseState::WaitingCustomer | CaseState::WaitingThirdParty => Effect::Stay,
        CaseState::Snoozed | CaseState::Solved => Effect::Go(CaseState::Open),
        CaseState::Closed => Effect::FollowUp,
    }
}

fn on_answer(state: CaseState, said: Said) -> Result<Effect, Refusal> {
    match said.by {
        AuthorKind::Staff | AuthorKind::Program => {}
        // What the desk, a rule or the money side tells is no answer.
        AuthorKind::Person | AuthorKind::Rule | AuthorKind::Billing | AuthorKind::System => {
            return Ok(Effect::Stay);
        }
    }
    let to_customer = said.thread == ThreadKind::Customer;
    Ok(match state {
        CaseState::Closed => return Err(CLOSED),
        CaseState::New | CaseState::Open | CaseState::Snoozed if to_customer => {
            Effect::Go(CaseState::WaitingCustomer)
        }
        // Somebody has begun to work on it.
        CaseState::New => Effect::Go(CaseState::Open),
        CaseState::Open
        | CaseState::WaitingCustomer
        | CaseState::WaitingThirdParty
        | CaseState::Snoozed
        | CaseState::Solved => Effect::Stay,
    })
}

/// Whether somebody may move a case from one state to another, without a message.
///
/// # Errors
/// Refused if the table has no such move for them.
pub fn on_wish(from: CaseState, to: CaseState, by: AuthorKind) -> Result<(), Refusal> {
    if from == CaseState::Closed {
        return Err(CLOSED);
    }
    let may = match by {
        AuthorKind::Staff | AuthorKind::Program | AuthorKind::Rule => staff_may(from, to),
        // Who asked may say that it is done, or that it is not.
        AuthorKind::Person => match to {
            CaseState::Solved => from.is_open(),
            CaseState::Open => from == CaseState::Solved,
            CaseState::New
            | CaseState::WaitingCustomer
            | CaseState::WaitingThirdParty
            | CaseState::Snoozed
            | CaseState::Closed => false,
        },
        // A case closes by itself when the money does, and opens when it does not after all.
        AuthorKind::Billing => match to {
            CaseState::Solved => from.is_open(),
            CaseState::Open => from != CaseState::New && from != CaseState::Open,
            CaseState::New
            | CaseState::WaitingCustomer
            | CaseState::WaitingThirdParty
            | CaseState::Snoozed
            | CaseState::Closed => false,
        },
        // Time passes.
        AuthorKind::System => match to {
            CaseState::Open => {
                matches!(
                    from,
                    CaseState::Snoozed | CaseState::WaitingCustomer | CaseState::WaitingThirdParty
                )
            }
            CaseState::Solved => from == CaseState::WaitingCustomer,
            CaseState::Closed => from == CaseState::Solved,
            CaseState::New
            | CaseState::WaitingCustomer
            | CaseState::WaitingThirdParty
            | CaseState::Snoozed => false,
        },
    };
    if may { Ok(()) } else { Err(NO_SUCH_MOVE) }
}

fn staff_may(from: CaseState, to: CaseState) -> bool {
    match (from, to) {
        (CaseState::Closed, _) | (_, CaseState::New) => false,
        (CaseState::Solved, CaseState::Open | CaseState::Closed) => true,
        (CaseState::Solved, _) | (_, CaseState::Closed) => false,
        (
            CaseState::New
            | CaseState::Open
            | CaseState::WaitingCustomer
            | CaseState::WaitingThirdParty
            | CaseState::Snoozed,
            CaseState::Open
            | CaseState::WaitingCustomer
            | CaseState::WaitingThirdParty
            | CaseState::Snoozed
            | CaseState::Solved,
        ) => true,
    }
}

/// Where a case is again when an answer is taken back that had moved it from there.
#[must_use]
pub fn on_withdrawal(was: CaseState) -> CaseState {
    match was {
        CaseState::New => CaseState::New,
        CaseState::Open
        | CaseState::WaitingCustomer
        | CaseState::WaitingThirdParty
        | CaseState::Snoozed
        | CaseState::Solved
        | CaseState::Closed => CaseState::Open,
    }
}
