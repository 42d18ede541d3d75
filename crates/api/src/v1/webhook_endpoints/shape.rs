//! A webhook endpoint as the API shows it.

use base::Timestamp;
use base::id::WebhookEndpointId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::webhooks::{DisabledReason, Endpoint, EndpointState};

/// Where you want webhooks sent.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEndpoint)]
pub struct Shown {
    #[schema(value_type = String, example = "whe_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: WebhookEndpointId,
    /// Always `webhook_endpoint`.
    #[schema(example = "webhook_endpoint")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Its address.
    #[schema(example = "https://shop.example.org/hooks/paydesk")]
    url: String,
    /// What it is told: types of events, `payment.*` for an area, `*` for all.
    #[schema(example = json!(["payment.*", "tip.left"]))]
    types: Vec<String>,
    /// `enabled` or `disabled`.
    #[schema(value_type = String, example = "enabled")]
    state: EndpointState,
    /// `asked`, `gone` (it answered 410) or `failing` (nothing reached it for five days).
    #[schema(value_type = Option<String>)]
    disabled_reason: Option<DisabledReason>,
    /// Since when nothing has reached it.
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Timestamp>,
    /// The key that webhooks are signed with. Given once, in the answer that makes the endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw…")]
    secret: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl Shown {
    /// As shown by a house in this mode; with its key, if this is the answer that makes it.
    pub fn of(endpoint: Endpoint, secret: Option<String>, livemode: bool) -> Shown {
        Shown {
            id: endpoint.id,
            object: "webhook_endpoint",
            livemode,
            url: endpoint.url,
            types: endpoint.kinds.words().to_vec(),
            state: endpoint.state,
            disabled_reason: endpoint.disabled_reason,
            failing_since: endpoint.failing_since,
            secret,
            created_at: endpoint.created_at,
            updated_at: endpoint.updated_at,
        }
    }
}
