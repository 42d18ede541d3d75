//! When an answer is due, as long as nobody has said which hours staff work.

use base::{SignedDuration, Timestamp};

use super::Case;

/// What is due when an answer is.
const ANSWER: &str = "answer";

/// What is promised: an answer within two days.
const WITHIN: SignedDuration = SignedDuration::from_hours(48);

/// When what is asked now is answered at the latest.
#[must_use]
pub fn promise(now: Timestamp) -> Timestamp {
    now.checked_add(WITHIN).unwrap_or(now)
}

/// Whoever asked waits for an answer from now on, unless they did already.
pub(super) fn owes_answer(case: &mut Case, since: Timestamp) {
    if case.due_at.is_none() {
        case.due_at = Some(promise(since));
        case.due_kind = Some(ANSWER.to_owned());
    }
}

/// Nothing is due: it was answered, or is done.
pub(super) fn owes_nothing(case: &mut Case) {
    case.due_at = None;
    case.due_kind = None;
}
