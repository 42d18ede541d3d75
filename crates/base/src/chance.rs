//! Chance, passed in: the operating system's in production, a seed in tests.

use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A source of randomness that can be cloned and shared; clones draw from the same stream.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<StdRng>>);

impl Chance {
    /// A cryptographically strong generator, seeded by the operating system.
    #[must_use]
    pub fn system() -> Chance {
        Chance(Arc::new(Mutex::new(rand::make_rng())))
    }

    /// The same numbers again for the same seed. For tests and simulations only.
    #[must_use]
    pub fn seeded(seed: u64) -> Chance {
        Chance(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// Fills `N` bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A number from 0 up to, not including, `bound`. A bound of zero gives zero.
    ///
    /// The bias is below 2⁻³² for bounds below 2³², which is enough for jitter and test plans;
    /// secrets are made from [`Chance::bytes`].
    #[must_use]
    pub fn below(&self, bound: u64) -> u64 {
        u64::from_le_bytes(self.bytes()).checked_rem(bound).unwrap_or(0)
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Chance")
    }
}
