//! What the operator may set about surveys.

use base::SignedDuration;

/// What the operator may set about surveys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurveysSettings {
    /// Whether customers are asked at all.
    pub enabled: bool,
    /// How long after a case was solved.
    pub delay: SignedDuration,
    /// A person is asked once in so long, however many cases they have.
    pub once_in: SignedDuration,
}

impl Default for SurveysSettings {
    fn default() -> SurveysSettings {
        SurveysSettings {
            enabled: true,
            delay: SignedDuration::from_hours(24),
            once_in: SignedDuration::from_hours(30 * 24),
        }
    }
}
