//! Who takes payments and how they are reached.

use std::sync::Arc;

use axum::extract::State;
use billing::lookup::{House, houses};
use serde::Deserialize;
use utoipa::IntoParams;

use super::shape::Shown;
use crate::ask::{Asked, Reply};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Which processors.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// Only those that may show up on a statement with a line that begins like this.
    #[param(example = "SEGPAY")]
    statement: Option<String>,
}

/// Look at who takes payments and how customers reach them.
#[utoipa::path(
    get,
    path = "/v1/billing_support",
    tag = "billing_support",
    operation_id = "get_billing_support",
    params(Query),
    responses((status = 200, description = "Who takes payments; our own support.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadPayments>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let all = houses(&mut door.read().await?, &door.billing.accounts).await?;
    let fits = |house: &House| {
        let line = query.statement.as_deref();
        line.is_none_or(|line| house.shows_up_as(line))
    };
    let fitting = all.into_iter().filter(fits).collect();
    Ok(Reply::ok(&Shown::of(&door.billing.site, fitting, door.livemode))?)
}
