//! One tip.

use std::sync::Arc;

use axum::extract::State;
use base::id::Tip;
use billing::tips;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at a tip.
#[utoipa::path(
    get,
    path = "/v1/tips/{id}",
    tag = "tips",
    operation_id = "get_tip",
    params(("id" = String, Path, description = "The tip's id, `tip_…`.")),
    responses((status = 200, description = "The tip.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadTips>,
    Named(id): Named<Tip>,
) -> Result<Reply, Problem> {
    let tip = tips::find(&mut door.read().await?, id).await?.ok_or(Tip::MISSING)?;
    Ok(Reply::ok(&Shown::of(&tip, door.livemode))?)
}
