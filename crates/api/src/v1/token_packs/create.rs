//! Putting a token pack up for sale.

use std::sync::Arc;

use axum::extract::State;
use base::{Money, Tokens};
use billing::catalog::{self, NewPack};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Object, Once, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape;

/// A pack to be sold.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "tokens-100",
    "tokens": {"amount": 100, "unit": "TOK"},
    "prices": [{"amount": 1000, "currency": "USD"}, {"amount": 950, "currency": "EUR"}],
}))]
pub struct NewTokenPack {
    /// Your own name of it: 1 to 40 small letters, digits and hyphens; only one pack has it.
    code: String,
    /// How many tokens.
    #[schema(value_type = shape::Tokens)]
    tokens: Object<Tokens>,
    /// What it costs, one price per currency.
    #[schema(value_type = Vec<shape::Money>)]
    prices: Vec<Object<Money>>,
}

/// Put a token pack up for sale.
#[utoipa::path(
    post,
    path = "/v1/token_packs",
    tag = "token_packs",
    operation_id = "create_token_pack",
    request_body = NewTokenPack,
    responses((status = 201, description = "The pack.", body = Shown)),
)]
pub async fn create(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteCatalog>,
    asked: Once,
    Sent(body): Sent<NewTokenPack>,
) -> Result<Reply, Problem> {
    let deed = asked.asks("", &body)?;
    let NewTokenPack { code, tokens, prices } = body;
    let prices = prices.into_iter().map(|price| price.0).collect();
    let new = NewPack::checked(&code, tokens.0, prices)?;
    once!(door, deed, |tx| {
        let pack = catalog::add(tx, door.env(), new.clone()).await?;
        Ok(Reply::created(&Shown::of(pack, door.livemode))?)
    })
}
