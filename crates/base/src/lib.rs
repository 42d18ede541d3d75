//! The words everything else is written in: money, ids, time, chance, who acts, and how to say no.
//!
//! Nothing here does I/O and nothing is asynchronous, so that every rule of the product can be a
//! pure function over these types.

pub mod actor;
pub mod chance;
pub mod id;
pub mod language;
pub mod money;
pub mod secret;
pub mod stop;
pub mod time;

pub use actor::Actor;
pub use chance::Chance;
pub use id::Id;
pub use language::Language;
pub use money::{Currency, Money, Share, Tokens};
pub use secret::{Hashed, Secret};
pub use stop::{Fault, Kind, Refusal, Stop};
pub use time::{Clock, SignedDuration, Timestamp};

/// What a deed may not reach for by itself: the time and chance.
///
/// It is handed down from the binary (or from a test) to everything that makes an id or looks at
/// the clock, so that a run can be repeated exactly.
#[derive(Clone, Debug)]
pub struct Env {
    /// Where the time comes from.
    pub clock: Clock,
    /// Where randomness comes from.
    pub chance: Chance,
}

impl Env {
    /// The real surroundings of a running program.
    #[must_use]
    pub fn system() -> Env {
        Env { clock: Clock::system(), chance: Chance::system() }
    }

    /// Surroundings that can be repeated: a clock that only moves when told, and seeded chance.
    #[must_use]
    pub fn fixed(now: Timestamp, seed: u64) -> Env {
        Env { clock: Clock::fixed(now), chance: Chance::seeded(seed) }
    }

    /// The time, once. Take it at the start of a deed and pass it on.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id of any kind, ordered by time.
    #[must_use]
    pub fn id<K: id::IdKind>(&self) -> Id<K> {
        Id::new(self.clock.now(), &self.chance)
    }
}
