//! One payment.

use std::sync::Arc;

use axum::extract::State;
use base::id::Payment;
use billing::payments;
use serde::Deserialize;
use utoipa::IntoParams;

use super::expand::{self, Depth};
use super::shape::Shown;
use crate::ask::{Asked, Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// How much of it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// `attempts`, `attempts.operations`: shown whole instead of by id.
    #[serde(default, rename = "expand[]")]
    expand: Vec<String>,
}

/// Look at a payment.
#[utoipa::path(
    get,
    path = "/v1/payments/{id}",
    tag = "payments",
    operation_id = "get_payment",
    params(("id" = String, Path, description = "The payment's id, `pay_…`."), Query),
    responses((status = 200, description = "The payment.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadPayments>,
    Named(id): Named<Payment>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let depth = Depth::read(&query.expand)?;
    let mut reader = door.read().await?;
    let payment = payments::find(&mut reader, id).await?.ok_or(Payment::MISSING)?;
    Ok(Reply::ok(&expand::shown(&mut reader, payment, depth, door.livemode).await?)?)
}
