//! One case.

use std::sync::Arc;

use axum::extract::State;
use base::id::Case;
use desk::cases;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at a case.
#[utoipa::path(
    get,
    path = "/v1/cases/{id}",
    tag = "cases",
    operation_id = "get_case",
    params(("id" = String, Path, description = "The case's id, `cas_…`.")),
    responses((status = 200, description = "The case.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadCases>,
    Named(id): Named<Case>,
) -> Result<Reply, Problem> {
    let mut reader = door.read().await?;
    let case = cases::seen(&mut reader, &super::eyes(door.env()), id).await?;
    let case = case.ok_or(Case::MISSING)?;
    Ok(Reply::ok(&Shown::of(&mut reader, case, door.livemode).await?)?)
}
