//! One creator.

use std::sync::Arc;

use axum::extract::State;
use base::id::Creator;
use identity::creators;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at a creator.
#[utoipa::path(
    get,
    path = "/v1/creators/{id}",
    tag = "creators",
    operation_id = "get_creator",
    params(("id" = String, Path, description = "The creator's id, `cre_…`.")),
    responses((status = 200, description = "The creator.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadCreators>,
    Named(id): Named<Creator>,
) -> Result<Reply, Problem> {
    let creator = creators::find(&mut door.read().await?, id).await?;
    let creator = creator.ok_or(Creator::MISSING)?;
    Ok(Reply::ok(&Shown::of(creator, door.livemode))?)
}
