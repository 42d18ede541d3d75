//! Webhook deliveries, filtered.

use std::sync::Arc;

use axum::extract::State;
use base::id::{EventId, WebhookEndpointId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::shape::Shown;
use crate::ask::{Asked, Reply, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};
use crate::webhooks::{self, DeliveryState, Filter};

/// Which deliveries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// How many at most.
    #[serde(default, deserialize_with = "number")]
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// The id behind which the page begins: older ones.
    after: Option<String>,
    /// The id before which the page ends: newer ones.
    before: Option<String>,
    /// To this endpoint.
    #[param(value_type = Option<String>)]
    endpoint: Option<WebhookEndpointId>,
    /// Of this event.
    #[param(value_type = Option<String>)]
    event: Option<EventId>,
    /// In this state.
    #[param(inline)]
    state: Option<Standing>,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Standing {
    Waiting,
    Delivered,
    Failed,
}

/// List webhook deliveries, the newest first.
#[utoipa::path(
    get,
    path = "/v1/webhook_deliveries",
    tag = "webhooks",
    operation_id = "list_webhook_deliveries",
    params(Query),
    responses((status = 200, description = "A page of deliveries.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadWebhooks>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let page = store::Page::checked(query.limit, query.after, query.before)?;
    let state = query.state.map(|state| match state {
        Standing::Waiting => DeliveryState::Waiting,
        Standing::Delivered => DeliveryState::Delivered,
        Standing::Failed => DeliveryState::Failed,
    });
    let filter = Filter { endpoint: query.endpoint, event: query.event, state };
    let rows = webhooks::deliveries(&mut door.read().await?, &filter, &one_more(&page)).await?;
    Ok(Reply::ok(&List::of(rows, &page, |row| Shown::of(row, door.livemode)))?)
}
