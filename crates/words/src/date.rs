//! How a language writes a day and a time of day.
//!
//! A time is a point on the clock of the whole world; which day that is depends on where the
//! reader sits. So every function takes the reader's time zone.

use base::{Language, Timestamp};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_time::{DateTime, Time};
use jiff::Zoned;
use jiff::tz::TimeZone;

use crate::per_language::{PerLanguage, locale_of};

static DAYS: PerLanguage<Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>> =
    PerLanguage::new();
static TIMES: PerLanguage<Option<FixedCalendarDateTimeFormatter<Gregorian, YMDT>>> =
    PerLanguage::new();

/// The day: `March 9, 2026`, `9. marts 2026`.
#[must_use]
pub fn date(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    write_date(language, &at).unwrap_or_else(|| at.strftime("%F").to_string())
}

/// The day and the time to the minute: `9. marts 2026 kl. 16.09`.
#[must_use]
pub fn date_time(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    write_date_time(language, &at).unwrap_or_else(|| at.strftime("%F %H:%M").to_string())
}

/// The day, the time and the zone it is meant in, for anything that ends at a certain time.
#[must_use]
pub fn deadline(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let time = date_time(language, at, zone);
    let zone = at.to_zoned(zone.clone()).strftime("%Z").to_string();
    format!("{time}\u{a0}{zone}")
}

fn write_date(language: Language, at: &Zoned) -> Option<String> {
    let formatter = DAYS.get(language, || {
        FixedCalendarDateTimeFormatter::try_new(locale_of(language).into(), YMD::long()).ok()
    });
    Some(formatter.as_ref()?.format(&day(at)?).to_string())
}

fn write_date_time(language: Language, at: &Zoned) -> Option<String> {
    let formatter = TIMES.get(language, || {
        let fields = YMD::long().with_time_hm();
        FixedCalendarDateTimeFormatter::try_new(locale_of(language).into(), fields).ok()
    });
    let moment = DateTime { date: day(at)?, time: time_of_day(at)? };
    Some(formatter.as_ref()?.format(&moment).to_string())
}

fn day(at: &Zoned) -> Option<Date<Gregorian>> {
    let month = u8::try_from(at.month()).ok()?;
    let day = u8::try_from(at.day()).ok()?;
    Date::try_new_gregorian(i32::from(at.year()), month, day).ok()
}

fn time_of_day(at: &Zoned) -> Option<Time> {
    let hour = u8::try_from(at.hour()).ok()?;
    let minute = u8::try_from(at.minute()).ok()?;
    Time::try_new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nine_past_four() -> Timestamp {
        "2026-03-09T16:09:59Z".parse().unwrap()
    }

    #[test]
    fn each_language_writes_the_day_and_the_time() {
        let table = [
            (Language::En, "March 9, 2026", "March 9, 2026 at 4:09\u{202f}PM"),
            (Language::Fr, "9 mars 2026", "9 mars 2026 à 16:09"),
            (Language::De, "9. März 2026", "9. März 2026 um 16:09"),
            (Language::Da, "9. marts 2026", "9. marts 2026 kl. 16.09"),
            (Language::Fil, "Marso 9, 2026", "Marso 9, 2026 nang 4:09\u{202f}PM"),
        ];
        for (language, day, moment) in table {
            assert_eq!(date(language, nine_past_four(), &TimeZone::UTC), day);
            assert_eq!(date_time(language, nine_past_four(), &TimeZone::UTC), moment);
        }
    }

    #[test]
    fn the_day_is_the_one_where_the_reader_sits() {
        let manila = TimeZone::get("Asia/Manila").unwrap();
        assert_eq!(date(Language::En, nine_past_four(), &manila), "March 10, 2026");
    }

    #[test]
    fn a_deadline_names_its_zone() {
        let copenhagen = TimeZone::get("Europe/Copenhagen").unwrap();
        assert_eq!(
            deadline(Language::Da, nine_past_four(), &copenhagen),
            "9. marts 2026 kl. 17.09\u{a0}CET"
        );
        let end = deadline(Language::En, nine_past_four(), &TimeZone::UTC);
        assert!(end.ends_with("\u{a0}UTC"), "{end}");
    }

    #[test]
    fn the_ends_of_time_are_written_too() {
        for at in [Timestamp::MIN, Timestamp::MAX] {
            assert!(!date_time(Language::Fil, at, &TimeZone::UTC).is_empty());
        }
    }
}
