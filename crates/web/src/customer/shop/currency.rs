//! In which currency prices are shown: as asked, else as the country pays, else the first on sale.

use base::Currency;
use billing::catalog::TokenPack;

/// Every currency that some pack is sold in, by its code.
pub(crate) fn on_sale(packs: &[TokenPack]) -> Vec<Currency> {
    let prices = packs.iter().flat_map(|pack| &pack.prices);
    let mut currencies: Vec<_> = prices.map(|price| price.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    currencies
}

/// The currency to show.
pub(crate) fn choose(
    on_sale: &[Currency],
    asked: Option<&str>,
    country: Option<&str>,
) -> Option<Currency> {
    let sold = |currency: &Currency| on_sale.contains(currency);
    let asked = asked.and_then(|code| code.parse().ok()).filter(sold);
    let local = country.and_then(of_country).filter(sold);
    let usual = [Currency::EUR, Currency::USD].into_iter().find(sold);
    asked.or(local).or(usual).or_else(|| on_sale.first().copied())
}

/// What people of a country pay with.
fn of_country(country: &str) -> Option<Currency> {
    match country {
        "AT" | "BE" | "BG" | "CY" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "IE"
        | "IT" | "LT" | "LU" | "LV" | "MT" | "NL" | "PT" | "SI" | "SK" | "AD" | "MC" | "ME"
        | "SM" | "VA" | "XK" => Some(Currency::EUR),
        "DK" | "FO" | "GL" => Some(Currency::DKK),
        "US" | "PR" | "GU" | "VI" | "AS" | "MP" | "EC" | "SV" => Some(Currency::USD),
        "PH" => Some(Currency::PHP),
        "GB" | "IM" | "JE" | "GG" => Some(Currency::GBP),
        "JP" => Some(Currency::JPY),
        "SE" => "SEK".parse().ok(),
        "NO" => "NOK".parse().ok(),
        "CH" | "LI" => "CHF".parse().ok(),
        "CA" => "CAD".parse().ok(),
        "AU" => "AUD".parse().ok(),
        "PL" => "PLN".parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wish_comes_before_the_country_and_the_country_before_the_usual() {
        let all = [Currency::DKK, Currency::EUR, Currency::USD];
        let choose = |asked, country| choose(&all, asked, country);
        assert_eq!(choose(Some("USD"), Some("DK")), Some(Currency::USD));
        assert_eq!(choose(Some("GBP"), Some("DK")), Some(Currency::DKK), "not on sale in pounds");
        assert_eq!(choose(None, Some("PH")), Some(Currency::EUR));
        assert_eq!(choose(Some("<x>"), None), Some(Currency::EUR));
        assert_eq!(super::choose(&[Currency::JPY], None, None), Some(Currency::JPY));
        assert_eq!(super::choose(&[], None, None), None);
    }
}
