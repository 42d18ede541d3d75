//! What the operator may set about billing facts that become cases.

use base::SignedDuration;

/// What the operator may set about billing facts that become cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchSettings {
    /// How long nobody may know the outcome of a payment before staff are asked.
    pub unknown_after: SignedDuration,
    /// How long a notice may fit nothing before finance is asked.
    pub unmatched_after: SignedDuration,
    /// How many open cases a rule makes at most; one more case tells of the rest.
    pub most_open: u32,
    /// How long a processor must do well before an incident is over.
    pub calm_after: SignedDuration,
}

impl Default for WatchSettings {
    fn default() -> WatchSettings {
        WatchSettings {
            unknown_after: SignedDuration::from_hours(24),
            unmatched_after: SignedDuration::from_hours(4),
            most_open: 50,
            calm_after: SignedDuration::from_mins(10),
        }
    }
}
