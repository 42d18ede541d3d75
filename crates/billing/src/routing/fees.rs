//! What a house keeps of a payment, by contract: a part and a fixed sum.

use base::Money;

/// A fee model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fees {
    /// The part, in hundredths of a per cent.
    pub basis_points: u32,
    /// What is added, in each currency that has something added.
    pub fixed: Vec<Money>,
}

/// All of a payment, in hundredths of a per cent.
const WHOLE: i128 = 10_000;

impl Fees {
    /// What the house will keep of a sum, rounded up to a whole minor unit: an estimate, since
    /// only its settlement tells.
    #[must_use]
    pub fn of(&self, sum: Money) -> Money {
        let part = i128::from(sum.minor) * i128::from(self.basis_points);
        let part = (part + WHOLE - 1).div_euclid(WHOLE);
        let fixed = self.fixed.iter().find(|fixed| fixed.currency == sum.currency);
        let all = part + i128::from(fixed.map_or(0, |fixed| fixed.minor));
        Money::new(i64::try_from(all).unwrap_or(i64::MAX), sum.currency)
    }
}

#[cfg(test)]
mod tests {
    use base::Currency;

    use super::*;

    #[test]
    fn a_fee_is_a_part_and_a_fixed_sum_rounded_against_us() {
        let fees = Fees { basis_points: 1290, fixed: vec![Money::new(35, Currency::USD)] };
        for (minor, fee) in [(1000, 129 + 35), (1001, 130 + 35), (0, 35)] {
            assert_eq!(fees.of(Money::new(minor, Currency::USD)).minor, fee, "{minor}");
        }
        assert_eq!(fees.of(Money::new(1000, Currency::EUR)).minor, 129);
        assert_eq!(fees.of(Money::new(i64::MAX, Currency::EUR)).currency, Currency::EUR);
    }
}
