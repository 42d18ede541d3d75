//! Is an id surely new? Most are, and then nobody looks on disk.

use std::collections::HashSet;

/// So many ids a generation remembers; there are two.
const GENERATION: usize = 131_072;

/// Ids from the year 2100 on (by their first 48 bits) were not made from a clock.
const FOREIGN: u128 = 4_102_444_800_000 << 80;

/// Every id that was ever used is remembered here, is at most `floor`, or is foreign.
///
/// Ids that are ordered by time are above the floor, which follows a hundred thousand transfers
/// behind them. Any other id is right too, it only costs the look-up.
#[derive(Debug, Default)]
pub(super) struct Recent {
    newer: HashSet<u128>,
    older: HashSet<u128>,
    floor: u128,
}

impl Recent {
    /// Remembers nothing; every id that was used so far is at most `floor` or foreign.
    pub(super) fn above(floor: u128) -> Recent {
        Recent { floor, ..Recent::default() }
    }

    /// The first id that is foreign.
    pub(super) fn foreign() -> u128 {
        FOREIGN
    }

    /// Whether the id was certainly never used.
    pub(super) fn is_surely_new(&self, id: u128) -> bool {
        id > self.floor && id < FOREIGN && !self.newer.contains(&id) && !self.older.contains(&id)
    }

    /// An id is used now. To note one that is then taken back costs a look-up later, no more.
    pub(super) fn note(&mut self, id: u128) {
        if id >= FOREIGN || id <= self.floor {
            return;
        }
        self.newer.insert(id);
        if self.newer.len() >= GENERATION {
            let newer = std::mem::take(&mut self.newer);
            let forgotten = std::mem::replace(&mut self.older, newer);
            self.floor = forgotten.into_iter().max().unwrap_or(0).max(self.floor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_was_noted_is_never_surely_new_again() {
        let mut recent = Recent::default();
        let count = 2 * GENERATION as u128 + 9;
        for id in (1..=count).map(|nth| nth * 7) {
            assert!(recent.is_surely_new(id));
            recent.note(id);
        }
        assert!((1..=count).all(|nth| !recent.is_surely_new(nth * 7)));
        assert!(recent.newer.len() + recent.older.len() <= 2 * GENERATION);
        assert!(recent.is_surely_new(count * 7 + 1));
    }

    #[test]
    fn foreign_ids_are_always_looked_up_and_do_not_raise_the_floor() {
        let mut recent = Recent::above(10);
        recent.note(FOREIGN + 5);
        assert!(!recent.is_surely_new(FOREIGN + 6));
        assert!(!recent.is_surely_new(10) && recent.is_surely_new(11));
    }
}
