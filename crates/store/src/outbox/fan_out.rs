//! Lets every listener hear every event: one node at a time, in batches, each event once.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{Env, Fault, Stop, Timestamp};
use futures_util::FutureExt as _;
use jiff::SignedDuration;

use super::event::{Event, Listener, TOPIC};
use super::rows;
use crate::bus::heard;
use crate::jobs::lease;
use crate::patience;
use crate::store::Store;
use crate::tx::Tx;

/// Events that are heard in one transaction.
const BATCH: u32 = 100;
/// A signal may be lost; then an event waits this long.
const POLL: Duration = Duration::from_secs(1);
/// The name of the lease, and how long it holds: how long events wait when a node dies.
const NAME: &str = "fan-out";
const LEASE: SignedDuration = SignedDuration::from_secs(15);

/// The one who lets the listeners hear.
pub struct FanOut {
    store: Store,
    env: Env,
    listeners: Vec<Arc<dyn Listener>>,
    holder: String,
    held_until: Mutex<Option<Timestamp>>,
}

impl FanOut {
    /// A fan-out to these listeners.
    #[must_use]
    pub fn new(store: Store, env: Env, listeners: Vec<Arc<dyn Listener>>) -> FanOut {
        let holder = base::id::base32(&env.chance.bytes::<10>());
        FanOut { store, env, listeners, holder, held_until: Mutex::new(None) }
    }

    /// Lets everybody hear until `shutdown` is ready.
    #[expect(clippy::integer_division_remainder_used, reason = "inside of tokio's select")]
    pub async fn run(&self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        let mut bus = self.store.bus().listen();
        loop {
            if let Err(fault) = self.hear_all().await {
                tracing::error!(fault = fault.chain(), "the events could not be heard");
            }
            tokio::select! {
                () = &mut shutdown => break,
                () = heard(&mut bus, TOPIC) => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
        self.let_go().await;
    }

    /// Lets everybody hear every event that is due by the clock; how many were heard.
    ///
    /// # Errors
    /// A fault if the database fails, or if another node holds the fan-out. A listener that fails
    /// is no fault of this.
    pub async fn run_until_idle(&self) -> Result<usize, Fault> {
        let heard = self.hear_all().await;
        self.let_go().await;
        heard
    }

    async fn hear_all(&self) -> Result<usize, Fault> {
        let mut heard = 0;
        loop {
            let ids = rows::due(&mut self.store.read().await?, self.env.now(), BATCH).await?;
            if ids.is_empty() || !self.hold().await? {
                return Ok(heard);
            }
            heard += self.hear_batch(ids).await?;
        }
    }

    /// Whether this node is the one; takes the lease if nobody holds it.
    async fn hold(&self) -> Result<bool, Fault> {
        let now = self.env.now();
        let held = *self.held_until.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_some_and(|until| until.duration_since(now) > LEASE / 2) {
            return Ok(true);
        }
        // Looking before taking keeps the nodes that only watch from writing.
        if let Some((holder, until)) = lease::holder(&mut self.store.read().await?, NAME).await?
            && holder != self.holder
            && until > now
        {
            return Ok(false);
        }
        let until = now.saturating_add(LEASE).unwrap_or(now);
        let taken = crate::deed::write_aside!(self.store, |tx| {
            lease::take(tx, NAME, &self.holder, now, until).await
        })?;
        *self.held_until.lock().unwrap_or_else(PoisonError::into_inner) = taken.then_some(until);
        Ok(taken)
    }

    async fn let_go(&self) {
        let held = self.held_until.lock().unwrap_or_else(PoisonError::into_inner).take();
        if held.is_none() {
            return;
        }
        let released = crate::deed::write_aside!(self.store, |tx| {
            lease::release(tx, NAME, &self.holder).await
        });
        if let Err(fault) = released {
            tracing::warn!(fault = fault.chain(), "the fan-out could not be let go");
        }
    }

    /// Hears a batch together; if somebody stumbles, each event alone.
    async fn hear_batch(&self, ids: Vec<String>) -> Result<usize, Fault> {
        if let Ok(heard) = self.hear(ids.clone()).await {
            return Ok(heard);
        }
        let mut heard = 0;
        for id in ids {
            match self.hear(vec![id.clone()]).await {
                Ok(one) => heard += one,
                Err(stop) => self.keep_failure(&id, stop).await?,
            }
        }
        Ok(heard)
    }

    async fn hear(&self, ids: Vec<String>) -> Result<usize, Stop> {
        let now = self.env.now();
        let heard = crate::write!(self.store, |tx| {
            let events = rows::unheard(tx, ids.clone()).await?;
            for event in &events {
                self.tell_listeners(tx, event).await?;
            }
            rows::mark_heard(tx, ids.clone(), now).await?;
            Ok(events)
        })?;
        for event in &heard {
            let lag = now.duration_since(event.created_at).as_secs_f64();
            metrics::histogram!("paydesk_event_lag_seconds").record(lag.max(0.0));
        }
        metrics::counter!("paydesk_events", "outcome" => "heard").increment(heard.len() as u64);
        Ok(heard.len())
    }

    async fn tell_listeners(&self, tx: &mut Tx, event: &Event) -> Result<(), Fault> {
        for listener in &self.listeners {
            let hearing = AssertUnwindSafe(async { listener.hear(tx, event).await });
            hearing
                .catch_unwind()
                .await
                .unwrap_or_else(|panic| Err(patience::panicked("hearing", &*panic)))
                .map_err(|fault| Fault::of(format!("let {} hear", listener.name()), fault))?;
        }
        Ok(())
    }

    async fn keep_failure(&self, id: &str, stop: Stop) -> Result<(), Fault> {
        let fault = match stop {
            Stop::Fault(fault) => fault,
            Stop::Refused(refusal) => Fault::of("hear the event", refusal),
        };
        tracing::warn!(id, fault = fault.chain(), "an event was not heard");
        metrics::counter!("paydesk_events", "outcome" => "failed").increment(1);
        let now = self.env.now();
        let why = patience::kept(&fault);
        let id = id.parse().map_err(|error| Fault::of("read the id of an event", error))?;
        let failures = rows::attempts(&mut self.store.read().await?, id).await? + 1;
        let wait = patience::wait_after(failures, &self.env.chance);
        let due = now.saturating_add(wait).unwrap_or(now);
        crate::deed::write_aside!(self.store, |tx| rows::fail(tx, id, &why, now, due).await)?;
        Ok(())
    }
}
