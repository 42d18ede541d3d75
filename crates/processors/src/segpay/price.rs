//! SegPay's times, read without guessing.

use base::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Reads a time in the American order, which SegPay labels GMT (`11/21/2025 3:04:05 PM`). What
/// cannot be read is no time: it is told to people, nothing is decided by it.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(exact) = text.parse() {
        return Some(exact);
    }
    let plain = text.trim_end_matches("GMT").trim_end_matches("UTC").trim();
    let forms = [
        "%m/%d/%Y %I:%M:%S %p",
        "%m/%d/%Y %I:%M %p",
        "%m/%d/%Y %H:%M:%S",
        "%m/%d/%Y %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ];
    let read = forms.iter().find_map(|form| DateTime::strptime(form, plain).ok())?;
    read.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_american_order_or_not_at_all() {
        let table = [
            ("11/21/2025 3:04:05 PM", "2025-11-21T15:04:05Z"),
            ("11/21/2025 3:04:05 PM GMT", "2025-11-21T15:04:05Z"),
            ("1/2/2025 12:04:05 AM", "2025-01-02T00:04:05Z"),
            ("01/02/2025 23:59", "2025-01-02T23:59:00Z"),
            ("2023-03-01T00:03:01+00:00", "2023-03-01T00:03:01Z"),
        ];
        for (text, exact) in table {
            assert_eq!(time(text), Some(exact.parse().unwrap()), "{text}");
        }
        for text in ["", "21/11/2025 3:04:05 PM", "yesterday", "11/21/2025"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
