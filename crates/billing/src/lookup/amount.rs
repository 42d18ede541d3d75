//! An amount as people copy it from a statement: with either sign before the decimals, with groups,
//! with or without the sign of the currency.

use base::{Currency, Money};

/// The sum that was written, if it is one.
///
/// The last comma or full stop parts the decimals if at most as many digits follow as the currency
/// has; every other one, and every space or apostrophe, groups.
pub(super) fn read(written: &str, currency: Currency) -> Option<Money> {
    let kept = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    let foreign = |letter: char| letter.is_alphanumeric() && !letter.is_ascii_digit();
    let bare = written.trim().trim_start_matches(['-', '−', '+']).trim();
    let bare = bare.trim_matches(|letter: char| foreign(letter) || !kept(letter));
    if written.len() > 40 || bare.contains(foreign) {
        return None;
    }
    let text: String = bare.chars().filter(|letter| kept(*letter)).collect();
    let exponent = usize::try_from(currency.exponent()).ok()?;
    let (whole, cents) = match text.rfind(['.', ',']) {
        Some(at) if (1..=exponent).contains(&(text.len() - at - 1)) => text.split_at(at),
        _ => (text.as_str(), ""),
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let cents = digits(cents);
    let minor = format!("{}{cents}{}", digits(whole), "0".repeat(exponent - cents.len()));
    let minor: i64 = minor.parse().ok()?;
    (minor > 0).then(|| Money::new(minor, currency))
}

/// How a sum is kept: `USD 1250`.
pub(super) fn spelled(sum: Money) -> String {
    format!("{} {}", sum.currency.code(), sum.minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_any_of_the_languages_writes_them() {
        let usd = |written: &str| read(written, Currency::USD).map(|sum| sum.minor);
        for (written, minor) in [
            ("12.50", 1250),
            ("12,50", 1250),
            ("12,5", 1250),
            ("$12.50", 1250),
            ("-12.50", 1250),
            ("12,50 €", 1250),
            ("USD 12.50", 1250),
            ("12", 1200),
            ("1,234.50", 123_450),
            ("1.234,50", 123_450),
            ("1 234,50", 123_450),
            ("1\u{202f}234,50", 123_450),
            ("1'234.50", 123_450),
            ("1.234", 123_400),
            ("0.05", 5),
        ] {
            assert_eq!(usd(written), Some(minor), "{written}");
        }
        for written in ["", "0", "0.00", "abc", "12x50", "999999999999999999999", &"1".repeat(41)] {
            assert_eq!(usd(written), None, "{written}");
        }
        assert_eq!(read("1,200", Currency::JPY).map(|sum| sum.minor), Some(1200));
        assert_eq!(spelled(Money::new(1250, Currency::USD)), "USD 1250");
    }
}
