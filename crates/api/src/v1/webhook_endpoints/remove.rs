//! A webhook endpoint is removed, with its deliveries.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::id::WebhookEndpoint;

use crate::ask::{Named, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::webhooks;

/// Remove a webhook endpoint, with its deliveries.
#[utoipa::path(
    delete,
    path = "/v1/webhook_endpoints/{id}",
    tag = "webhooks",
    operation_id = "remove_webhook_endpoint",
    params(("id" = String, Path, description = "The endpoint's id, `whe_…`.")),
    responses((status = 204, description = "It is gone.")),
)]
pub async fn remove(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteWebhooks>,
    Named(id): Named<WebhookEndpoint>,
) -> Result<StatusCode, Problem> {
    store::write!(door.billing.store, |tx| {
        if webhooks::delete(tx, id).await? { Ok(()) } else { Err(WebhookEndpoint::MISSING.into()) }
    })?;
    Ok(StatusCode::NO_CONTENT)
}
