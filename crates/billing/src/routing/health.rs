//! How the accounts' houses answer just now, as this process has seen it; on `/metrics` as well.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Clock, Timestamp};
use processor::Answer;

use super::breaker::{Breaker, Ended, Stands};

/// What this process remembers of calls; clones share it.
#[derive(Clone)]
pub struct Health {
    clock: Clock,
    accounts: Arc<Mutex<BTreeMap<String, Breaker>>>,
}

/// The accounts whose breaker is open at a moment.
#[derive(Clone, Debug, Default)]
pub struct Breakers(BTreeSet<String>);

impl Breakers {
    /// Nobody's: for questions that no call will follow.
    #[must_use]
    pub fn ignored() -> Breakers {
        Breakers::default()
    }

    /// Whether an account's is open.
    #[must_use]
    pub fn open(&self, account: &str) -> bool {
        self.0.contains(account)
    }
}

/// How an account does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// Its breaker.
    pub stands: Stands,
    /// Calls of the last minutes that ended with a yes or were taken in.
    pub ok: usize,
    /// With a no.
    pub declined: usize,
    /// Not executed.
    pub not_executed: usize,
    /// Nobody knows.
    pub unknown: usize,
    /// How long the slower half of the calls took at least, in milliseconds.
    pub median_ms: Option<i64>,
}

impl Health {
    pub(crate) fn new(clock: Clock) -> Health {
        Health { clock, accounts: Arc::default() }
    }

    /// Makes a call and notes how it ends. Every call that tells how a house is should go by this.
    pub async fn watched<T>(
        &self,
        account: &str,
        call: impl Future<Output = Answer<T>> + Send,
    ) -> Answer<T> {
        let began = self.clock.now();
        self.lock().entry(account.to_owned()).or_default().begin(began);
        let answer = call.await;
        let ended = match &answer {
            Answer::Done(_) | Answer::Accepted => Ended::Ok,
            Answer::Declined(_) => Ended::Declined,
            Answer::NotExecuted(_) => Ended::NotExecuted,
            Answer::Unknown(_) => Ended::Unknown,
        };
        self.end(account, began, ended);
        answer
    }

    fn end(&self, account: &str, began: Timestamp, ended: Ended) {
        let now = self.clock.now();
        let took = now.duration_since(began);
        let took_ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
        let stands = {
            let mut accounts = self.lock();
            let breaker = accounts.entry(account.to_owned()).or_default();
            breaker.end(now, ended, took_ms);
            breaker.stands(now)
        };
        let account = account.to_owned();
        metrics::counter!(
            "paydesk_processor_calls_total",
            "account" => account.clone(), "outcome" => ended.as_str()
        )
        .increment(1);
        metrics::histogram!("paydesk_processor_call_seconds", "account" => account.clone())
            .record(took.as_secs_f64());
        metrics::gauge!("paydesk_processor_breaker", "account" => account).set(match stands {
            Stands::Closed => 0.0,
            Stands::Probing => 1.0,
            Stands::Open { .. } => 2.0,
        });
    }

    /// The breakers that are open now. Look before a transaction, not in it.
    #[must_use]
    pub fn breakers(&self) -> Breakers {
        let now = self.clock.now();
        let accounts = self.lock();
        let open = accounts.iter().filter(|(_, breaker)| !breaker.admits(now));
        Breakers(open.map(|(account, _)| account.clone()).collect())
    }

    /// How an account does.
    #[must_use]
    pub fn pulse(&self, account: &str) -> Pulse {
        let now = self.clock.now();
        let breaker = self.lock().get(account).cloned().unwrap_or_default();
        let many = |wanted| breaker.window(now).filter(|call| call.ended == wanted).count();
        let mut times: Vec<i64> = breaker.window(now).map(|call| call.took_ms).collect();
        times.sort_unstable();
        Pulse {
            stands: breaker.stands(now),
            ok: many(Ended::Ok),
            declined: many(Ended::Declined),
            not_executed: many(Ended::NotExecuted),
            unknown: many(Ended::Unknown),
            median_ms: times.get(times.len() / 2).copied(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Breaker>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
