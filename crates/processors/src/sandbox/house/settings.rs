//! How the house behaves, changed by tests while it runs.

use base::time::SignedDuration;
use serde::{Deserialize, Serialize};

/// Settings of the house. `PUT /sandbox/api/settings` replaces them, `DELETE` sets them back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How long an asynchronous payment or refund stays pending.
    pub delay_ms: u32,
    /// How late a late postback comes.
    pub late_ms: u32,
    /// How long after the payment a dispute comes.
    pub dispute_ms: u32,
    /// How long the house stays silent before it gives up with a 504.
    pub hang_ms: u32,
    /// How long an open sale may be paid; then it has expired.
    pub open_minutes: u32,
    /// How many more times each postback is sent.
    pub duplicates: u32,
    /// How many of the next postbacks are lost on the way.
    pub drop_postbacks: u32,
    /// How many of the next calls to the API fail with a 500 before anything is done.
    pub fail_next: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            delay_ms: 5_000,
            late_ms: 20_000,
            dispute_ms: 10_000,
            hang_ms: 0,
            open_minutes: 30,
            duplicates: 0,
            drop_postbacks: 0,
            fail_next: 0,
        }
    }
}

impl Settings {
    /// How long an open sale may be paid.
    pub(super) fn open_for(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.open_minutes))
    }
}

/// So many milliseconds.
pub(super) fn millis(count: u32) -> SignedDuration {
    SignedDuration::from_millis(i64::from(count))
}
