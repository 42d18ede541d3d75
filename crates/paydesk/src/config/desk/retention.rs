//! `[desk.retention]`: how long words are kept. The books are kept whatever is written here.

use base::SignedDuration;
use desk::cases::Origin;
use desk::people::Audience;
use desk::{RetentionRule, RetentionSettings};
use serde::Deserialize;

/// The longest time that is no mistake, in days: a hundred years.
const LONGEST: u32 = 36_500;

/// How long words are kept, in days unless the name says otherwise; 0 days: for ever.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// What was said in a case, from when it was closed; 730 unless given.
    pub closed_case_days: Option<u32>,
    /// A case that is spam, from when somebody said so; 30 unless given.
    pub spam_days: Option<u32>,
    /// How long a mail waits in quarantine until it is put away; 30 unless given. Never for ever.
    pub quarantine_days: Option<u32>,
    /// The raw bytes of a mail, from when it was filed or put away; 90 unless given.
    pub raw_mail_days: Option<u32>,
    /// The raw bytes of what a messenger brought, from when it came; 30 unless given.
    pub raw_social_days: Option<u32>,
    /// The copy of a mail that went out, from when it was written; 365 unless given.
    pub sent_mail_days: Option<u32>,
    /// A file that was handed in and never sent; 48 unless given. Never for ever.
    pub unsent_file_hours: Option<u32>,
    /// Other times for some cases: the first that fits counts.
    pub rules: Vec<Rule>,
}

/// Another time for the cases it fits. It names one of topic, origin and audience at least.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which kind of problem, by its key.
    #[serde(default)]
    pub topic: Option<String>,
    /// Which way it came in: `form`, `mail`, `chat`, `whatsapp`, `telegram`, `phone`, ...
    #[serde(default)]
    pub origin: Option<Origin>,
    /// Whose door it came through: `customer`, `creator` or `studio`.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// How long what was said is kept after closing.
    pub days: u32,
}

impl Retention {
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator that names the field.
    pub fn settings(&self) -> Result<RetentionSettings, String> {
        let usual = RetentionSettings::default();
        let kept = |name: &str, own: Option<u32>, usual: Option<SignedDuration>| match own {
            Some(given) => days(name, given),
            None => Ok(usual),
        };
        let quarantine = kept("quarantine_days", self.quarantine_days, Some(usual.quarantine))?;
        let quarantine = quarantine.ok_or("quarantine_days is 1 or more")?;
        let unsent_files = match self.unsent_file_hours {
            Some(hours) if (1..=24 * 365).contains(&hours) => {
                SignedDuration::from_hours(i64::from(hours))
            }
            Some(_) => return Err("unsent_file_hours is a number from 1 to 8760".to_owned()),
            None => usual.unsent_files,
        };
        Ok(RetentionSettings {
            closed_cases: kept("closed_case_days", self.closed_case_days, usual.closed_cases)?,
            rules: self.rules.iter().map(Rule::read).collect::<Result<_, _>>()?,
            spam: kept("spam_days", self.spam_days, usual.spam)?,
            quarantine,
            raw_mails: kept("raw_mail_days", self.raw_mail_days, usual.raw_mails)?,
            raw_social: kept("raw_social_days", self.raw_social_days, usual.raw_social)?,
            sent_mails: kept("sent_mail_days", self.sent_mail_days, usual.sent_mails)?,
            unsent_files,
        })
    }
}

impl Rule {
    fn read(&self) -> Result<RetentionRule, String> {
        if self.topic.is_none() && self.origin.is_none() && self.audience.is_none() {
            return Err("rules: name a topic, an origin or an audience".to_owned());
        }
        Ok(RetentionRule {
            topic: self.topic.clone(),
            origin: self.origin,
            audience: self.audience,
            keep: days("rules: days", self.days)?,
        })
    }
}

fn days(name: &str, given: u32) -> Result<Option<SignedDuration>, String> {
    match given {
        0 => Ok(None),
        1..=LONGEST => Ok(Some(SignedDuration::from_hours(24 * i64::from(given)))),
        _ => Err(format!("{name} is a number from 0 to {LONGEST}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<RetentionSettings, String> {
        toml::from_str::<Retention>(text).unwrap().settings()
    }

    #[test]
    fn what_is_not_given_is_as_usual_and_nought_is_for_ever() {
        assert_eq!(read("").unwrap(), RetentionSettings::default());
        let own = read(
            "closed_case_days = 0\nspam_days = 7\nunsent_file_hours = 6\n\
             [[rules]]\ntopic = 'refund'\ndays = 3650\n[[rules]]\norigin = 'chat'\ndays = 0",
        );
        let own = own.unwrap();
        assert_eq!((own.closed_cases, own.spam), (None, Some(SignedDuration::from_hours(168))));
        assert_eq!(own.unsent_files, SignedDuration::from_hours(6));
        assert_eq!(own.rules[0].topic.as_deref(), Some("refund"));
        assert_eq!((own.rules[1].origin, own.rules[1].keep), (Some(Origin::Chat), None));
    }

    #[test]
    fn what_makes_no_sense_is_said_with_its_name() {
        for (text, part) in [
            ("spam_days = 40000", "spam_days"),
            ("quarantine_days = 0", "quarantine_days"),
            ("unsent_file_hours = 0", "unsent_file_hours"),
            ("[[rules]]\ndays = 5", "rules: name"),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(part), "{said}");
        }
        assert!(toml::from_str::<Retention>("[[rules]]\norigin = 'pigeon'\ndays = 5").is_err());
    }
}
