//! How an account has fared lately, from what is stored: for the console, on every node the same.

use base::{Fault, SignedDuration, Timestamp};
use store::Reads;

use super::rows;
use crate::notices::Filed;
use crate::payments::AttemptState;

/// The attempts of the last 24 hours by how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastDay {
    /// Collected.
    pub captured: i64,
    /// Under way: the customer or the house has not decided.
    pub open: i64,
    /// A no.
    pub declined: i64,
    /// Nobody acted, or it was undone.
    pub left: i64,
    /// Not executed.
    pub not_executed: i64,
    /// Nobody knows.
    pub unknown: i64,
}

impl LastDay {
    /// All of them.
    #[must_use]
    pub const fn all(&self) -> i64 {
        let LastDay { captured, open, declined, left, not_executed, unknown } = *self;
        captured + open + declined + left + not_executed + unknown
    }
}

/// The last 24 hours of an account.
///
/// # Errors
/// A fault if the database fails.
pub async fn last_day(
    reads: &mut impl Reads,
    account: &str,
    now: Timestamp,
) -> Result<LastDay, Fault> {
    let since = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    lately(reads, account, since).await
}

/// The attempts of an account since a time, by how they stand.
///
/// # Errors
/// A fault if the database fails.
pub async fn lately(
    reads: &mut impl Reads,
    account: &str,
    since: Timestamp,
) -> Result<LastDay, Fault> {
    let mut day = LastDay::default();
    for (state, many) in rows::states_since(reads, account, since).await? {
        *match state {
            AttemptState::Captured => &mut day.captured,
            AttemptState::Created
            | AttemptState::Sent
            | AttemptState::ActionRequired
            | AttemptState::Pending
            | AttemptState::Authorized => &mut day.open,
            AttemptState::Declined => &mut day.declined,
            AttemptState::Voided | AttemptState::Expired => &mut day.left,
            AttemptState::NotExecuted => &mut day.not_executed,
            AttemptState::Unknown => &mut day.unknown,
        } += many;
    }
    Ok(day)
}

/// When the newest notice of an account came in.
///
/// # Errors
/// A fault if the database fails.
pub async fn last_notice(
    reads: &mut impl Reads,
    account: &str,
) -> Result<Option<Timestamp>, Fault> {
    let mut last = None;
    // One look into the index for each way of filing, however many notices there are.
    for filed in Filed::ALL {
        last = last.max(rows::last_filed(reads, account, *filed).await?);
    }
    Ok(last)
}
