//! When an answer is due, where nobody can be asked which hours staff work.

use base::{SignedDuration, Timestamp};

/// What is promised: an answer within two days.
const WITHIN: SignedDuration = SignedDuration::from_hours(48);

/// When what is asked now is answered at the latest.
#[must_use]
pub fn promise(now: Timestamp) -> Timestamp {
    now.checked_add(WITHIN).unwrap_or(now)
}
