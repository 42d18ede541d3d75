//! A token pack gets other prices, or is taken off the shelf.

use std::sync::Arc;

use axum::extract::State;
use base::Money;
use base::id::TokenPack;
use billing::catalog::{self, Changes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::{Named, Object, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape;

/// What changes. What was bought before keeps its price.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"active": false}))]
pub struct TokenPackChanges {
    /// All the new prices.
    #[schema(value_type = Option<Vec<shape::Money>>)]
    prices: Option<Vec<Object<Money>>>,
    /// Whether it can be bought.
    active: Option<bool>,
}

/// Change a token pack.
#[utoipa::path(
    patch,
    path = "/v1/token_packs/{id}",
    tag = "token_packs",
    operation_id = "change_token_pack",
    params(("id" = String, Path, description = "The pack's id, `tpk_…`.")),
    request_body = TokenPackChanges,
    responses((status = 200, description = "The pack after the change.", body = Shown)),
)]
pub async fn change(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteCatalog>,
    Named(id): Named<TokenPack>,
    Sent(body): Sent<TokenPackChanges>,
) -> Result<Reply, Problem> {
    let TokenPackChanges { prices, active } = body;
    let prices = prices.map(|all| all.into_iter().map(|price| price.0).collect());
    let changes = Changes { prices, active };
    let pack = store::write!(door.billing.store, |tx| {
        catalog::change(tx, door.env(), id, changes.clone()).await
    })?;
    Ok(Reply::ok(&Shown::of(pack, door.livemode))?)
}
