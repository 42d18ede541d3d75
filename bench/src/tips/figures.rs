//! Figures of some rounds, and their medians.

use std::time::Duration;

use super::load::Tally;

/// The figures of one round.
pub(crate) struct Round {
    rate: f64,
    median: Duration,
    p99: Duration,
}

impl Round {
    pub(crate) fn of(tally: &Tally) -> Round {
        let mut latencies = tally.latencies.clone();
        latencies.sort_unstable();
        let at = |part: usize| {
            let last = latencies.len().saturating_sub(1);
            latencies.get(last * part / 100).copied().unwrap_or_default()
        };
        let rate = latencies.len() as f64 / tally.took.as_secs_f64();
        Round { rate, median: at(50), p99: at(99) }
    }
}

/// The figures of all rounds.
#[derive(Default)]
pub(crate) struct Figures(Vec<Round>);

impl Figures {
    pub(crate) fn add(&mut self, round: Round) {
        self.0.push(round);
    }

    fn middle(values: impl Iterator<Item = f64>) -> f64 {
        let mut values: Vec<f64> = values.collect();
        values.sort_unstable_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// Requests a second.
    pub(crate) fn rate(&self) -> f64 {
        Figures::middle(self.0.iter().map(|round| round.rate))
    }

    pub(crate) fn median_ms(&self) -> f64 {
        Figures::middle(self.0.iter().map(|round| round.median.as_secs_f64() * 1e3))
    }

    pub(crate) fn p99_ms(&self) -> f64 {
        Figures::middle(self.0.iter().map(|round| round.p99.as_secs_f64() * 1e3))
    }

    /// Rate by rate of the peer in the same round, so that what slows the machine slows both.
    pub(crate) fn ratio_to(&self, peer: &Figures) -> f64 {
        Figures::middle(self.0.iter().zip(&peer.0).map(|(ours, peer)| ours.rate / peer.rate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_round_counts() {
        let figures = |rates: [u32; 3]| {
            let round = |rate: u32| Tally {
                took: Duration::from_secs(1),
                latencies: (1..=rate).map(|millis| Duration::from_millis(millis.into())).collect(),
                ..Tally::default()
            };
            Figures(rates.map(|rate| Round::of(&round(rate))).into())
        };
        let (ours, peer) = (figures([101, 50, 201]), figures([202, 200, 201]));
        assert!((ours.rate() - 101.0).abs() < 1e-9);
        assert!((ours.median_ms() - 51.0).abs() < 1e-9);
        assert!((ours.ratio_to(&peer) - 0.5).abs() < 1e-9);
    }
}
