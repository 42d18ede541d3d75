//! One customer.

use std::sync::Arc;

use axum::extract::State;
use base::id::Customer;
use identity::customers;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at a customer.
#[utoipa::path(
    get,
    path = "/v1/customers/{id}",
    tag = "customers",
    operation_id = "get_customer",
    params(("id" = String, Path, description = "The customer's id, `cus_…`.")),
    responses((status = 200, description = "The customer.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadCustomers>,
    Named(id): Named<Customer>,
) -> Result<Reply, Problem> {
    let customer = customers::find(&mut door.read().await?, id).await?;
    let customer = customer.ok_or(Customer::MISSING)?;
    Ok(Reply::ok(&Shown::of(customer, door.livemode))?)
}
