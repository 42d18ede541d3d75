//! A sum of money: minor units of one currency.

use std::fmt;

use super::Currency;

/// A sum of money in the minor unit of its currency: `Money { minor: 1250, USD }` is 12.50.
///
/// It may be negative (a refund line, a difference). Arithmetic is checked and never mixes
/// currencies; there is no `+`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units (cents, øre), or whole units where the currency has no minor unit.
    #[serde(rename = "amount")]
    pub minor: i64,
    /// Of which currency.
    pub currency: Currency,
}

/// Why a sum could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two currencies met in one sum.
    #[error("cannot add {0} to {1}")]
    Mixed(Currency, Currency),
    /// The result does not fit 63 bits.
    #[error("the amount is too large")]
    Overflow,
    /// The text is not a decimal number.
    #[error("not a decimal number such as 12.50")]
    NotANumber,
    /// The text has more decimals than the currency.
    #[error("{0} has {1} decimals at most")]
    TooFine(Currency, u32),
}

impl Money {
    /// A sum of `minor` minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// Whether there is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// The sum of both.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] for two currencies, [`MoneyError::Overflow`] past 63 bits.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        let minor = self.same(other)?.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    /// What is left after taking `other` away; may be negative.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(self, other: Money) -> Result<Money, MoneyError> {
        let minor = self.same(other)?.checked_sub(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    /// The sum `times` over.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] past 63 bits.
    pub fn times(self, times: i64) -> Result<Money, MoneyError> {
        let minor = self.minor.checked_mul(times).ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    /// The other way round: what was owed is owing.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] for the one sum that has no opposite.
    pub fn negated(self) -> Result<Money, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, ..self })
    }

    /// The amount as machines write it: a dot, exactly as many decimals as the currency has.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let exponent = self.currency.exponent() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (whole, fraction) = digits.split_at(digits.len() - exponent);
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    /// Reads an amount as machines write it: digits, perhaps a dot, at most as many decimals as the
    /// currency has. Fewer decimals are filled up, so `12.5` and `12` are fine for dollars.
    ///
    /// # Errors
    /// [`MoneyError::NotANumber`], [`MoneyError::TooFine`], [`MoneyError::Overflow`].
    pub fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let dangling = unsigned.contains('.') && fraction.is_empty();
        if whole.is_empty() || dangling || !all_digits(whole) || !all_digits(fraction) {
            return Err(MoneyError::NotANumber);
        }
        let exponent = currency.exponent();
        let missing = (exponent as usize)
            .checked_sub(fraction.len())
            .ok_or(MoneyError::TooFine(currency, exponent))?;
        let digits = format!("{whole}{fraction}{}", "0".repeat(missing));
        let sign = if negative { "-" } else { "" };
        let minor = format!("{sign}{digits}").parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Money { minor, currency })
    }

    fn same(self, other: Money) -> Result<i64, MoneyError> {
        if self.currency == other.currency {
            Ok(self.minor)
        } else {
            Err(MoneyError::Mixed(other.currency, self.currency))
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.to_decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn every_exponent_is_written_and_read() {
        let table = [
            (1250, "USD", "12.50"),
            (5, "USD", "0.05"),
            (-5, "EUR", "-0.05"),
            (0, "DKK", "0.00"),
            (500, "JPY", "500"),
            (-1, "JPY", "-1"),
            (1234, "KWD", "1.234"),
            (7, "CLF", "0.0007"),
            (i64::MAX, "USD", "92233720368547758.07"),
            (i64::MIN, "JPY", "-9223372036854775808"),
        ];
        for (minor, code, text) in table {
            let money = Money::new(minor, currency(code));
            assert_eq!(money.to_decimal(), text);
            assert_eq!(Money::parse(text, currency(code)), Ok(money));
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in ["", ".", "1.", ".5", "1,5", "+1", "1e3", "--1", "1.2.3", " 1", "٣"] {
            assert_eq!(Money::parse(text, Currency::USD), Err(MoneyError::NotANumber), "{text}");
        }
        assert_eq!(
            Money::parse("1.234", Currency::USD),
            Err(MoneyError::TooFine(Currency::USD, 2))
        );
        assert_eq!(Money::parse("1.0", Currency::JPY), Err(MoneyError::TooFine(Currency::JPY, 0)));
        let huge = "9".repeat(40);
        assert_eq!(Money::parse(&huge, Currency::USD), Err(MoneyError::Overflow));
    }

    #[test]
    fn currencies_do_not_mix_and_nothing_wraps() {
        let dollar = Money::new(100, Currency::USD);
        let euro = Money::new(100, Currency::EUR);
        assert_eq!(dollar.plus(euro), Err(MoneyError::Mixed(Currency::EUR, Currency::USD)));
        assert_eq!(Money::new(i64::MAX, Currency::USD).plus(dollar), Err(MoneyError::Overflow));
        assert_eq!(Money::new(i64::MIN, Currency::USD).negated(), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn text_leads_back(minor: i64, code in prop::sample::select(vec!["USD", "JPY", "KWD", "CLF"])) {
            let money = Money::new(minor, currency(code));
            prop_assert_eq!(Money::parse(&money.to_decimal(), currency(code)), Ok(money));
        }

        #[test]
        fn minus_undoes_plus(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000) {
            let (a, b) = (Money::new(a, Currency::EUR), Money::new(b, Currency::EUR));
            prop_assert_eq!(a.plus(b).unwrap().minus(b), Ok(a));
        }
    }
}
