//! Sending a webhook again.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::id::WebhookDelivery;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Named, Once, Reply, SentOrEmpty};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::webhooks;

/// There is nothing to say about it.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayWebhook {}

/// Send a webhook again, with all its tries. It carries the same `webhook-id`.
#[utoipa::path(
    post,
    path = "/v1/webhook_deliveries/{id}/replay",
    tag = "webhooks",
    operation_id = "replay_webhook_delivery",
    params(("id" = String, Path, description = "The delivery's id, `whd_…`.")),
    request_body = ReplayWebhook,
    responses((status = 202, description = "The delivery, on its way again.", body = Shown)),
)]
pub async fn replay(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteWebhooks>,
    Named(id): Named<WebhookDelivery>,
    asked: Once,
    SentOrEmpty(body): SentOrEmpty<ReplayWebhook>,
) -> Result<Reply, Problem> {
    let deed = asked.asks(&id.to_string(), &body)?;
    once!(door, deed, |tx| {
        let delivery = webhooks::replay(tx, door.env(), id).await?;
        Ok(Reply::new(StatusCode::ACCEPTED, &Shown::of(delivery, door.livemode))?)
    })
}
