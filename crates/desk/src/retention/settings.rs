//! What the operator may set about how long words are kept.

use base::SignedDuration;

use crate::cases::Origin;
use crate::people::Audience;

/// How long words are kept. What has no time is kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionSettings {
    /// What was said in a case, from when it was closed, unless a rule says otherwise.
    pub closed_cases: Option<SignedDuration>,
    /// Other times for some cases. The first rule that fits counts.
    pub rules: Vec<RetentionRule>,
    /// A case that is spam, from when somebody said so.
    pub spam: Option<SignedDuration>,
    /// How long a mail waits in quarantine until it is put away.
    pub quarantine: SignedDuration,
    /// The raw bytes of a mail, from when it was filed or put away.
    pub raw_mails: Option<SignedDuration>,
    /// The raw bytes of what a messenger brought, from when it came.
    pub raw_social: Option<SignedDuration>,
    /// The copy of a mail that went out, from when it was written.
    pub sent_mails: Option<SignedDuration>,
    /// A file that was handed in and never sent with anything.
    pub unsent_files: SignedDuration,
}

/// Another time for the cases it fits. What a rule leaves out fits every case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionRule {
    /// Which kind of problem.
    pub topic: Option<String>,
    /// Which way it came in.
    pub origin: Option<Origin>,
    /// Whose door it came through.
    pub audience: Option<Audience>,
    /// How long what was said is kept; for ever if there is no time.
    pub keep: Option<SignedDuration>,
}

/// What a rule looks at.
#[derive(Clone, Debug)]
pub(super) struct Sort {
    pub(super) topic: Option<String>,
    pub(super) origin: Origin,
    pub(super) audience: Audience,
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

impl Default for RetentionSettings {
    fn default() -> RetentionSettings {
        RetentionSettings {
            closed_cases: Some(days(730)),
            rules: Vec::new(),
            spam: Some(days(30)),
            quarantine: days(30),
            raw_mails: Some(days(90)),
            raw_social: Some(days(30)),
            sent_mails: Some(days(365)),
            unsent_files: days(2),
        }
    }
}

impl RetentionRule {
    fn fits(&self, case: &Sort) -> bool {
        self.topic.as_ref().is_none_or(|topic| Some(topic) == case.topic.as_ref())
            && self.origin.is_none_or(|origin| origin == case.origin)
            && self.audience.is_none_or(|audience| audience == case.audience)
    }
}

impl RetentionSettings {
    /// How long what was said in such a case is kept.
    pub(super) fn of(&self, case: &Sort) -> Option<SignedDuration> {
        let rule = self.rules.iter().find(|rule| rule.fits(case));
        rule.map_or(self.closed_cases, |rule| rule.keep)
    }

    /// The shortest time after which a closed case may be due.
    pub(super) fn shortest(&self) -> Option<SignedDuration> {
        let rules = self.rules.iter().filter_map(|rule| rule.keep);
        rules.chain(self.closed_cases).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_fits_says_how_long() {
        let settings = RetentionSettings {
            rules: vec![
                RetentionRule {
                    topic: Some("refund".into()),
                    keep: Some(days(3650)),
                    ..RetentionRule::default()
                },
                RetentionRule {
                    origin: Some(Origin::Chat),
                    keep: Some(days(90)),
                    ..RetentionRule::default()
                },
                RetentionRule { audience: Some(Audience::Studio), ..RetentionRule::default() },
            ],
            ..RetentionSettings::default()
        };
        let case = |topic: &str, origin, audience| {
            settings.of(&Sort { topic: Some(topic.into()), origin, audience })
        };
        assert_eq!(case("refund", Origin::Chat, Audience::Customer), Some(days(3650)));
        assert_eq!(case("tokens", Origin::Chat, Audience::Studio), Some(days(90)));
        assert_eq!(case("tokens", Origin::Mail, Audience::Studio), None, "for ever");
        assert_eq!(case("tokens", Origin::Mail, Audience::Customer), Some(days(730)));
        assert_eq!(settings.shortest(), Some(days(90)));
    }
}
