//! Currencies: the ones of ISO 4217 that have a minor unit.

use std::fmt;
use std::str::FromStr;

/// A currency of ISO 4217 that people can pay in.
///
/// Codes without a minor unit (gold, test codes, special drawing rights) are not currencies here.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Euro.
    pub const EUR: Currency = Currency(iso_currency::Currency::EUR);
    /// United States dollar.
    pub const USD: Currency = Currency(iso_currency::Currency::USD);
    /// Danish krone.
    pub const DKK: Currency = Currency(iso_currency::Currency::DKK);
    /// Philippine peso.
    pub const PHP: Currency = Currency(iso_currency::Currency::PHP);
    /// Pound sterling.
    pub const GBP: Currency = Currency(iso_currency::Currency::GBP);
    /// Japanese yen, which has no minor unit in use (exponent 0).
    pub const JPY: Currency = Currency(iso_currency::Currency::JPY);

    /// The three letters, `USD`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The ISO 4217 number, 840 for `USD`; the ledger of that currency carries it.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0.numeric()
    }

    /// How many digits the minor unit has: 2 for `USD`, 0 for `JPY`, 3 for `KWD`, 4 for `CLF`.
    #[must_use]
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }

    /// The currency with this ISO 4217 number.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Currency> {
        iso_currency::Currency::from_numeric(number).and_then(Currency::payable)
    }

    fn payable(iso: iso_currency::Currency) -> Option<Currency> {
        iso.exponent().map(|_| Currency(iso))
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// The text is no currency of ISO 4217 with a minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code of ISO 4217 in capital letters")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Currency, UnknownCurrency> {
        iso_currency::Currency::from_code(code)
            .filter(|iso| iso.code() == code)
            .and_then(Currency::payable)
            .ok_or(UnknownCurrency)
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_those_of_iso_4217() {
        let table = [
            ("USD", 2),
            ("EUR", 2),
            ("DKK", 2),
            ("PHP", 2),
            ("MGA", 2),
            ("MRU", 2),
            ("HUF", 2),
            ("JPY", 0),
            ("KRW", 0),
            ("ISK", 0),
            ("VND", 0),
            ("XAF", 0),
            ("CLP", 0),
            ("UGX", 0),
            ("KWD", 3),
            ("BHD", 3),
            ("TND", 3),
            ("IQD", 3),
            ("JOD", 3),
            ("LYD", 3),
            ("OMR", 3),
            ("CLF", 4),
            ("UYW", 4),
        ];
        for (code, exponent) in table {
            assert_eq!(code.parse::<Currency>().unwrap().exponent(), exponent, "{code}");
        }
    }

    #[test]
    fn gold_is_no_currency_and_letters_are_capitals() {
        for code in ["XAU", "XXX", "usd", "", "US", "EURO"] {
            assert_eq!(code.parse::<Currency>(), Err(UnknownCurrency), "{code}");
        }
    }

    #[test]
    fn numbers_lead_back() {
        assert_eq!(Currency::from_number(978), Some(Currency::EUR));
        assert_eq!(Currency::from_number(959), None);
    }
}
