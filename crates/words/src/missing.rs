//! Keeping count of texts that were asked for and not there.
//!
//! A page with a hole is better than no page, so nothing here stops anything. A release never has
//! holes, because `cargo xtask words` finds them first.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use base::Language;

static COUNT: AtomicU64 = AtomicU64::new(0);
static TOLD: Mutex<BTreeSet<(Language, String)>> = Mutex::new(BTreeSet::new());

/// So many different holes are told to the log, then no more: ids may come from outside.
const TOLD_AT_MOST: usize = 100;

/// How often a text or one of its variables was missing since the program started.
#[must_use]
pub fn missing() -> u64 {
    COUNT.load(Ordering::Relaxed)
}

/// Counts a missing text (or `id $variable`) and tells the log when it is the first time.
pub(crate) fn note(language: Language, what: &str) {
    COUNT.fetch_add(1, Ordering::Relaxed);
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.len() < TOLD_AT_MOST && told.insert((language, what.to_owned())) {
        tracing::warn!(language = language.tag(), text = what, "a text is missing");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hole_is_counted_and_the_memory_of_them_is_limited() {
        let before = missing();
        for nth in 0..TOLD_AT_MOST * 2 {
            note(Language::Da, &format!("hole-{nth}"));
        }
        assert!(missing() >= before + 2 * TOLD_AT_MOST as u64);
        assert!(TOLD.lock().unwrap().len() <= TOLD_AT_MOST);
    }
}
