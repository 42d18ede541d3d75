//! How a wallet came to hold what it holds.

use std::sync::Arc;

use axum::extract::State;
use base::id::Customer;
use billing::tokens;
use identity::customers;

use super::shape::ShownEntry;
use crate::ask::{Asked, Named, PageQuery, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};

/// List a wallet's entries, the newest first.
#[utoipa::path(
    get,
    path = "/v1/wallets/{customer}/entries",
    tag = "wallets",
    operation_id = "list_wallet_entries",
    params(("customer" = String, Path, description = "The customer's id, `cus_…`."), PageQuery),
    responses((status = 200, description = "A page of entries.", body = List<ShownEntry>)),
)]
pub async fn entries(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadWallets>,
    Named(id): Named<Customer>,
    Asked(query): Asked<PageQuery>,
) -> Result<Reply, Problem> {
    let page = query.page()?;
    customers::find(&mut door.read().await?, id).await?.ok_or(Customer::MISSING)?;
    let rows = tokens::history(&door.billing, id, one_more(&page)).await?;
    Ok(Reply::ok(&List::of(rows, &page, |row| ShownEntry::of(row, door.livemode)))?)
}
