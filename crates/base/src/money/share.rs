//! Shares of a sum: what a creator gets of a tip, what a part of a lot was worth.

/// A share in hundredths of a per cent: 6 000 is 60 %.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "u16", into = "u16")]
pub struct Share(u16);

impl Share {
    /// Everything.
    pub const ALL: Share = Share(10_000);

    /// A share of `basis_points` hundredths of a per cent; `None` above the whole.
    #[must_use]
    pub const fn basis_points(basis_points: u16) -> Option<Share> {
        if basis_points <= 10_000 { Some(Share(basis_points)) } else { None }
    }

    /// A share of whole per cent; `None` above 100.
    #[must_use]
    pub const fn percent(percent: u16) -> Option<Share> {
        if percent <= 100 { Some(Share(percent * 100)) } else { None }
    }

    /// In hundredths of a per cent.
    #[must_use]
    pub const fn as_basis_points(self) -> u16 {
        self.0
    }

    /// The share of `amount`, rounded down; the rest is whatever is left.
    #[must_use]
    pub fn of(self, amount: i64) -> i64 {
        let part = (i128::from(amount) * i128::from(self.0)).div_euclid(10_000);
        i64::try_from(part).unwrap_or(amount)
    }
}

impl TryFrom<u16> for Share {
    type Error = &'static str;

    fn try_from(basis_points: u16) -> Result<Share, &'static str> {
        Share::basis_points(basis_points).ok_or("a share is at most 10000 hundredths of a per cent")
    }
}

impl From<Share> for u16 {
    fn from(share: Share) -> u16 {
        share.0
    }
}

/// What the units from `before` (exclusive) to `until` (inclusive) of `units` are worth together,
/// if all of them are worth `total`.
///
/// The value of the first k units is floor(total·k / units), so whatever way the units are cut
/// into runs, the runs add up to `total` with no residue.
///
/// # Panics
/// If `before > until`, `until > units` or `units` is not positive: the caller mixed up two lots.
#[must_use]
pub fn cumulative(total: i64, units: i64, before: i64, until: i64) -> i64 {
    assert!(0 <= before && before <= until && until <= units && units > 0, "not a run of the lot");
    let first = |count: i64| (i128::from(total) * i128::from(count)).div_euclid(i128::from(units));
    i64::try_from(first(until) - first(before)).unwrap_or(total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sixty_per_cent_of_25_is_15() {
        assert_eq!(Share::percent(60).unwrap().of(25), 15);
        assert_eq!(Share::percent(60).unwrap().of(1), 0);
        assert_eq!(Share::ALL.of(i64::MAX), i64::MAX);
        assert_eq!(Share::percent(101), None);
    }

    proptest! {
        #[test]
        fn runs_of_a_lot_add_up(total in 0_i64..1_000_000_000, cuts in prop::collection::vec(1_i64..1000, 1..30)) {
            let units: i64 = cuts.iter().sum();
            let mut before = 0;
            let mut sum = 0;
            for cut in cuts {
                sum += cumulative(total, units, before, before + cut);
                before += cut;
            }
            prop_assert_eq!(sum, total);
        }

        #[test]
        fn a_share_never_exceeds_the_whole(amount in 0_i64..=i64::MAX, points in 0_u16..=10_000) {
            let part = Share::basis_points(points).unwrap().of(amount);
            prop_assert!((0..=amount).contains(&part));
        }
    }
}
