//! When a webhook is sent again: ten tries over three days, none of them in step with others.

use base::{Chance, SignedDuration, Timestamp};

/// The waits between the ten tries, in seconds: 75 hours and 35 minutes in all.
const WAITS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// An endpoint that has failed for so long without one success is switched off.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(5 * 24);

/// The longest wait that an endpoint may ask for.
const LONGEST: i64 = 86_400;

/// When to try again after `tries` failed ones; `None` after the last.
///
/// A tenth of the wait is added or taken at random, and a `Retry-After` is never undercut.
#[must_use]
pub fn next(
    now: Timestamp,
    tries: i64,
    retry_after: Option<i64>,
    chance: &Chance,
) -> Option<Timestamp> {
    let wait = *WAITS.get(usize::try_from(tries - 1).ok()?)?;
    let spread = u64::try_from(wait * 200).ok()?;
    let jitter = i64::try_from(chance.below(spread + 1)).ok()? - wait * 100;
    let asked = retry_after.unwrap_or(0).clamp(0, LONGEST);
    let millis = (wait * 1_000 + jitter).max(asked * 1_000);
    now.checked_add(SignedDuration::from_millis(millis)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_take_three_days_and_a_few_hours() {
        assert_eq!(WAITS.iter().sum::<i64>(), 75 * 3_600 + 35 * 60 + 5);
        assert_eq!(WAITS.len() + 1, 10);
        let chance = Chance::seeded(3);
        for (nth, wait) in WAITS.iter().enumerate() {
            let tries = i64::try_from(nth).unwrap() + 1;
            let next = next(Timestamp::UNIX_EPOCH, tries, None, &chance).unwrap();
            let millis = next.as_millisecond();
            assert!((wait * 900..=wait * 1_100).contains(&millis), "{tries}: {millis}");
        }
        assert_eq!(next(Timestamp::UNIX_EPOCH, 10, Some(5), &chance), None);
    }

    #[test]
    fn a_wish_to_wait_is_granted_within_a_day() {
        let chance = Chance::seeded(3);
        let at = |asked| next(Timestamp::UNIX_EPOCH, 1, Some(asked), &chance).unwrap().as_second();
        assert_eq!(at(120), 120);
        assert_eq!(at(10_000_000), 86_400);
        assert!(at(-5) <= 6);
    }
}
