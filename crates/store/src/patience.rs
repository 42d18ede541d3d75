//! How long to wait before trying again what failed, and when to stop trying.

use base::{Chance, Fault};
use jiff::SignedDuration;

/// What failed this often rests until somebody looks at it.
pub(crate) const MOST_TRIES: i64 = 10;

const FIRST_MILLIS: u64 = 5_000;
const LONGEST_MILLIS: u64 = 3_600_000;

/// The wait after so many failures: it doubles from five seconds to an hour, and chance moves it
/// by up to a quarter either way, so that what failed together does not come back together.
pub(crate) fn wait_after(failures: i64, chance: &Chance) -> SignedDuration {
    let doublings = u32::try_from(failures.clamp(1, 20) - 1).unwrap_or(0);
    let whole = (FIRST_MILLIS << doublings).min(LONGEST_MILLIS);
    let millis = whole - whole / 4 + chance.below(whole / 2 + 1);
    SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// What a panic said, as a fault of whoever panicked.
pub(crate) fn panicked(who: &str, panic: &(dyn std::any::Any + Send)) -> Fault {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word");
    Fault::new(format!("finish {who}: it panicked: {said}"))
}

/// An error as it is kept beside what failed: one line of bounded length.
pub(crate) fn kept(fault: &Fault) -> String {
    let mut line = fault.chain();
    if let Some((end, _)) = line.char_indices().nth(1_000) {
        line.truncate(end);
    }
    // PostgreSQL cannot keep this one character.
    line.replace('\0', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_never_meet() {
        let chance = Chance::seeded(3);
        for (failures, whole) in [(1, 5), (2, 10), (5, 80), (9, 1280), (12, 3600), (900, 3600)] {
            for _ in 0..50 {
                let wait = wait_after(failures, &chance).as_millis();
                assert!((750 * whole..=1250 * whole).contains(&wait), "{failures}: {wait}");
            }
        }
    }

    #[test]
    fn an_error_is_kept_short() {
        let fault = Fault::new("é".repeat(5_000));
        assert_eq!(kept(&fault).chars().count(), 1_000);
    }
}
