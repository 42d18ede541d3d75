//! Which pack gives most for the money, in whole numbers only.

use base::{Money, Tokens};

/// A pack as the comparison sees it. All prices are of one currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    /// How many tokens.
    pub(crate) tokens: Tokens,
    /// For how much.
    pub(crate) price: Money,
}

impl Offer {
    /// What this offer costs for as many tokens as both have together, so that two compare.
    fn scaled(self, other: Offer) -> i128 {
        i128::from(self.price.minor) * i128::from(other.tokens.count())
    }

    /// Whether a token costs less here than in `other`.
    fn beats(self, other: Offer) -> bool {
        self.scaled(other) < other.scaled(self)
    }
}

/// The offer whose tokens cost least, if it is one alone and there is something to compare.
pub(crate) fn best(offers: &[Offer]) -> Option<usize> {
    let alone = |nth: &usize| {
        let mut others = offers.iter().enumerate().filter(|(other, _)| other != nth);
        others.all(|(_, other)| offers[*nth].beats(*other))
    };
    if offers.len() < 2 { None } else { (0..offers.len()).find(alone) }
}

/// How many per cent less a token costs than in the `dearest` offer, rounded down.
pub(crate) fn saving(offer: Offer, dearest: Offer) -> i64 {
    let full = dearest.scaled(offer);
    if full <= 0 {
        return 0;
    }
    let saved = (full - offer.scaled(dearest)) * 100 / full;
    i64::try_from(saved.clamp(0, 100)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use base::Currency;

    use super::*;

    fn offer(tokens: i64, minor: i64) -> Offer {
        Offer { tokens: Tokens::new(tokens).unwrap(), price: Money::new(minor, Currency::EUR) }
    }

    #[test]
    fn the_best_value_is_found_by_price_per_token() {
        assert_eq!(best(&[offer(100, 999), offer(500, 4499), offer(1000, 8499)]), Some(2));
        assert_eq!(best(&[offer(100, 1000), offer(200, 2000)]), None, "the same price per token");
        assert_eq!(best(&[offer(100, 1000)]), None, "nothing to compare");
        assert_eq!(best(&[offer(100, 500), offer(200, 2000)]), Some(0), "the small one may win");
    }

    #[test]
    fn savings_are_rounded_in_the_customers_disfavour() {
        assert_eq!(saving(offer(500, 4499), offer(100, 999)), 9);
        assert_eq!(saving(offer(100, 999), offer(100, 999)), 0);
        assert_eq!(saving(offer(100, 0), offer(100, 0)), 0);
    }
}
