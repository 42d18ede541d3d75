//! One webhook endpoint.

use std::sync::Arc;

use axum::extract::State;
use base::id::WebhookEndpoint;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::webhooks;

/// Look at a webhook endpoint. Its key is not shown again.
#[utoipa::path(
    get,
    path = "/v1/webhook_endpoints/{id}",
    tag = "webhooks",
    operation_id = "get_webhook_endpoint",
    params(("id" = String, Path, description = "The endpoint's id, `whe_…`.")),
    responses((status = 200, description = "The endpoint.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadWebhooks>,
    Named(id): Named<WebhookEndpoint>,
) -> Result<Reply, Problem> {
    let endpoint = webhooks::find(&mut door.read().await?, id).await?;
    let endpoint = endpoint.ok_or(WebhookEndpoint::MISSING)?;
    Ok(Reply::ok(&Shown::of(endpoint, None, door.livemode))?)
}
