//! One checkout.

use std::sync::Arc;

use axum::extract::State;
use base::id::Checkout;
use billing::checkouts;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at a checkout. Its link is not shown again.
#[utoipa::path(
    get,
    path = "/v1/checkouts/{id}",
    tag = "checkouts",
    operation_id = "get_checkout",
    params(("id" = String, Path, description = "The checkout's id, `chk_…`.")),
    responses((status = 200, description = "The checkout.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadPayments>,
    Named(id): Named<Checkout>,
) -> Result<Reply, Problem> {
    let checkout = checkouts::find(&mut door.read().await?, id).await?;
    let checkout = checkout.ok_or(Checkout::MISSING)?;
    Ok(Reply::ok(&Shown::of(checkout, None, door.livemode))?)
}
