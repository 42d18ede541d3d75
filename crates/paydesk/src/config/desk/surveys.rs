//! `[desk.surveys]`: whether and when customers are asked how we did.

use base::SignedDuration;
use desk::SurveysSettings;
use serde::Deserialize;

/// The longest delay, in hours.
const LONGEST_DELAY: i64 = 168;
/// The longest time in which a person is asked once, in days.
const LONGEST_ONCE: i64 = 365;

/// When customers are asked how we did.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Surveys {
    /// Whether they are asked at all.
    pub enabled: bool,
    /// How many hours after a case was solved.
    pub delay_hours: i64,
    /// In how many days a person is asked once at most.
    pub once_in_days: i64,
}

impl Default for Surveys {
    fn default() -> Surveys {
        Surveys { enabled: true, delay_hours: 24, once_in_days: 30 }
    }
}

impl Surveys {
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator that names the field.
    pub fn settings(self) -> Result<SurveysSettings, String> {
        if !(1..=LONGEST_DELAY).contains(&self.delay_hours) {
            return Err(format!("delay_hours is a number from 1 to {LONGEST_DELAY}"));
        }
        if !(1..=LONGEST_ONCE).contains(&self.once_in_days) {
            return Err(format!("once_in_days is a number from 1 to {LONGEST_ONCE}"));
        }
        Ok(SurveysSettings {
            enabled: self.enabled,
            delay: SignedDuration::from_hours(self.delay_hours),
            once_in: SignedDuration::from_hours(self.once_in_days * 24),
        })
    }
}
