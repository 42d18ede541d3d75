//! One token pack.

use std::sync::Arc;

use axum::extract::State;
use base::id::TokenPack;
use billing::catalog;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at a token pack.
#[utoipa::path(
    get,
    path = "/v1/token_packs/{id}",
    tag = "token_packs",
    operation_id = "get_token_pack",
    params(("id" = String, Path, description = "The pack's id, `tpk_…`.")),
    responses((status = 200, description = "The pack.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadCatalog>,
    Named(id): Named<TokenPack>,
) -> Result<Reply, Problem> {
    let pack = catalog::find(&mut door.read().await?, id).await?;
    let pack = pack.ok_or(TokenPack::MISSING)?;
    Ok(Reply::ok(&Shown::of(pack, door.livemode))?)
}
