//! All customers, or the one whom the host site calls so.

use std::sync::Arc;

use axum::extract::State;
use identity::customers;
use serde::Deserialize;
use utoipa::IntoParams;

use super::shape::Shown;
use crate::ask::{Asked, Reply, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};

/// Which customers.
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
    /// Only the one with this reference of yours.
    external_ref: Option<String>,
}

/// List customers, the newest first.
#[utoipa::path(
    get,
    path = "/v1/customers",
    tag = "customers",
    operation_id = "list_customers",
    params(Query),
    responses((status = 200, description = "A page of customers.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadCustomers>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let page = store::Page::checked(query.limit, query.after, query.before)?;
    let mut reader = door.read().await?;
    let rows = match query.external_ref {
        None => customers::list(&mut reader, one_more(&page)).await?,
        Some(written) => {
            let reference = identity::ExternalRef::checked(&written)
                .map_err(|refusal| refusal.at("external_ref"))?;
            let found = customers::find_by_external_ref(&mut reader, reference.as_str()).await?;
            found.into_iter().collect()
        }
    };
    Ok(Reply::ok(&List::of(rows, &page, |row| Shown::of(row, door.livemode)))?)
}
