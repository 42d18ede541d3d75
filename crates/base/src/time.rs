//! Time, passed in: nobody below the binary looks at the system clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

pub use jiff::{SignedDuration, Timestamp};

/// Where the time comes from. Clones of a settable clock move together.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved; microseconds since 1970.
    Settable(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Clock {
        Clock::System
    }

    /// A clock that stands still at `now` until [`Clock::advance`].
    #[must_use]
    pub fn fixed(now: Timestamp) -> Clock {
        Clock::Settable(Arc::new(AtomicI64::new(now.as_microsecond())))
    }

    /// The time now, cut to whole microseconds so that it survives storage unchanged.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Timestamp {
        let micros = match self {
            Clock::System => Timestamp::now().as_microsecond(),
            Clock::Settable(micros) => micros.load(Ordering::SeqCst),
        };
        from_micros(micros)
    }

    /// Moves a settable clock on. Does nothing to the machine's clock.
    pub fn advance(&self, by: SignedDuration) {
        if let Clock::Settable(micros) = self {
            let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
            micros.fetch_add(by, Ordering::SeqCst);
        }
    }
}

/// A stored time back from microseconds since 1970; times out of range become the nearest end.
#[must_use]
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}
