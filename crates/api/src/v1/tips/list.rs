//! Tips, of a customer or to a creator.

use std::sync::Arc;

use axum::extract::State;
use base::id::{CreatorId, CustomerId};
use billing::tips::{self, Filter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::shape::Shown;
use crate::ask::{Asked, Reply, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};

/// Which tips.
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
    /// Of this customer.
    #[param(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// To this creator.
    #[param(value_type = Option<String>)]
    creator: Option<CreatorId>,
}

/// List tips, the newest first.
#[utoipa::path(
    get,
    path = "/v1/tips",
    tag = "tips",
    operation_id = "list_tips",
    params(Query),
    responses((status = 200, description = "A page of tips.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadTips>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let page = store::Page::checked(query.limit, query.after, query.before)?;
    let filter = Filter { customer: query.customer, creator: query.creator };
    let rows = tips::list(&mut door.read().await?, &filter, one_more(&page)).await?;
    let cut = List::of(rows, &page, |row| row);
    let data = cut.data.iter().map(|tip| Shown::of(tip, door.livemode)).collect();
    Ok(Reply::ok(&List { object: cut.object, data, has_more: cut.has_more })?)
}
