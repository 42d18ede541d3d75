//! How a language writes a number: its marks for thousands and for decimals.

use base::Language;
use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;

use crate::per_language::{PerLanguage, locale_of};

static FORMATTERS: PerLanguage<Option<DecimalFormatter>> = PerLanguage::new();

/// A whole number as the language writes it: `12,345`, `12.345`, `12 345`.
#[must_use]
pub fn number(language: Language, number: i64) -> String {
    decimal(language, &Decimal::from(number))
}

/// A number with decimals as the language writes it, digit for digit: nothing is rounded.
pub(crate) fn decimal(language: Language, decimal: &Decimal) -> String {
    let formatter = FORMATTERS.get(language, || {
        DecimalFormatter::try_new(locale_of(language).into(), Default::default()).ok()
    });
    match formatter {
        Some(formatter) => formatter.format(decimal).to_string(),
        None => decimal.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_sets_its_own_marks() {
        let table = [
            (Language::En, 1_234_567, "1,234,567"),
            (Language::Fr, 1_234_567, "1\u{202f}234\u{202f}567"),
            (Language::De, 1_234_567, "1.234.567"),
            (Language::Da, 1_234_567, "1.234.567"),
            (Language::Fil, 1_234_567, "1,234,567"),
            (Language::En, 0, "0"),
            (Language::En, -1_234, "-1,234"),
            (Language::En, i64::MAX, "9,223,372,036,854,775,807"),
            (Language::De, i64::MIN, "-9.223.372.036.854.775.808"),
        ];
        for (language, count, text) in table {
            assert_eq!(number(language, count), text, "{language}");
        }
    }
}
