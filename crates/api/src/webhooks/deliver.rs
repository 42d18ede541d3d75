//! The job that sends a delivery, and again, until the endpoint answers or the tries are used up.

use std::sync::Arc;

use async_trait::async_trait;
use base::id::WebhookDeliveryId;
use base::{Env, Fault, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::jobs::{Job, Next, Work};
use store::outbox::{self, Event};
use store::{Store, Tx};

use super::endpoint::{Delivery, DeliveryState, DisabledReason, Endpoint, EndpointState};
use super::send::{Outcome, Sender};
use super::{JOB, rows, schedule};

/// Which delivery a job is about.
#[derive(Serialize, Deserialize)]
pub struct Errand {
    /// Its id.
    pub delivery: WebhookDeliveryId,
}

/// Sends deliveries.
pub struct Deliver {
    store: Store,
    env: Env,
    sender: Arc<Sender>,
}

impl Deliver {
    /// One that sends through this sender.
    #[must_use]
    pub fn new(store: Store, env: Env, sender: Arc<Sender>) -> Deliver {
        Deliver { store, env, sender }
    }

    async fn load(&self, id: WebhookDeliveryId) -> Result<Option<Load>, Fault> {
        let mut reader = self.store.read().await?;
        let Some(delivery) = rows::find_delivery(&mut reader, id).await? else { return Ok(None) };
        let endpoint = rows::find(&mut reader, delivery.endpoint).await?;
        let event = outbox::find(&mut reader, delivery.event).await?;
        Ok(endpoint.zip(event).map(|(endpoint, event)| Load { delivery, endpoint, event }))
    }
}

struct Load {
    delivery: Delivery,
    endpoint: Endpoint,
    event: Event,
}

#[async_trait]
impl Work for Deliver {
    fn kind(&self) -> &'static str {
        JOB
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Errand { delivery: id } = job.read()?;
        // The endpoint may have been deleted meanwhile, and its deliveries with it.
        let Some(load) = self.load(id).await? else { return Ok(Next::Finished) };
        if load.delivery.state != DeliveryState::Waiting {
            return Ok(Next::Finished);
        }
        let outcome = match load.endpoint.state {
            EndpointState::Enabled => Some(self.sender.send(&load.endpoint, &load.event).await?),
            EndpointState::Disabled => None,
        };
        let now = self.env.now();
        let next = outcome.as_ref().and_then(|outcome| {
            let Outcome::Answered(_, wish) = outcome else {
                return schedule::next(now, load.delivery.attempts + 1, None, &self.env.chance);
            };
            schedule::next(now, load.delivery.attempts + 1, *wish, &self.env.chance)
        });
        let disabled = self.env.id();
        let kept = store::write!(self.store, |tx| {
            // The world may have moved while the call was out: what is changed is what is there.
            let Some(delivery) = rows::find_delivery(tx, id).await? else { return Ok(None) };
            let Some(endpoint) = rows::find(tx, delivery.endpoint).await? else { return Ok(None) };
            let delivery = after(delivery, outcome.as_ref(), next, now);
            rows::update_delivery(tx, &delivery).await?;
            if let Some(outcome) = &outcome {
                keep_endpoint(tx, endpoint, outcome, now, disabled).await?;
            }
            Ok(delivery.next_at)
        });
        count(outcome.as_ref());
        let next = kept.map_err(|stop| Fault::of("keep how a webhook went", stop))?;
        Ok(next.map_or(Next::Finished, Next::Later))
    }
}

/// The delivery after a try (or, without an outcome, without one: the endpoint is off).
fn after(
    delivery: Delivery,
    outcome: Option<&Outcome>,
    next: Option<Timestamp>,
    now: Timestamp,
) -> Delivery {
    let sent = outcome.is_some();
    let attempts = delivery.attempts + i64::from(sent);
    let off = || Some("the endpoint is switched off".to_owned());
    let (state, next_at) = match (outcome, next) {
        (Some(Outcome::Delivered(_)), _) => (DeliveryState::Delivered, None),
        (Some(Outcome::Answered(..) | Outcome::Unreachable(_)), Some(next)) => {
            (DeliveryState::Waiting, Some(next))
        }
        (None | Some(_), _) => (DeliveryState::Failed, None),
    };
    Delivery {
        state,
        attempts,
        next_at,
        last_status: outcome.and_then(Outcome::status).map(i64::from),
        last_error: outcome.map_or_else(off, Outcome::error),
        updated_at: now,
        ..delivery
    }
}

/// Keeps what the try says about the endpoint; one that is switched off is told as an event.
async fn keep_endpoint(
    tx: &mut Tx,
    endpoint: Endpoint,
    outcome: &Outcome,
    now: Timestamp,
    event: base::id::EventId,
) -> Result<(), Fault> {
    let (state, since) = (endpoint.state, endpoint.failing_since);
    let changed = match outcome {
        Outcome::Delivered(_) => endpoint.reached(),
        Outcome::Gone => endpoint.off(DisabledReason::Gone),
        Outcome::Answered(..) | Outcome::Unreachable(_) => endpoint.missed(now),
    };
    if (changed.state, changed.failing_since) == (state, since) {
        return Ok(());
    }
    rows::update(tx, &changed, now).await?;
    if changed.state == state {
        return Ok(());
    }
    let told = Event {
        id: event,
        kind: "webhook_endpoint.disabled".into(),
        subject: changed.id.to_string(),
        sequence: changed.version + 1,
        body: json!({
            "id": changed.id,
            "object": "webhook_endpoint",
            "url": changed.url,
            "state": changed.state,
            "disabled_reason": changed.disabled_reason,
            "failing_since": changed.failing_since,
        }),
        created_at: now,
    };
    outbox::tell(tx, &told).await
}

fn count(outcome: Option<&Outcome>) {
    let word = match outcome {
        Some(Outcome::Delivered(_)) => "delivered",
        Some(Outcome::Gone) => "gone",
        Some(Outcome::Answered(..)) => "refused",
        Some(Outcome::Unreachable(_)) => "unreachable",
        None => "off",
    };
    metrics::counter!("paydesk_webhooks", "outcome" => word).increment(1);
}
