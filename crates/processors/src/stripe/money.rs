//! Amounts as Stripe counts them: the smallest unit, but for the currencies that it counts
//! otherwise than ISO 4217 ("Supported currencies" at docs.stripe.com, zero-decimal currencies and
//! special cases).

use base::{Currency, Money};

/// How many decimals Stripe counts in: the króna and the Ugandan shilling keep two that are always
/// zero, the ariary has none.
fn decimals(currency: Currency) -> u32 {
    match currency.code() {
        "ISK" | "UGX" => 2,
        "MGA" => 0,
        _ => currency.exponent(),
    }
}

/// An amount to send.
///
/// # Errors
/// A sentence, if Stripe cannot be told this amount exactly.
pub(super) fn amount(money: Money) -> Result<String, String> {
    let (ours, theirs) = (money.currency.exponent(), decimals(money.currency));
    let units = if theirs >= ours {
        money.minor.checked_mul(10_i64.pow(theirs - ours))
    } else {
        let step = 10_i64.pow(ours - theirs);
        (money.minor % step == 0).then(|| money.minor / step)
    };
    match units {
        Some(units) if theirs == 3 && units % 10 != 0 => {
            Err(format!("Stripe takes {money} only with a last digit of zero"))
        }
        Some(units) if units > 0 => Ok(units.to_string()),
        _ => Err(format!("Stripe cannot be asked for {money}")),
    }
}

/// A currency to send, `usd`.
pub(super) fn code(currency: Currency) -> String {
    currency.code().to_ascii_lowercase()
}

/// An amount that Stripe tells; it may be negative.
///
/// # Errors
/// A sentence, if there is no such currency or the amount has a fraction that it has not.
pub(super) fn read(units: i64, currency: &str) -> Result<Money, String> {
    let currency: Currency = currency
        .to_ascii_uppercase()
        .parse()
        .map_err(|error| format!("the currency is {error}"))?;
    let (ours, theirs) = (currency.exponent(), decimals(currency));
    let minor = if theirs > ours {
        let step = 10_i64.pow(theirs - ours);
        (units % step == 0).then(|| units / step)
    } else {
        units.checked_mul(10_i64.pow(ours - theirs))
    };
    let minor = minor.ok_or_else(|| format!("the amount {units} does not fit {currency}"))?;
    Ok(Money::new(minor, currency))
}

/// An amount above nothing.
///
/// # Errors
/// As [`read`], and for nothing or less.
pub(super) fn positive(units: i64, currency: &str) -> Result<Money, String> {
    let money = read(units, currency)?;
    if money.is_positive() { Ok(money) } else { Err("the amount is not above zero".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_go_there_and_back_in_every_kind_of_currency() {
        let table = [
            ("USD", 1250, "1250"),
            ("JPY", 500, "500"),
            ("KWD", 5120, "5120"),
            ("ISK", 5, "500"),
            ("UGX", 5, "500"),
            ("MGA", 500, "5"),
        ];
        for (code, minor, units) in table {
            let money = Money::new(minor, code.parse().unwrap());
            assert_eq!(amount(money).as_deref(), Ok(units), "{code}");
            assert_eq!(read(units.parse().unwrap(), &code.to_lowercase()), Ok(money), "{code}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let of = |minor, code: &str| amount(Money::new(minor, code.parse().unwrap()));
        for (minor, code) in [(5124, "KWD"), (5, "MGA"), (0, "USD"), (-1, "USD"), (i64::MAX, "ISK")]
        {
            assert!(of(minor, code).is_err(), "{minor} {code}");
        }
        assert!(read(501, "isk").is_err());
        assert!(read(1, "xxx").is_err());
        assert!(read(i64::MAX, "mga").is_err());
        assert!(positive(0, "usd").is_err());
    }
}
