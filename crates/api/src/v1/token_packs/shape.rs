//! A token pack as the API shows it.

use base::id::TokenPackId;
use base::{Money, Timestamp, Tokens};
use billing::catalog::TokenPack;
use serde::Serialize;
use utoipa::ToSchema;

use crate::shape;

/// A number of tokens for a price.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenPack)]
pub struct Shown {
    #[schema(value_type = String, example = "tpk_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: TokenPackId,
    /// Always `token_pack`.
    #[schema(example = "token_pack")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Your own name of it.
    #[schema(example = "tokens-100")]
    code: String,
    /// How many tokens.
    #[schema(value_type = shape::Tokens)]
    tokens: Tokens,
    /// What it costs, one price per currency.
    #[schema(value_type = Vec<shape::Money>)]
    prices: Vec<Money>,
    /// Whether it can be bought.
    active: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl Shown {
    /// As shown by a house in this mode.
    pub fn of(pack: TokenPack, livemode: bool) -> Shown {
        let TokenPack { id, code, tokens, prices, active, created_at } = pack;
        Shown { id, object: "token_pack", livemode, code, tokens, prices, active, created_at }
    }
}
