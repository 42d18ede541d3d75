//! How a language writes a sum of money.
//!
//! The locale library's currency part is marked experimental and rounds to the digits that cash
//! has. So it is asked one thing only, in one function: what stands before and after the number
//! (`frame_of`). The number itself is ours, with every digit ISO 4217 gives the currency.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use base::{Currency, Language, Money};
use fixed_decimal::{Decimal, Sign};
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;

use crate::number;
use crate::per_language::locale_of;

/// A sum as the language writes it: `$12,345.67`, `12.345,67 kr.`, `₱12,345.67`.
///
/// Nothing is rounded. A currency that has no sign in the language is written with its code.
#[must_use]
pub fn money(language: Language, sum: Money) -> String {
    let sign = if sum.minor < 0 { Sign::Negative } else { Sign::None };
    let frame = frame(language, sum.currency, sign);
    let digits = number::decimal(language, &amount(sum));
    format!("{}{digits}{}", frame.before, frame.after)
}

/// The amount without its sign, with exactly as many decimals as the currency has.
fn amount(sum: Money) -> Decimal {
    let mut amount = Decimal::from(sum.minor.unsigned_abs());
    let decimals = i16::try_from(sum.currency.exponent()).unwrap_or(0);
    amount.multiply_pow10(-decimals);
    amount.pad_end(-decimals);
    amount
}

/// What a language puts before and after the number of a sum.
#[derive(Debug)]
struct Frame {
    before: String,
    after: String,
}

type Frames = HashMap<(Language, Currency, bool), Arc<Frame>>;

static FRAMES: LazyLock<RwLock<Frames>> = LazyLock::new(RwLock::default);

fn frame(language: Language, currency: Currency, sign: Sign) -> Arc<Frame> {
    let key = (language, currency, sign == Sign::Negative);
    if let Some(frame) = FRAMES.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Arc::clone(frame);
    }
    let plain = || Frame {
        before: if sign == Sign::Negative { String::from("-") } else { String::new() },
        after: format!("\u{a0}{currency}"),
    };
    let made = Arc::new(frame_of(language, currency, sign).unwrap_or_else(plain));
    let mut frames = FRAMES.write().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(frames.entry(key).or_insert(made))
}

/// Asks the locale library to write one unit of the currency and keeps what is not the number.
fn frame_of(language: Language, currency: Currency, sign: Sign) -> Option<Frame> {
    let currency = CurrencyType::try_from_str(currency.code()).ok()?;
    let locale = locale_of(language).into();
    let formatter = CurrencyFormatter::try_new_symbol(locale, currency, Default::default()).ok()?;
    let one = Decimal::from(1).with_sign(sign);
    let text = formatter.format_fixed_decimal(&one).to_string();
    let first = text.find(|letter: char| letter.is_ascii_digit())?;
    let last = text.rfind(|letter: char| letter.is_ascii_digit())?;
    Some(Frame { before: text[..first].to_owned(), after: text[last + 1..].to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(language: Language, minor: i64, code: &str) -> String {
        money(language, Money::new(minor, code.parse().unwrap()))
    }

    #[test]
    fn each_language_writes_the_sums_its_people_pay() {
        let table = [
            (Language::En, 1_234_567, "USD", "$12,345.67"),
            (Language::En, 1_234_567, "EUR", "€12,345.67"),
            (Language::En, -1_234_567, "USD", "-$12,345.67"),
            (Language::En, 5, "USD", "$0.05"),
            (Language::En, 0, "USD", "$0.00"),
            (Language::Fr, 1_234_567, "EUR", "12\u{202f}345,67\u{a0}€"),
            (Language::Fr, -1_234_567, "EUR", "-12\u{202f}345,67\u{a0}€"),
            (Language::Fr, 1_234_567, "USD", "12\u{202f}345,67\u{a0}$US"),
            (Language::De, 1_234_567, "EUR", "12.345,67\u{a0}€"),
            (Language::De, 1_234_567, "USD", "12.345,67\u{a0}$"),
            (Language::Da, 1_234_567, "DKK", "12.345,67\u{a0}kr."),
            (Language::Da, -50, "DKK", "-0,50\u{a0}kr."),
            (Language::Fil, 1_234_567, "PHP", "₱12,345.67"),
            (Language::Fil, -1_234_567, "PHP", "-₱12,345.67"),
        ];
        for (language, minor, code, text) in table {
            assert_eq!(written(language, minor, code), text, "{language} {code}");
        }
    }

    #[test]
    fn every_exponent_keeps_all_its_digits() {
        let table = [
            (Language::En, 12_345, "JPY", "¥12,345"),
            (Language::De, 12_345, "JPY", "12.345\u{a0}¥"),
            (Language::En, 12_345_678, "KWD", "KWD\u{a0}12,345.678"),
            (Language::Fr, 12_345_678, "KWD", "12\u{202f}345,678\u{a0}KWD"),
            (Language::Da, 123_456_789, "CLF", "12.345,6789\u{a0}CLF"),
            (Language::Fil, 123_456_789, "CLF", "CLF\u{a0}12,345.6789"),
            // Cash in Iraq and in Madagascar has no decimals; the books do.
            (Language::En, 1_001, "IQD", "IQD\u{a0}1.001"),
            (Language::De, 101, "MGA", "1,01\u{a0}MGA"),
            (Language::En, i64::MAX, "USD", "$92,233,720,368,547,758.07"),
            (Language::En, i64::MIN, "USD", "-$92,233,720,368,547,758.08"),
        ];
        for (language, minor, code, text) in table {
            assert_eq!(written(language, minor, code), text, "{language} {code}");
        }
    }

    #[test]
    fn all_languages_frame_the_currencies_of_the_shop() {
        for language in Language::ALL {
            for code in ["USD", "EUR", "DKK", "PHP", "GBP", "JPY", "KWD", "CLF"] {
                let currency = code.parse().unwrap();
                assert!(frame_of(language, currency, Sign::None).is_some(), "{language} {code}");
            }
        }
    }
}
