//! A circuit breaker: after too many technical failures an account rests, then is tried by one
//! call. Pure: the time is told.

use std::collections::VecDeque;

use base::{SignedDuration, Timestamp};

/// So many technical failures in a row open it.
const IN_A_ROW: u32 = 5;
/// What is remembered: so long, and so many calls at most.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
const MOST_KEPT: usize = 200;
/// From so many calls in the window on, half of them failing opens it as well.
const ENOUGH: usize = 20;
/// How long it rests the first time; each failed probe doubles it.
const FIRST_REST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_REST: SignedDuration = SignedDuration::from_mins(10);
/// A probe that has not ended after this is no probe any more.
const PROBE: SignedDuration = SignedDuration::from_secs(60);

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With a yes, or taken in.
    Ok,
    /// With a no: the house is well.
    Declined,
    /// Not executed.
    NotExecuted,
    /// Nobody knows.
    Unknown,
}

impl Ended {
    /// The word, for metrics and pages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Ended::Ok => "ok",
            Ended::Declined => "declined",
            Ended::NotExecuted => "not_executed",
            Ended::Unknown => "unknown",
        }
    }

    /// Whether the line failed, not the card.
    #[must_use]
    pub const fn is_technical(self) -> bool {
        matches!(self, Ended::NotExecuted | Ended::Unknown)
    }
}

/// How a breaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Calls go through.
    Closed,
    /// None go through until then.
    Open {
        /// When one may try.
        until: Timestamp,
    },
    /// One may try, or is trying.
    Probing,
}

/// A call that has ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) at: Timestamp,
    pub(super) ended: Ended,
    pub(super) took_ms: i64,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Closed,
    Open { until: Timestamp },
    Probing { since: Timestamp },
}

/// What is remembered of an account's calls, and whether more may be made.
#[derive(Clone, Debug)]
pub(super) struct Breaker {
    state: State,
    in_a_row: u32,
    rest: SignedDuration,
    calls: VecDeque<Call>,
}

impl Default for Breaker {
    fn default() -> Breaker {
        Breaker { state: State::Closed, in_a_row: 0, rest: FIRST_REST, calls: VecDeque::new() }
    }
}

impl Breaker {
    pub(super) fn stands(&self, now: Timestamp) -> Stands {
        match self.state {
            State::Closed => Stands::Closed,
            State::Open { until } if now < until => Stands::Open { until },
            State::Open { .. } | State::Probing { .. } => Stands::Probing,
        }
    }

    /// Whether a new payment may be sent there.
    pub(super) fn admits(&self, now: Timestamp) -> bool {
        match self.state {
            State::Closed => true,
            State::Open { until } => now >= until,
            State::Probing { since } => now.duration_since(since) >= PROBE,
        }
    }

    /// A call leaves.
    pub(super) fn begin(&mut self, now: Timestamp) {
        match self.state {
            State::Open { until } if now >= until => self.state = State::Probing { since: now },
            State::Probing { since } if now.duration_since(since) >= PROBE => {
                self.state = State::Probing { since: now };
            }
            State::Closed | State::Open { .. } | State::Probing { .. } => {}
        }
    }

    /// A call has ended.
    pub(super) fn end(&mut self, now: Timestamp, ended: Ended, took_ms: i64) {
        self.calls.push_back(Call { at: now, ended, took_ms });
        while self.calls.len() > MOST_KEPT || self.calls.front().is_some_and(|one| old(one, now)) {
            self.calls.pop_front();
        }
        if !ended.is_technical() {
            self.in_a_row = 0;
            self.rest = FIRST_REST;
            // What happened before the rest says nothing about a house that is well again.
            if !matches!(self.state, State::Closed) {
                self.calls.retain(|one| !one.ended.is_technical());
            }
            self.state = State::Closed;
            return;
        }
        self.in_a_row = self.in_a_row.saturating_add(1);
        match self.state {
            State::Probing { .. } => {
                self.rest = self.rest.saturating_mul(2).min(LONGEST_REST);
                self.open(now);
            }
            State::Closed if self.in_a_row >= IN_A_ROW || self.half_fail() => self.open(now),
            State::Closed | State::Open { .. } => {}
        }
    }

    fn open(&mut self, now: Timestamp) {
        let until = now.checked_add(self.rest).unwrap_or(now);
        self.state = State::Open { until };
    }

    fn half_fail(&self) -> bool {
        let failed = self.calls.iter().filter(|one| one.ended.is_technical()).count();
        self.calls.len() >= ENOUGH && failed * 2 >= self.calls.len()
    }

    /// The calls of the window.
    pub(super) fn window(&self, now: Timestamp) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |one| !old(one, now))
    }
}

fn old(call: &Call, now: Timestamp) -> bool {
    now.duration_since(call.at) >= WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn failed(times: i64) -> Breaker {
        let mut breaker = Breaker::default();
        for nth in 0..times {
            breaker.end(at(nth), Ended::Unknown, 5);
        }
        breaker
    }

    #[test]
    fn failures_in_a_row_open_it_and_a_no_is_none() {
        assert!(failed(4).admits(at(5)));
        let mut breaker = failed(4);
        breaker.end(at(4), Ended::Declined, 5);
        breaker.end(at(5), Ended::NotExecuted, 5);
        assert!(breaker.admits(at(6)));
        let breaker = failed(5);
        assert_eq!(breaker.stands(at(5)), Stands::Open { until: at(34) });
        assert!(!breaker.admits(at(33)) && breaker.admits(at(34)));
    }

    #[test]
    fn one_probe_goes_through_and_its_end_decides() {
        let mut breaker = failed(5);
        breaker.begin(at(40));
        assert_eq!(breaker.stands(at(41)), Stands::Probing);
        assert!(!breaker.admits(at(41)), "one is enough");
        breaker.end(at(42), Ended::NotExecuted, 5);
        assert_eq!(breaker.stands(at(43)), Stands::Open { until: at(102) }, "twice as long");
        breaker.begin(at(110));
        breaker.end(at(111), Ended::Ok, 5);
        assert_eq!(breaker.stands(at(111)), Stands::Closed);
        breaker.end(at(112), Ended::Unknown, 5);
        assert!(breaker.admits(at(112)), "old failures are forgotten");
    }

    #[test]
    fn a_probe_that_never_ends_blocks_nobody_for_ever() {
        let mut breaker = failed(5);
        breaker.begin(at(40));
        assert!(!breaker.admits(at(99)) && breaker.admits(at(100)));
    }

    #[test]
    fn half_of_many_calls_failing_opens_it_and_old_calls_do_not_count() {
        let mut breaker = Breaker::default();
        for nth in 0..18 {
            let ended = if nth % 2 == 0 { Ended::Unknown } else { Ended::Ok };
            breaker.end(at(nth), ended, 5);
        }
        breaker.end(at(18), Ended::Unknown, 5);
        assert!(breaker.admits(at(19)));
        breaker.end(at(19), Ended::Unknown, 5);
        assert!(!breaker.admits(at(20)));
        assert_eq!(breaker.window(at(20)).count(), 20);
        assert_eq!(breaker.window(at(400)).count(), 0);
    }
}
