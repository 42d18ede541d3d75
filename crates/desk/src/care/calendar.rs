//! When staff work: hours of each day of the week, holidays, and the arithmetic of working time.
//!
//! Due times are kept as instants. Hours are applied to each local day by itself, so a day on
//! which the clocks change has 23 or 25 hours and nothing drifts.

use std::collections::BTreeSet;

use base::{SignedDuration, Timestamp};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Past so many days nobody works: a calendar without hours has no due time.
const FURTHEST: u32 = 3_700;

/// A part of a day on which staff work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    from: Time,
    /// Midnight stands for the end of the day.
    to: Time,
}

impl Hours {
    /// The whole day.
    pub const ALL_DAY: Hours = Hours { from: Time::midnight(), to: Time::midnight() };

    /// Reads `09:00-17:30`; `24:00` is the end of the day.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn read(text: &str) -> Result<Hours, String> {
        let wrong = || format!("{text} is no part of a day such as 09:00-17:30");
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        let time = |text: &str| match text.trim() {
            "24:00" => Ok(Time::midnight()),
            text => Time::strptime("%H:%M", text).map_err(|_| wrong()),
        };
        let hours = Hours { from: time(from)?, to: time(to)? };
        let ends = hours.to == Time::midnight();
        if from.trim() == "24:00" || (!ends && hours.to <= hours.from) {
            return Err(format!("{text} ends before it begins"));
        }
        Ok(hours)
    }

    /// The instants it lasts from and to on that day; none where the day lacks it.
    fn on(self, day: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let last = if self.to == Time::midnight() { day.tomorrow().ok()? } else { day };
        let from = zone.to_timestamp(day.to_datetime(self.from)).ok()?;
        let to = zone.to_timestamp(last.to_datetime(self.to)).ok()?;
        (from < to).then_some((from, to))
    }
}

/// When staff work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: TimeZone,
    /// From Monday to Sunday.
    week: [Vec<Hours>; 7],
    holidays: BTreeSet<Date>,
}

impl Default for Calendar {
    /// Around the clock, every day.
    fn default() -> Calendar {
        let week = std::array::from_fn(|_| vec![Hours::ALL_DAY]);
        Calendar { zone: TimeZone::UTC, week, holidays: BTreeSet::new() }
    }
}

impl Calendar {
    /// A calendar in that zone; the parts of a day are put in order.
    ///
    /// # Errors
    /// A sentence for the operator if parts of a day overlap, or nobody ever works.
    pub fn new(
        zone: TimeZone,
        mut week: [Vec<Hours>; 7],
        holidays: BTreeSet<Date>,
    ) -> Result<Calendar, String> {
        for day in &mut week {
            day.sort_by_key(|hours| hours.from);
            let apart = |two: &[Hours]| two[0].to != Time::midnight() && two[0].to <= two[1].from;
            if !day.windows(2).all(apart) {
                return Err("the hours of a day overlap".to_owned());
            }
        }
        if week.iter().all(Vec::is_empty) {
            return Err("somebody must work on some day of the week".to_owned());
        }
        Ok(Calendar { zone, week, holidays })
    }

    /// Where staff sit.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether staff work at that instant.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        let day = at.to_zoned(self.zone.clone()).date();
        self.spans(day).any(|(from, to)| from <= at && at < to)
    }

    /// When staff begin to work next, at an instant at which they do not; none if they never do.
    #[must_use]
    pub fn opens(&self, after: Timestamp) -> Option<Timestamp> {
        self.walk(after).map(|(begin, _)| begin).find(|begin| *begin > after)
    }

    /// The instant by which so much working time has passed since `from`.
    ///
    /// Nothing to work is over at once. A calendar that ends (ten years without an hour) gives the
    /// end of time.
    #[must_use]
    pub fn after(&self, from: Timestamp, work: SignedDuration) -> Timestamp {
        let mut left = work;
        if !left.is_positive() {
            return from;
        }
        for (begin, end) in self.walk(from) {
            let begin = begin.max(from);
            let span = end.duration_since(begin);
            if left <= span {
                return begin.checked_add(left).unwrap_or(Timestamp::MAX);
            }
            left -= span;
        }
        Timestamp::MAX
    }

    /// How much working time lies between two instants; none if the second is not later.
    #[must_use]
    pub fn worked(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        self.walk(from)
            .take_while(|(begin, _)| *begin < to)
            .map(|(begin, end)| end.min(to).duration_since(begin.max(from)))
            .filter(|span| span.is_positive())
            .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
    }

    /// The spans of working time that end after `from`, in order.
    fn walk(&self, from: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        // The day before too: where a zone skips midnight, its last span may reach over.
        let first = from.to_zoned(self.zone.clone()).date();
        let first = first.yesterday().unwrap_or(first);
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        let spans = days.take(FURTHEST as usize).flat_map(move |day| self.spans(day));
        spans.filter(move |(_, end)| *end > from)
    }

    fn spans(&self, day: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let nth = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        let works = !self.holidays.contains(&day);
        let hours = self.week[nth].iter().filter(move |_| works);
        hours.filter_map(move |hours| hours.on(day, &self.zone))
    }
}
