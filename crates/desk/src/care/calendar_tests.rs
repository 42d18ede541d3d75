//! Working time, over weekends, holidays and changes of the clock.

use base::{SignedDuration, Timestamp};
use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::calendar::{Calendar, Hours};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

fn office() -> Calendar {
    let day = || vec![Hours::read("13:00-17:00").unwrap(), Hours::read("09:00-12:00").unwrap()];
    let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
    let zone = TimeZone::get("Europe/Copenhagen").unwrap();
    Calendar::new(zone, week, [date(2026, 12, 25)].into()).unwrap()
}

fn weekdays() -> Calendar {
    let day = || vec![Hours::ALL_DAY];
    let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
    let zone = TimeZone::get("Europe/Copenhagen").unwrap();
    Calendar::new(zone, week, [].into()).unwrap()
}

#[test]
fn around_the_clock_a_working_hour_is_an_hour() {
    let calendar = Calendar::default();
    let from = at("2026-05-01T22:30:00Z");
    assert_eq!(calendar.after(from, hours(48)), at("2026-05-03T22:30:00Z"));
    assert_eq!(calendar.worked(from, at("2026-05-03T22:30:00Z")), hours(48));
}

#[test]
fn nights_weekends_and_holidays_are_left_out() {
    let table = [
        // Thursday 11:00 local: one hour until lunch, one behind it.
        ("2026-12-24T10:00:00Z", 2, "2026-12-24T13:00:00Z"),
        // Friday is a holiday, then comes the weekend.
        ("2026-12-24T15:00:00Z", 2, "2026-12-28T09:00:00Z"),
        // Written at night, counted from the morning.
        ("2026-12-21T22:00:00Z", 3, "2026-12-22T11:00:00Z"),
        // A whole week of five times seven hours.
        ("2026-11-30T08:00:00Z", 35, "2026-12-04T16:00:00Z"),
    ];
    for (from, work, due) in table {
        assert_eq!(office().after(at(from), hours(work)), at(due), "{from} + {work} h");
        assert_eq!(office().worked(at(from), at(due)), hours(work), "{from} to {due}");
    }
}

#[test]
fn it_tells_whether_staff_work_and_when_they_begin_next() {
    let table = [
        ("2026-11-20T07:59:00Z", false, Some("2026-11-20T08:00:00Z")),
        ("2026-11-20T08:00:00Z", true, None),
        // Lunch.
        ("2026-11-19T11:30:00Z", false, Some("2026-11-19T12:00:00Z")),
        // Friday evening: on Monday.
        ("2026-11-20T16:00:00Z", false, Some("2026-11-23T08:00:00Z")),
        // In summer the same clock is an hour earlier.
        ("2026-07-13T06:30:00Z", false, Some("2026-07-13T07:00:00Z")),
        ("2026-07-13T07:00:00Z", true, None),
        // Friday is a holiday, then comes the weekend.
        ("2026-12-24T16:00:00Z", false, Some("2026-12-28T08:00:00Z")),
        ("2026-12-25T10:00:00Z", false, Some("2026-12-28T08:00:00Z")),
    ];
    for (time, open, opens) in table {
        assert_eq!(office().is_open(at(time)), open, "{time}");
        if let Some(opens) = opens {
            assert_eq!(office().opens(at(time)), Some(at(opens)), "{time}");
        }
    }
    assert!(Calendar::default().is_open(at("2026-11-21T03:00:00Z")));
}

#[test]
fn a_day_on_which_the_clocks_change_has_23_or_25_hours() {
    let mut week: [Vec<Hours>; 7] = Default::default();
    week[6] = vec![Hours::ALL_DAY];
    let zone = TimeZone::get("Europe/Copenhagen").unwrap();
    let sundays = Calendar::new(zone, week, [].into()).unwrap();
    let spring = (at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"));
    assert_eq!(sundays.worked(spring.0, spring.1), hours(23));
    let autumn = (at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z"));
    assert_eq!(sundays.worked(autumn.0, autumn.1), hours(25));
    // Two working days of a public promise do not drift over the change.
    let friday = at("2026-03-27T11:00:00Z");
    assert_eq!(weekdays().after(friday, hours(48)), at("2026-03-31T10:00:00Z"));
}

#[test]
fn bad_hours_are_refused_with_a_sentence() {
    for text in ["", "9", "17:00-09:00", "09:00-09:00", "24:00-24:00", "09:00-25:00", "a-b"] {
        assert!(Hours::read(text).is_err(), "{text}");
    }
    assert!(Hours::read("00:00-24:00").is_ok() && Hours::read(" 09:00 - 12:30 ").is_ok());
    let none: [Vec<Hours>; 7] = Default::default();
    assert!(Calendar::new(TimeZone::UTC, none, [].into()).is_err());
    let mut twice: [Vec<Hours>; 7] = Default::default();
    twice[0] = vec![Hours::read("09:00-12:00").unwrap(), Hours::read("11:00-13:00").unwrap()];
    assert!(Calendar::new(TimeZone::UTC, twice, [].into()).is_err());
}

proptest! {
    /// What is due after some work is reached by exactly that work, however it is cut.
    #[test]
    fn after_and_worked_agree(cut in (0_i64..400_000, 0_i64..9_000, 0_i64..9_000)) {
        let (start, first, then) = cut;
        let begin = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(start);
        let minutes = SignedDuration::from_mins;
        for calendar in [office(), weekdays(), Calendar::default()] {
            let halfway = calendar.after(begin, minutes(first));
            let end = calendar.after(begin, minutes(first + then));
            prop_assert_eq!(calendar.worked(begin, end), minutes(first + then));
            prop_assert_eq!(calendar.after(halfway, minutes(then)), end);
            prop_assert!(begin <= halfway && halfway <= end);
        }
    }
}
