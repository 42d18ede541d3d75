//! Answers at even times, so that how long one took says nothing of what it is.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The step: longer than a look-up takes on a machine that is not overloaded. One that takes longer
/// is answered at the next step.
const STEP: Duration = Duration::from_millis(400);

/// Does the work and gives its answer at the next even time since it began.
pub(super) async fn evenly<T>(work: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let answer = work.await;
    sleep_until(begun + evened(begun.elapsed())).await;
    answer
}

/// The first whole number of steps, at least one, that is not shorter.
fn evened(passed: Duration) -> Duration {
    let steps = passed.as_nanos().div_ceil(STEP.as_nanos()).max(1);
    STEP.saturating_mul(u32::try_from(steps).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_work_end_at_the_same_time() {
        for (took, whole) in [(0, 400), (1, 400), (399, 400), (400, 400), (401, 800), (950, 1200)] {
            let took = Duration::from_millis(took);
            assert_eq!(evened(took), Duration::from_millis(whole), "{took:?}");
        }
    }

    #[tokio::test]
    async fn nothing_is_answered_before_its_time() {
        let begun = Instant::now();
        assert_eq!(evenly(async { 7 }).await, 7);
        assert!(begun.elapsed() >= STEP, "{:?}", begun.elapsed());
    }
}
