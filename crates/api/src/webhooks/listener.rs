//! Hears every event and makes a delivery for each endpoint that wants it.

use async_trait::async_trait;
use base::id::WebhookDeliveryId;
use base::{Env, Fault};
use store::outbox::{Event, Listener};
use store::{Tx, jobs};

use super::deliver::Errand;
use super::endpoint::{Delivery, DeliveryState};
use super::{JOB, rows};

/// Turns events into deliveries, in the transaction that marks them heard.
pub struct WebhookListener {
    env: Env,
}

impl WebhookListener {
    /// One that takes time and ids from here.
    #[must_use]
    pub fn new(env: Env) -> WebhookListener {
        WebhookListener { env }
    }
}

#[async_trait]
impl Listener for WebhookListener {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    async fn hear(&self, tx: &mut Tx, event: &Event) -> Result<(), Fault> {
        let now = self.env.now();
        let mut errands = Vec::new();
        for endpoint in rows::enabled(tx).await? {
            if !endpoint.kinds.want(&event.kind) {
                continue;
            }
            let id: WebhookDeliveryId = self.env.id();
            let delivery = Delivery {
                id,
                endpoint: endpoint.id,
                event: event.id,
                kind: event.kind.to_string(),
                state: DeliveryState::Waiting,
                attempts: 0,
                next_at: Some(now),
                last_status: None,
                last_error: None,
                created_at: now,
                updated_at: now,
            };
            if rows::insert_delivery(tx, &delivery).await? {
                errands.push(Errand { delivery: id });
            }
        }
        if errands.is_empty() {
            return Ok(());
        }
        jobs::enqueue_many(tx, &self.env, JOB, &errands, now).await
    }
}
