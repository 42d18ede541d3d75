//! Trying a webhook endpoint: one signed event is sent now, and it is told how that went.

use std::sync::Arc;

use axum::extract::State;
use base::Stop;
use base::id::{EventId, WebhookEndpoint};
use serde::{Deserialize, Serialize};
use store::outbox::Event;
use utoipa::ToSchema;

use crate::ask::{Named, Once, Reply, SentOrEmpty, Thing};
use crate::door::Door;
use crate::guard::{Caller, may, to_the_end};
use crate::problem::Problem;
use crate::webhooks::{self, Outcome};

/// There is nothing to say about it.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestWebhook {}

/// How a test went.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookTest)]
pub struct Shown {
    /// Always `webhook_test`.
    #[schema(example = "webhook_test")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// The id that was sent as `webhook-id`. The event is not kept.
    #[schema(value_type = String)]
    event: EventId,
    /// Whether the endpoint answered with a success.
    delivered: bool,
    /// What it answered.
    #[schema(example = 200)]
    status: Option<u16>,
    /// Why it did not go well, if it did not.
    error: Option<String>,
}

/// Send a test event to a webhook endpoint now, whether it is enabled or not.
#[utoipa::path(
    post,
    path = "/v1/webhook_endpoints/{id}/test",
    tag = "webhooks",
    operation_id = "test_webhook_endpoint",
    params(("id" = String, Path, description = "The endpoint's id, `whe_…`.")),
    request_body = TestWebhook,
    responses((status = 200, description = "How it went.", body = Shown)),
)]
pub async fn test(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteWebhooks>,
    Named(id): Named<WebhookEndpoint>,
    asked: Once,
    SentOrEmpty(body): SentOrEmpty<TestWebhook>,
) -> Result<Reply, Problem> {
    let deed = asked.asks(&id.to_string(), &body)?;
    to_the_end(async move {
        let tested = tested(&door, id);
        deed.calling_out(&door, tested).await
    })
    .await
}

async fn tested(door: &Door, id: base::id::WebhookEndpointId) -> Result<Reply, Stop> {
    let endpoint = webhooks::find(&mut door.read().await?, id).await?;
    let endpoint = endpoint.ok_or(WebhookEndpoint::MISSING)?;
    let event = Event {
        id: door.env().id(),
        kind: "webhook_endpoint.test".into(),
        subject: id.to_string(),
        sequence: endpoint.version,
        body: serde_json::json!({"id": id, "object": "webhook_endpoint", "url": endpoint.url}),
        created_at: door.env().now(),
    };
    let outcome = door.sender.send(&endpoint, &event).await?;
    Ok(Reply::ok(&Shown {
        object: "webhook_test",
        livemode: door.livemode,
        event: event.id,
        delivered: matches!(outcome, Outcome::Delivered(_)),
        status: outcome.status(),
        error: outcome.error(),
    })?)
}
