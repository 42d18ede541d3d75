//! A delivery is sent again because somebody asks.

use base::id::WebhookDelivery;
use base::id::WebhookDeliveryId;
use base::{Env, Kind, Refusal, Stop};
use store::{Tx, jobs};

use super::deliver::Errand;
use super::endpoint::{Delivery, DeliveryState, EndpointState};
use super::{JOB, rows};
use crate::ask::Thing;

/// It is on its way already.
const WAITING: Refusal = Refusal::new(
    Kind::Conflict,
    "webhook_delivery_waiting",
    "this delivery is on its way already; next_at says when it is sent again",
);
/// The endpoint is off.
const OFF: Refusal = Refusal::new(
    Kind::Conflict,
    "webhook_endpoint_disabled",
    "the endpoint of this delivery is switched off; enable it first",
);

/// Sends a delivery again, with all its tries.
///
/// # Errors
/// Refused if there is none, it is on its way already, or its endpoint is off.
pub async fn replay(tx: &mut Tx, env: &Env, id: WebhookDeliveryId) -> Result<Delivery, Stop> {
    let delivery = rows::find_delivery(tx, id).await?.ok_or(WebhookDelivery::MISSING)?;
    if delivery.state == DeliveryState::Waiting {
        return Err(WAITING.into());
    }
    let endpoint = rows::find(tx, delivery.endpoint).await?.ok_or(WebhookDelivery::MISSING)?;
    if endpoint.state == EndpointState::Disabled {
        return Err(OFF.into());
    }
    let now = env.now();
    let (state, next_at) = (DeliveryState::Waiting, Some(now));
    let again = Delivery { state, attempts: 0, next_at, updated_at: now, ..delivery };
    rows::update_delivery(tx, &again).await?;
    jobs::enqueue(tx, env, JOB, &Errand { delivery: id }, now).await?;
    Ok(again)
}
