//! A webhook delivery as the API shows it.

use base::Timestamp;
use base::id::{EventId, WebhookDeliveryId, WebhookEndpointId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::webhooks::{Delivery, DeliveryState};

/// One event on its way to one endpoint.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub struct Shown {
    #[schema(value_type = String, example = "whd_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: WebhookDeliveryId,
    /// Always `webhook_delivery`.
    #[schema(example = "webhook_delivery")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// To whom.
    #[schema(value_type = String)]
    endpoint: WebhookEndpointId,
    /// What.
    #[schema(value_type = String)]
    event: EventId,
    /// The event's type.
    #[schema(example = "payment.captured")]
    r#type: String,
    /// `waiting`, `delivered` or `failed`.
    #[schema(value_type = String, example = "delivered")]
    state: DeliveryState,
    /// How often it was sent.
    attempts: i64,
    /// When it is sent next.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Timestamp>,
    /// What the endpoint answered last.
    #[schema(example = 200)]
    last_status: Option<i64>,
    /// Why the last try failed.
    last_error: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl Shown {
    /// As shown by a house in this mode.
    pub fn of(delivery: Delivery, livemode: bool) -> Shown {
        Shown {
            id: delivery.id,
            object: "webhook_delivery",
            livemode,
            endpoint: delivery.endpoint,
            event: delivery.event,
            r#type: delivery.kind,
            state: delivery.state,
            attempts: delivery.attempts,
            next_at: delivery.next_at,
            last_status: delivery.last_status,
            last_error: delivery.last_error,
            created_at: delivery.created_at,
            updated_at: delivery.updated_at,
        }
    }
}
