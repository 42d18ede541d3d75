//! A customer's wallet.

use std::sync::Arc;

use axum::extract::State;
use base::id::Customer;
use billing::tokens;
use identity::customers;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at a customer's wallet.
#[utoipa::path(
    get,
    path = "/v1/wallets/{customer}",
    tag = "wallets",
    operation_id = "get_wallet",
    params(("customer" = String, Path, description = "The customer's id, `cus_…`.")),
    responses((status = 200, description = "The wallet.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadWallets>,
    Named(id): Named<Customer>,
) -> Result<Reply, Problem> {
    customers::find(&mut door.read().await?, id).await?.ok_or(Customer::MISSING)?;
    let wallet = tokens::wallet(&door.billing, id).await?;
    Ok(Reply::ok(&Shown::of(wallet, door.livemode))?)
}
