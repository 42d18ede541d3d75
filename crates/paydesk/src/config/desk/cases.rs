//! `[desk.cases]`: how long answers can be taken back, and how long solved cases open again.

use base::SignedDuration;
use serde::Deserialize;

/// The longest time for which an answer is kept from leaving, in seconds.
const LONGEST_UNDO: i64 = 120;
/// The longest time for which a solved case opens again, in days.
const LONGEST_REOPEN: i64 = 90;

/// How cases are kept.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cases {
    /// How many seconds an answer can be taken back; 0: not at all.
    pub undo_seconds: i64,
    /// For how many days a solved case opens again when the customer writes.
    pub reopen_days: i64,
}

impl Default for Cases {
    fn default() -> Cases {
        Cases { undo_seconds: 15, reopen_days: 7 }
    }
}

impl Cases {
    /// How long an answer can be taken back, and how long a solved case opens again.
    ///
    /// # Errors
    /// A sentence for the operator that names the field.
    pub fn settings(self) -> Result<(SignedDuration, SignedDuration), String> {
        if !(0..=LONGEST_UNDO).contains(&self.undo_seconds) {
            return Err(format!("undo_seconds is a number from 0 to {LONGEST_UNDO}"));
        }
        if !(1..=LONGEST_REOPEN).contains(&self.reopen_days) {
            return Err(format!("reopen_days is a number from 1 to {LONGEST_REOPEN}"));
        }
        let undo = SignedDuration::from_secs(self.undo_seconds);
        Ok((undo, SignedDuration::from_hours(self.reopen_days * 24)))
    }
}
