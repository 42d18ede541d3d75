//! Dividing a sum so that the parts add up to it again.

use std::num::NonZeroU32;

use super::{Money, MoneyError};

impl Money {
    /// Splits the sum into `shares` parts that differ by one minor unit at most.
    ///
    /// The first parts carry what is left over, so the parts add up to the whole again: nothing
    /// is lost and nothing is invented.
    #[must_use]
    pub fn split(self, shares: NonZeroU32) -> Vec<Money> {
        let count = i64::from(shares.get());
        let each = self.minor.div_euclid(count);
        let left = self.minor.rem_euclid(count);
        let parts: Vec<Money> =
            (0..count).map(|nth| Money { minor: each + i64::from(nth < left), ..self }).collect();
        let total: i128 = parts.iter().map(|part| i128::from(part.minor)).sum();
        assert_eq!(total, i128::from(self.minor), "a split must add up");
        parts
    }

    /// Divides the sum by weights; see [`allocate`].
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] if all weights are zero or one is negative: there is nothing to
    /// divide by.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Money>, MoneyError> {
        let parts = allocate(self.minor, weights).ok_or(MoneyError::Overflow)?;
        Ok(parts.into_iter().map(|minor| Money { minor, ..self }).collect())
    }
}

/// Divides `total` in proportion to `weights` by largest remainder, ties to the earlier line.
///
/// A negative total is divided like its opposite. `None` if a weight is negative or all are zero.
#[must_use]
pub fn allocate(total: i64, weights: &[i64]) -> Option<Vec<i64>> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum == 0 || weights.iter().any(|weight| *weight < 0) {
        return None;
    }
    let (sign, size) = (i128::from(total.signum()), i128::from(total).abs());
    let mut parts: Vec<i128> =
        weights.iter().map(|weight| size * i128::from(*weight) / sum).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|nth| std::cmp::Reverse(size * i128::from(weights[*nth]) % sum));
    let left = size - parts.iter().sum::<i128>();
    for nth in by_remainder.into_iter().take(usize::try_from(left).ok()?) {
        parts[nth] += 1;
    }
    assert_eq!(parts.iter().sum::<i128>(), size, "an allocation must add up");
    parts.into_iter().map(|part| i64::try_from(part * sign).ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Currency;

    #[test]
    fn the_largest_remainder_gets_the_odd_cent() {
        assert_eq!(allocate(100, &[1, 1, 1]), Some(vec![34, 33, 33]));
        assert_eq!(allocate(10, &[1, 2, 3, 0]), Some(vec![2, 3, 5, 0]));
        assert_eq!(allocate(-100, &[1, 1, 1]), Some(vec![-34, -33, -33]));
        assert_eq!(allocate(1, &[0, 0]), None);
        assert_eq!(allocate(1, &[]), None);
        assert_eq!(allocate(1, &[2, -1]), None);
    }

    proptest! {
        #[test]
        fn a_split_adds_up_and_is_even(minor: i64, shares in 1_u32..500) {
            let parts = Money::new(minor, Currency::USD).split(NonZeroU32::new(shares).unwrap());
            prop_assert_eq!(parts.len(), shares as usize);
            prop_assert_eq!(parts.iter().map(|part| i128::from(part.minor)).sum::<i128>(), i128::from(minor));
            let (least, most) = (parts.last().unwrap().minor, parts[0].minor);
            prop_assert!(most.abs_diff(least) <= 1);
        }

        #[test]
        fn an_allocation_adds_up_and_nobody_is_off_by_one_or_more(
            total: i64, weights in prop::collection::vec(0_i64..1_000_000, 1..20),
        ) {
            let Some(parts) = allocate(total, &weights) else {
                prop_assert!(weights.iter().all(|weight| *weight == 0));
                return Ok(());
            };
            let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            prop_assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(total));
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = i128::from(total) * i128::from(*weight);
                prop_assert!((i128::from(*part) * sum - exact).abs() < sum);
            }
        }
    }
}
