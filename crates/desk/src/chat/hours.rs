//! When the desk answers at once: hours of the week in one zone.

use base::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Hours of the week in one zone.
#[derive(Clone, Debug)]
pub struct Hours {
    zone: TimeZone,
    /// Monday first; spans of minutes of the day, the end not included.
    week: [Vec<(u16, u16)>; 7],
}

/// The hours cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHours {
    /// The zone is not known.
    #[error("{0} is no time zone such as Europe/Copenhagen")]
    Zone(String),
    /// A day's hours are written wrongly.
    #[error("{0} is not written like 09:00-17:30, nor several of these with commas")]
    Span(String),
}

const DAY: u16 = 24 * 60;

impl Hours {
    /// Open day and night.
    #[must_use]
    pub fn always() -> Hours {
        Hours { zone: TimeZone::UTC, week: std::array::from_fn(|_| vec![(0, DAY)]) }
    }

    /// Reads a zone's name and the hours of seven days, Monday first: `09:00-12:00, 13:00-17:00`,
    /// or nothing for a day off.
    ///
    /// # Errors
    /// [`NotHours`], with what cannot be read.
    pub fn read(zone: &str, week: [&str; 7]) -> Result<Hours, NotHours> {
        let zone = TimeZone::get(zone).map_err(|_| NotHours::Zone(zone.to_owned()))?;
        let mut read: [Vec<(u16, u16)>; 7] = Default::default();
        for (day, text) in read.iter_mut().zip(week) {
            let spans = text.split(',').map(str::trim).filter(|span| !span.is_empty());
            for span in spans {
                day.push(minutes(span).ok_or_else(|| NotHours::Span(span.to_owned()))?);
            }
            day.sort_unstable();
        }
        Ok(Hours { zone, week: read })
    }

    /// Whether the desk is open then.
    #[must_use]
    pub fn are_open(&self, at: Timestamp) -> bool {
        let there = at.to_zoned(self.zone.clone());
        let minute = there.hour() as u16 * 60 + there.minute() as u16;
        self.of(there.date()).iter().any(|(from, to)| (*from..*to).contains(&minute))
    }

    /// When it opens next, if it is closed now and ever opens.
    #[must_use]
    pub fn opens(&self, after: Timestamp) -> Option<Timestamp> {
        let mut date = after.to_zoned(self.zone.clone()).date();
        for _ in 0..8 {
            for (from, _) in self.of(date) {
                let hour = i8::try_from(from / 60).ok()?;
                let minute = i8::try_from(from % 60).ok()?;
                let time = Time::new(hour, minute, 0, 0).ok()?;
                let opens = date.to_datetime(time).to_zoned(self.zone.clone()).ok()?.timestamp();
                if opens > after {
                    return Some(opens);
                }
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }

    /// The zone the hours are in.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn of(&self, date: Date) -> &[(u16, u16)] {
        let day = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        &self.week[day]
    }
}

/// `09:00-17:30` as minutes of the day; the end may be 24:00.
fn minutes(span: &str) -> Option<(u16, u16)> {
    let minute = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let whole = hour * 60 + minute;
        (hour <= 24 && minute < 60 && whole <= DAY).then_some(whole)
    };
    let (from, to) = span.split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < to && from < DAY).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> Hours {
        let day = "13:00-17:00, 09:00-12:00";
        Hours::read("Europe/Copenhagen", [day, day, day, day, "09:00-15:00", "", ""]).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_desk_is_open_in_its_own_zone() {
        let table = [
            ("2026-11-20T07:59:00Z", false),
            ("2026-11-20T08:00:00Z", true),
            ("2026-11-20T13:59:00Z", true),
            ("2026-11-20T14:00:00Z", false),
            // In summer the same clock is an hour earlier.
            ("2026-07-13T07:00:00Z", true),
            ("2026-07-13T10:30:00Z", false),
            ("2026-11-21T10:00:00Z", false),
        ];
        for (time, open) in table {
            assert_eq!(office().are_open(at(time)), open, "{time}");
        }
        assert!(Hours::always().are_open(at("2026-11-21T03:00:00Z")));
    }

    #[test]
    fn it_says_when_it_opens_next() {
        let table = [
            ("2026-11-20T07:00:00Z", "2026-11-20T08:00:00Z"),
            ("2026-11-19T11:30:00Z", "2026-11-19T12:00:00Z"),
            // Friday afternoon: on Monday.
            ("2026-11-20T14:00:00Z", "2026-11-23T08:00:00Z"),
        ];
        for (time, opens) in table {
            assert_eq!(office().opens(at(time)), Some(at(opens)), "{time}");
        }
        let never = Hours::read("UTC", [""; 7]).unwrap();
        assert_eq!(never.opens(at("2026-11-20T14:00:00Z")), None);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for span in ["9-17", "17:00-09:00", "09:00-25:00", "24:00-24:00", "nine"] {
            let read = Hours::read("UTC", [span, "", "", "", "", "", ""]);
            assert_eq!(read.unwrap_err(), NotHours::Span(span.into()));
        }
        let zone = Hours::read("Mars/Base", [""; 7]).unwrap_err();
        assert_eq!(zone, NotHours::Zone("Mars/Base".into()));
    }
}
