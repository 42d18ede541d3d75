//! Making a webhook endpoint.

use std::sync::Arc;

use axum::extract::State;
use base::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Once, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::webhooks::{self, Endpoint, EndpointState, Kinds, SigningKey};

/// As many as anybody needs: each event goes to all of them.
const MOST: i64 = 20;
/// There are too many.
const TOO_MANY: Refusal = Refusal::new(
    Kind::Rule,
    "webhook_endpoints_too_many",
    "there are 20 webhook endpoints already; remove one first",
);

/// An endpoint to be made.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "url": "https://shop.example.org/hooks/paydesk",
    "types": ["payment.*", "tip.left"],
}))]
pub struct NewWebhookEndpoint {
    /// Its address: https, on the public internet.
    url: String,
    /// What it is told: types of events, `payment.*` for an area, `*` for all.
    types: Vec<String>,
}

/// Make a webhook endpoint.
///
/// The answer holds the key that webhooks are signed with; it is not shown again.
#[utoipa::path(
    post,
    path = "/v1/webhook_endpoints",
    tag = "webhooks",
    operation_id = "create_webhook_endpoint",
    request_body = NewWebhookEndpoint,
    responses((status = 201, description = "The endpoint, with its key.", body = Shown)),
)]
pub async fn create(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteWebhooks>,
    asked: Once,
    Sent(body): Sent<NewWebhookEndpoint>,
) -> Result<Reply, Problem> {
    let deed = asked.asks("", &body)?.with_secret();
    let url = webhooks::checked_address(&body.url, door.settings.loopback_webhooks)?;
    let kinds = Kinds::checked(body.types)?;
    once!(door, deed, |tx| {
        if webhooks::count(tx).await? >= MOST {
            return Err(TOO_MANY.into());
        }
        let (env, now) = (door.env(), door.env().now());
        let (id, key) = (env.id(), SigningKey::new(&env.chance));
        let sealed = door.vault().seal(&env.chance, &Endpoint::purpose(id), key.as_bytes())?;
        let endpoint = Endpoint {
            id,
            url: url.to_string(),
            kinds: kinds.clone(),
            secret: sealed,
            state: EndpointState::Enabled,
            disabled_reason: None,
            failing_since: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        webhooks::insert(tx, &endpoint).await?;
        Ok(Reply::created(&Shown::of(endpoint, Some(key.reveal()), door.livemode))?)
    })
}
