//! Registering a creator.

use std::sync::Arc;

use axum::extract::State;
use identity::creators::{self, Form};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Once, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// A creator to be registered.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "external_ref": "performer-7",
    "name": "Ben",
    "share_basis_points": 6000,
}))]
pub struct NewCreator {
    /// Your own id of the same person; only one creator has it.
    external_ref: Option<String>,
    /// The name customers know: one line of up to 100 characters.
    name: String,
    /// What of a spend is theirs, in hundredths of a per cent: 6000 is 60 %.
    #[schema(minimum = 0, maximum = 10000)]
    share_basis_points: i64,
}

/// Register a creator.
#[utoipa::path(
    post,
    path = "/v1/creators",
    tag = "creators",
    operation_id = "create_creator",
    request_body = NewCreator,
    responses((status = 201, description = "The creator.", body = Shown)),
)]
pub async fn create(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteCreators>,
    asked: Once,
    Sent(body): Sent<NewCreator>,
) -> Result<Reply, Problem> {
    let deed = asked.asks("", &body)?;
    let NewCreator { external_ref, name, share_basis_points } = body;
    let new = creators::NewCreator::checked(&Form { external_ref, name, share_basis_points })?;
    once!(door, deed, |tx| {
        let creator = creators::register(tx, door.env(), new.clone()).await?;
        Ok(Reply::created(&Shown::of(creator, door.livemode))?)
    })
}
