//! How a case stands, as its customer is told: what happens now, what next and by when, and what
//! they may do. Pure, so that the page and the deeds say the same.

use base::Timestamp;

use super::escalate::Escalation;
use crate::cases::{Case, CaseState, Third};

/// What happens now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is here; nobody has answered.
    Received,
    /// Staff work on it.
    Work,
    /// It is the customer's turn.
    Yours,
    /// Somebody else must do something first.
    Third(Third),
    /// Staff look at it again later.
    Later(Option<Timestamp>),
    /// It is done, unless the customer writes.
    Solved,
    /// It is done.
    Closed,
    /// It is answered in another case.
    Joined,
}

/// What comes next, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// An answer by then.
    By(Timestamp),
    /// An answer was promised by then, and there is none.
    Late(Timestamp),
    /// A team lead decides by then.
    Lead(Timestamp),
    /// The complaints team decides by then.
    Complaints(Timestamp),
    /// An answer, nobody can say when.
    Soon,
    /// Nothing, unless the customer does something.
    Nothing,
}

/// Whether the customer may have it decided one level up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rise {
    /// Now, to this level.
    To(i64),
    /// Not before this time, if there is no answer until then.
    NotBefore(Timestamp),
    /// It is on the highest level.
    NoMore,
    /// There is nothing to decide.
    Nothing,
}

/// How a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What happens now.
    pub stage: Stage,
    /// What comes next.
    pub next: Next,
    /// Whether it may go one level up.
    pub rise: Rise,
}

impl Standing {
    /// How this case stands, with the last level it was brought to.
    #[must_use]
    pub fn of(case: &Case, last: Option<&Escalation>, now: Timestamp) -> Standing {
        let stage = stage(case);
        let due = promised(case, last);
        Standing { stage, next: next(stage, due, last, now), rise: rise(stage, due, last, now) }
    }
}

fn stage(case: &Case) -> Stage {
    if case.merged_into.is_some() {
        return Stage::Joined;
    }
    match case.state {
        CaseState::New => Stage::Received,
        CaseState::Open if case.first_answer_at.is_none() => Stage::Received,
        CaseState::Open => Stage::Work,
        CaseState::WaitingCustomer => Stage::Yours,
        CaseState::WaitingThirdParty => case.waiting_for.map_or(Stage::Work, Stage::Third),
        CaseState::Snoozed => Stage::Later(case.snoozed_until),
        CaseState::Solved => Stage::Solved,
        CaseState::Closed => Stage::Closed,
    }
}

/// By when something was promised: by the level that decides, or else by the desk.
fn promised(case: &Case, last: Option<&Escalation>) -> Option<Timestamp> {
    match last {
        Some(last) if case.last_staff_at.is_none_or(|answered| answered < last.at) => {
            Some(last.decide_by)
        }
        Some(_) | None => case.due_at,
    }
}

fn next(stage: Stage, due: Option<Timestamp>, last: Option<&Escalation>, now: Timestamp) -> Next {
    match stage {
        Stage::Yours | Stage::Solved | Stage::Closed | Stage::Joined => return Next::Nothing,
        Stage::Received | Stage::Work | Stage::Third(_) | Stage::Later(_) => {}
    }
    match (due, last) {
        (Some(due), _) if due < now => Next::Late(due),
        (Some(due), Some(last)) if due == last.decide_by && last.level >= 2 => {
            Next::Complaints(due)
        }
        (Some(due), Some(last)) if due == last.decide_by => Next::Lead(due),
        (Some(due), _) => Next::By(due),
        (None, _) => Next::Soon,
    }
}

fn rise(stage: Stage, due: Option<Timestamp>, last: Option<&Escalation>, now: Timestamp) -> Rise {
    match stage {
        Stage::Yours | Stage::Solved | Stage::Closed | Stage::Joined => return Rise::Nothing,
        Stage::Received | Stage::Work | Stage::Third(_) | Stage::Later(_) => {}
    }
    let level = last.map_or(0, |last| last.level);
    match due {
        _ if level >= 2 => Rise::NoMore,
        Some(due) if due < now => Rise::To(level + 1),
        Some(due) => Rise::NotBefore(due),
        None => Rise::Nothing,
    }
}
