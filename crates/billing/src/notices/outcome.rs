//! How what a message tells is filed, thing by thing and all in all.

use base::id::{AttemptId, PaymentId};
use processor::Notice;

use super::notice::Filed;

/// A message of many lines has at most so many reasons written down.
const MOST_REASONS: usize = 20;

/// How one thing that a notice tells was filed.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) filed: Filed,
    pub(super) reason: Option<String>,
    pub(super) payment: Option<PaymentId>,
    pub(super) attempt: Option<AttemptId>,
}

impl Outcome {
    pub(super) fn of(filed: Filed, reason: impl Into<String>) -> Outcome {
        Outcome { filed, reason: Some(reason.into()), payment: None, attempt: None }
    }
}

/// The same fact may be told as provisional first and for good later, under one key.
pub(super) fn key(notice: &Notice) -> String {
    let suffix = if notice.provisional { "|provisional" } else { "" };
    format!("{}{suffix}", notice.dedupe)
}

/// One verdict over everything a message tells: what still waits first, then what was done.
pub(super) fn summed_up(outcomes: &[Outcome]) -> Outcome {
    let order = [
        Filed::Waiting,
        Filed::Unmatched,
        Filed::Rejected,
        Filed::Applied,
        Filed::Duplicate,
        Filed::Stale,
    ];
    let first =
        order.into_iter().find_map(|filed| outcomes.iter().find(|outcome| outcome.filed == filed));
    let Some(first) = first else { return Outcome::of(Filed::Stale, "it tells nothing") };
    let mut reasons: Vec<&str> =
        outcomes.iter().filter_map(|outcome| outcome.reason.as_deref()).collect();
    let more = reasons.len().saturating_sub(MOST_REASONS);
    reasons.truncate(MOST_REASONS);
    let mut reason = (!reasons.is_empty()).then(|| reasons.join("; "));
    if let Some(reason) = reason.as_mut().filter(|_| more > 0) {
        reason.push_str(&format!("; and {more} more"));
    }
    Outcome {
        filed: first.filed,
        reason,
        payment: outcomes.iter().find_map(|outcome| outcome.payment),
        attempt: outcomes.iter().find_map(|outcome| outcome.attempt),
    }
}
