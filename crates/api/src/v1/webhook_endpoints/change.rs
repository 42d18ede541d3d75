//! A webhook endpoint moves, wants other events, or is switched on or off.

use std::sync::Arc;

use axum::extract::State;
use base::id::WebhookEndpoint;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::{Named, Reply, Sent, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::webhooks::{self, DisabledReason, Endpoint, Kinds};

/// What changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"state": "enabled"}))]
pub struct WebhookEndpointChanges {
    /// Its new address.
    url: Option<String>,
    /// What it is told from now on.
    types: Option<Vec<String>>,
    /// Whether it is told anything.
    #[schema(inline)]
    state: Option<Switch>,
}

/// On or off.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Switch {
    Enabled,
    Disabled,
}

/// Change a webhook endpoint.
#[utoipa::path(
    patch,
    path = "/v1/webhook_endpoints/{id}",
    tag = "webhooks",
    operation_id = "change_webhook_endpoint",
    params(("id" = String, Path, description = "The endpoint's id, `whe_…`.")),
    request_body = WebhookEndpointChanges,
    responses((status = 200, description = "The endpoint after the change.", body = Shown)),
)]
pub async fn change(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteWebhooks>,
    Named(id): Named<WebhookEndpoint>,
    Sent(body): Sent<WebhookEndpointChanges>,
) -> Result<Reply, Problem> {
    let WebhookEndpointChanges { url, types, state } = body;
    let loopback = door.settings.loopback_webhooks;
    let url = url.map(|url| webhooks::checked_address(&url, loopback)).transpose()?;
    let kinds = types.map(Kinds::checked).transpose()?;
    let now = door.env().now();
    let changed = store::write!(door.billing.store, |tx| {
        let old = webhooks::find(tx, id).await?.ok_or(WebhookEndpoint::MISSING)?;
        let moved = Endpoint {
            url: url.as_ref().map_or_else(|| old.url.clone(), ToString::to_string),
            kinds: kinds.clone().unwrap_or_else(|| old.kinds.clone()),
            ..old
        };
        let changed = match state {
            Some(Switch::Enabled) => moved.on(),
            Some(Switch::Disabled) => moved.off(DisabledReason::Asked),
            None => moved,
        };
        webhooks::update(tx, &changed, now).await?;
        Ok(Endpoint { updated_at: now, ..changed })
    })?;
    Ok(Reply::ok(&Shown::of(changed, None, door.livemode))?)
}
