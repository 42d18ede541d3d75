//! Amounts in decimal text, read without rounding, without floats and without guessing.

use base::{Currency, Money};
use serde_json::value::RawValue;

/// Reads an amount in decimal text. Some houses write four decimals (`2.9500`): zeros that the
/// currency does not have are dropped, anything else that does not fit is refused.
pub(crate) fn money(amount: &str, currency: &str) -> Result<Money, String> {
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

/// Reads an amount that JSON carries as a number or as a text: `#[serde(borrow)] &RawValue`, or a
/// `Box<RawValue>`, keeps its digits as they stand.
pub(crate) fn json(amount: &RawValue, currency: &str) -> Result<Money, String> {
    let text = amount.get().trim();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    money(text, currency)
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
    fn a_number_in_json_keeps_its_digits() {
        for (text, minor) in [("9.95", 995), ("\"9.95\"", 995), ("10", 1000), ("9.9500", 995)] {
            let raw: Box<RawValue> = serde_json::from_str(text).unwrap();
            assert_eq!(json(&raw, "usd").unwrap(), Money::new(minor, Currency::USD), "{text}");
        }
        for text in ["9.999", "1e2", "null", "true", "\"\"", "[]"] {
            let raw: Box<RawValue> = serde_json::from_str(text).unwrap();
            assert!(json(&raw, "USD").is_err(), "{text}");
        }
    }
}
