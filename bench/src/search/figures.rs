//! How long searches took and what they found.

use std::time::Duration;

/// The searches of one kind.
#[derive(Default)]
pub struct Figures {
    millis: Vec<f64>,
    hits: usize,
}

impl Figures {
    /// Notes a search.
    pub fn add(&mut self, took: Duration, hits: usize) {
        self.millis.push(took.as_secs_f64() * 1000.0);
        self.hits += hits;
    }

    /// The time that this share of the searches did not take longer than.
    pub fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.millis.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        sorted.get(at).copied().unwrap_or_default()
    }

    /// How many hits a search had.
    pub fn hits(&self) -> f64 {
        self.hits as f64 / self.millis.len().max(1) as f64
    }
}
