//! SegPay's amounts and times, read without rounding and without guessing.

use base::{Currency, Money, Timestamp};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Reads an amount in decimal text. SRS writes four decimals (`2.9500`): zeros that the currency
/// does not have are dropped, anything else that does not fit is refused.
pub(super) fn money(amount: &str, currency: &str) -> Result<Money, String> {
    let currency: Currency = currency
        .to_ascii_uppercase()
        .parse()
        .map_err(|error| format!("the currency is {error}"))?;
    let exact = match amount.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => {
            let kept = fraction.len().min(currency.exponent() as usize);
            let (fraction, rest) = fraction.split_at_checked(kept).unwrap_or((fraction, ""));
            let fine = rest.bytes().all(|byte| byte == b'0');
            match (fine, fraction.is_empty()) {
                (true, true) => whole.to_owned(),
                (true, false) => format!("{whole}.{fraction}"),
                (false, _) => amount.to_owned(),
            }
        }
        _ => amount.to_owned(),
    };
    Money::parse(&exact, currency).map_err(|error| format!("the amount is {error}"))
}

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
    fn amounts_are_exact_or_refused() {
        let usd = |minor| Ok(Money::new(minor, Currency::USD));
        let table = [
            ("9.95", usd(995)),
            ("2.9500", usd(295)),
            ("10", usd(1000)),
            ("10.0000", usd(1000)),
            ("0.5", usd(50)),
            ("-9.95", usd(-995)),
        ];
        for (text, money) in table {
            assert_eq!(super::money(text, "usd"), money, "{text}");
        }
        assert_eq!(money("500.0000", "JPY"), Ok(Money::new(500, Currency::JPY)));
        for text in
            ["9.955", "1e3", "1,000.00", "9,95", "", ".", "9.", "$9", "NaN", "9.9é", "9.95é"]
        {
            assert!(money(text, "USD").is_err(), "{text}");
        }
        assert!(money("1", "XXX").is_err());
        assert!(money("1", "").is_err());
    }

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
