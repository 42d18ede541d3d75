//! What customers are promised: which clocks run, how long, and when somebody is warned.

use std::collections::BTreeSet;

use base::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Hours};
use crate::cases::Priority;

/// What is promised, as the operator writes it and as it is kept.
///
/// A change holds from now on: clocks that run keep the promise they began with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Promises {
    /// Where staff sit, as `Europe/Copenhagen`.
    pub zone: String,
    /// Hours of each day from Monday to Sunday, as `09:00-17:00`.
    pub week: [Vec<String>; 7],
    /// Days on which nobody works, as `2026-12-25`.
    pub holidays: Vec<String>,
    /// The first answer.
    pub first_answer: Target,
    /// Every later answer to something a customer wrote.
    pub next_answer: Target,
    /// The end of the matter; not promised by default.
    pub solution: Option<Target>,
    /// Urgent cases, where they are promised more.
    pub urgent: Option<Target>,
}

/// How much working time one promise has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Staff are warned after so many minutes.
    pub warn_minutes: i64,
    /// The promise is broken after so many minutes.
    pub breach_minutes: i64,
}

impl Target {
    /// Warned at a day, broken at two: an answer within one to two days.
    pub const TWO_DAYS: Target = Target { warn_minutes: 24 * 60, breach_minutes: 48 * 60 };

    /// When to warn.
    #[must_use]
    pub const fn warn(self) -> SignedDuration {
        SignedDuration::from_mins(self.warn_minutes)
    }

    /// When it is broken.
    #[must_use]
    pub const fn breach(self) -> SignedDuration {
        SignedDuration::from_mins(self.breach_minutes)
    }

    fn check(self, name: &str) -> Result<(), String> {
        let year = 366 * 24 * 60;
        let sound = 0 < self.warn_minutes
            && self.warn_minutes <= self.breach_minutes
            && self.breach_minutes <= year;
        if sound {
            return Ok(());
        }
        Err(format!("{name}: warn before it is broken, within a year, both over 0 minutes"))
    }
}

impl Default for Promises {
    fn default() -> Promises {
        Promises {
            zone: "UTC".to_owned(),
            week: std::array::from_fn(|_| vec!["00:00-24:00".to_owned()]),
            holidays: Vec::new(),
            first_answer: Target::TWO_DAYS,
            next_answer: Target::TWO_DAYS,
            solution: None,
            urgent: None,
        }
    }
}

/// A promise that a clock watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The first answer by a person.
    FirstAnswer,
    /// An answer to what the customer wrote since.
    NextAnswer,
    /// The end of the matter.
    Solution,
    /// A date that somebody else set, a bank for instance: no calendar, no pausing.
    Hard,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::FirstAnswer, Kind::NextAnswer, Kind::Solution, Kind::Hard];

    /// The word it is stored and shown as.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::FirstAnswer => "first_answer",
            Kind::NextAnswer => "next_answer",
            Kind::Solution => "solution",
            Kind::Hard => "hard",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Kind, &'static str> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or("no kind of promise")
    }
}

impl Promises {
    /// The calendar that is meant.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn calendar(&self) -> Result<Calendar, String> {
        let zone = TimeZone::get(&self.zone).map_err(|_| {
            format!("zone: {} is no time zone such as Europe/Copenhagen", self.zone)
        })?;
        let mut week: [Vec<Hours>; 7] = Default::default();
        for (nth, day) in self.week.iter().enumerate() {
            week[nth] = day.iter().map(|text| Hours::read(text)).collect::<Result<_, _>>()?;
        }
        let day = |text: &String| {
            text.parse::<Date>().map_err(|_| format!("holidays: {text} is no day as 2026-12-25"))
        };
        Calendar::new(
            zone,
            week,
            self.holidays.iter().map(day).collect::<Result<BTreeSet<_>, _>>()?,
        )
    }

    /// Whether it can be kept at all.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn check(&self) -> Result<(), String> {
        self.calendar()?;
        self.first_answer.check("first_answer")?;
        self.next_answer.check("next_answer")?;
        self.solution.map_or(Ok(()), |target| target.check("solution"))?;
        self.urgent.map_or(Ok(()), |target| target.check("urgent"))
    }

    /// What is promised of that kind, if anything.
    #[must_use]
    pub fn target(&self, kind: Kind, priority: Priority) -> Option<Target> {
        let answer = |usual| self.urgent.filter(|_| priority == Priority::Urgent).unwrap_or(usual);
        match kind {
            Kind::FirstAnswer => Some(answer(self.first_answer)),
            Kind::NextAnswer => Some(answer(self.next_answer)),
            Kind::Solution => self.solution,
            Kind::Hard => None,
        }
    }
}
