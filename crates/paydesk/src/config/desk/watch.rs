//! `[desk.watch]`: when billing facts become cases.

use base::SignedDuration;
use desk::WatchSettings;
use serde::Deserialize;

/// When billing facts become cases.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Watch {
    /// How long nobody may know the outcome of a payment; 24 unless given.
    pub unknown_hours: Option<u16>,
    /// How long a notice may fit nothing; 4 unless given.
    pub unmatched_hours: Option<u16>,
    /// How many open cases a rule makes at most; 50 unless given.
    pub most_open: Option<u16>,
    /// How long a processor does well before an incident is over; 10 unless given.
    pub calm_minutes: Option<u16>,
}

impl Watch {
    /// The same as the desk takes it.
    #[must_use]
    pub fn settings(&self) -> WatchSettings {
        let usual = WatchSettings::default();
        let hours = |own: Option<u16>, usual| {
            own.map_or(usual, |hours| SignedDuration::from_hours(i64::from(hours)))
        };
        WatchSettings {
            unknown_after: hours(self.unknown_hours, usual.unknown_after),
            unmatched_after: hours(self.unmatched_hours, usual.unmatched_after),
            most_open: self.most_open.map_or(usual.most_open, u32::from),
            calm_after: self
                .calm_minutes
                .map_or(usual.calm_after, |minutes| SignedDuration::from_mins(i64::from(minutes))),
        }
    }
}
