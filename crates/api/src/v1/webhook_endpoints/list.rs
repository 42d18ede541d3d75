//! All webhook endpoints.

use std::sync::Arc;

use axum::extract::State;

use super::shape::Shown;
use crate::ask::{Asked, PageQuery, Reply};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};
use crate::webhooks;

/// List webhook endpoints, the newest first.
#[utoipa::path(
    get,
    path = "/v1/webhook_endpoints",
    tag = "webhooks",
    operation_id = "list_webhook_endpoints",
    params(PageQuery),
    responses((status = 200, description = "A page of endpoints.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadWebhooks>,
    Asked(query): Asked<PageQuery>,
) -> Result<Reply, Problem> {
    let page = query.page()?;
    let rows = webhooks::list(&mut door.read().await?, &one_more(&page)).await?;
    Ok(Reply::ok(&List::of(rows, &page, |row| Shown::of(row, None, door.livemode)))?)
}
