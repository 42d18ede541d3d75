//! All token packs.

use std::sync::Arc;

use axum::extract::State;
use billing::catalog::{self, Showing};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::shape::Shown;
use crate::ask::{Asked, Reply, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};

/// Which packs.
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
    /// `active` for those that can be bought, `all` (as if left out) for all.
    #[serde(default)]
    #[param(inline)]
    showing: Which,
}

/// Which packs a list shows.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Which {
    #[default]
    All,
    Active,
}

/// List token packs, the newest first.
#[utoipa::path(
    get,
    path = "/v1/token_packs",
    tag = "token_packs",
    operation_id = "list_token_packs",
    params(Query),
    responses((status = 200, description = "A page of packs.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadCatalog>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let page = store::Page::checked(query.limit, query.after, query.before)?;
    let showing = match query.showing {
        Which::All => Showing::All,
        Which::Active => Showing::Active,
    };
    let rows = catalog::list(&mut door.read().await?, one_more(&page), showing).await?;
    Ok(Reply::ok(&List::of(rows, &page, |row| Shown::of(row, door.livemode)))?)
}
