//! How often somebody may ask: a bucket that refills steadily, kept in memory as one time.
//!
//! Instead of a level that must be topped up, each bucket keeps the time at which it will be full
//! again (the generic cell rate algorithm), so that an ask is one comparison and one addition.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderValue;
use base::{Kind, Refusal, Timestamp};

/// Too often.
pub const TOO_OFTEN: Refusal = Refusal::new(
    Kind::TooMany,
    "rate_limited",
    "this comes too often; wait as long as Retry-After says",
);

/// A rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many may come at once.
    pub burst: u32,
    /// How many a second may come for ever.
    pub per_second: u32,
}

/// How many buckets are kept before those that are full again are forgotten.
const MOST_BUCKETS: usize = 50_000;

/// One bucket for each `K`.
pub struct Buckets<K> {
    /// Microseconds between two asks at the steady rate.
    each: i64,
    burst: i64,
    policy: HeaderValue,
    full_at: Mutex<HashMap<K, i64>>,
}

/// What is left in a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many asks.
    pub asks: i64,
    /// Seconds until the bucket is full, rounded up.
    pub full_in: i64,
}

/// The bucket is empty: come again after so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Empty {
    /// Seconds until one more ask fits, rounded up.
    pub seconds: u32,
}

const SECOND: i64 = 1_000_000;

impl<K: Eq + Hash> Buckets<K> {
    /// Full buckets for a rate; a rate of zero counts as one.
    #[must_use]
    pub fn new(rate: Rate) -> Buckets<K> {
        let (burst, per_second) = (i64::from(rate.burst.max(1)), i64::from(rate.per_second.max(1)));
        let window = (burst + per_second - 1) / per_second;
        let policy = format!("\"key\";q={burst};w={window}");
        Buckets {
            each: (SECOND / per_second).max(1),
            burst,
            policy: HeaderValue::from_str(&policy)
                .unwrap_or_else(|_| HeaderValue::from_static("\"key\"")),
            full_at: Mutex::default(),
        }
    }

    /// Takes one ask out of the bucket of `whose`.
    ///
    /// # Errors
    /// [`Empty`] if there is none left.
    pub fn take(&self, whose: K, now: Timestamp) -> Result<Left, Empty> {
        let now = now.as_microsecond();
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, full_at| *full_at > now);
        }
        let full_at = buckets.entry(whose).or_insert(now);
        let then = (*full_at).max(now) + self.each;
        let room = now + self.each * self.burst - then;
        if room < 0 {
            return Err(Empty { seconds: u32::try_from(seconds(-room)).unwrap_or(1).max(1) });
        }
        *full_at = then;
        Ok(Left { asks: room / self.each, full_in: seconds(then - now) })
    }

    /// The header `RateLimit-Policy`.
    #[must_use]
    pub fn policy(&self) -> HeaderValue {
        self.policy.clone()
    }
}

impl Left {
    /// The header `RateLimit`.
    #[must_use]
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_str(&format!("\"key\";r={};t={}", self.asks, self.full_in))
            .unwrap_or_else(|_| HeaderValue::from_static("\"key\";r=0"))
    }
}

fn seconds(micros: i64) -> i64 {
    (micros + SECOND - 1) / SECOND
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    #[test]
    fn a_burst_is_let_through_and_then_the_steady_rate() {
        let buckets = Buckets::new(Rate { burst: 3, per_second: 2 });
        let asks: Vec<_> = (0..4).map(|_| buckets.take("ana", at(0)).map(|l| l.asks)).collect();
        assert_eq!(asks, [Ok(2), Ok(1), Ok(0), Err(Empty { seconds: 1 })]);
        assert!(buckets.take("ana", at(499)).is_err());
        assert_eq!(buckets.take("ana", at(500)), Ok(Left { asks: 0, full_in: 2 }));
        assert!(buckets.take("ana", at(600)).is_err());
    }

    #[test]
    fn each_has_a_bucket_of_its_own_and_rest_fills_it() {
        let buckets = Buckets::new(Rate { burst: 1, per_second: 1 });
        assert!(buckets.take("ana", at(0)).is_ok());
        assert!(buckets.take("ben", at(0)).is_ok());
        assert!(buckets.take("ana", at(10)).is_err());
        assert_eq!(buckets.take("ana", at(90_000)), Ok(Left { asks: 0, full_in: 1 }));
        assert_eq!(buckets.policy(), "\"key\";q=1;w=1");
    }
}
