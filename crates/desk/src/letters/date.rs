//! When a mail was written: as it says itself, unless that is absurd.

use base::{SignedDuration, Timestamp};
use mail_parser::DateTime;

/// How far back a mail may date itself.
const BEFORE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How far ahead.
const AFTER: SignedDuration = SignedDuration::from_hours(24);

/// What the Date field says, if it can be read.
pub(super) fn read(value: &str) -> Option<Timestamp> {
    let start: String = value.chars().take(100).collect();
    let date = DateTime::parse_rfc822(start.trim())?;
    let sound = date.is_valid() && (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
    sound.then(|| Timestamp::from_second(date.to_timestamp()).ok()).flatten()
}

/// The time that counts: the header's if it is near the time it came, else that.
pub(super) fn counting(header: Option<Timestamp>, received: Timestamp) -> Timestamp {
    let near = |date: &Timestamp| {
        let age = received.duration_since(*date);
        age <= BEFORE && age >= -AFTER
    };
    header.filter(near).unwrap_or(received)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written_in_fact() {
        let wanted: Timestamp = "2026-11-02T14:04:05Z".parse().unwrap();
        for text in [
            "Mon, 2 Nov 2026 15:04:05 +0100",
            "2 Nov 2026 14:04:05 GMT",
            "Mon, 02 Nov 2026 15:04:05 +0100 (CET)",
            "Mon,  2 Nov 26 09:04:05 EST",
        ] {
            assert_eq!(read(text), Some(wanted), "{text}");
        }
        for text in ["", "yesterday", "Mon, 99 Foo 2026 99:99:99 +0100", "2026"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_absurd_date_does_not_count() {
        let received: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        for (date, counts) in [
            ("2026-11-07T12:00:00Z", true),
            ("2026-11-06T11:59:59Z", false),
            ("2026-11-21T12:00:00Z", true),
            ("2026-11-21T12:00:01Z", false),
            ("1970-01-01T00:00:00Z", false),
        ] {
            let date: Timestamp = date.parse().unwrap();
            let counted = counting(Some(date), received);
            assert_eq!(counted, if counts { date } else { received }, "{date}");
        }
        assert_eq!(counting(None, received), received);
    }
}
