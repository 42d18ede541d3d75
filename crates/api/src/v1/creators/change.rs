//! What is known of a creator changes.

use std::sync::Arc;

use axum::extract::State;
use base::id::Creator;
use identity::creators::{self, Changes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::{Named, Reply, Sent, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::kept_or_changed;

/// What becomes of each field: left out, it is kept; null empties it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"share_basis_points": 6500}))]
pub struct CreatorChanges {
    /// Your own id of the same person.
    #[serde(default, deserialize_with = "kept_or_changed")]
    #[schema(value_type = Option<String>)]
    external_ref: Option<Option<String>>,
    /// The name customers know; it cannot be emptied.
    name: Option<String>,
    /// What of a spend is theirs from now on, in hundredths of a per cent.
    #[schema(minimum = 0, maximum = 10000)]
    share_basis_points: Option<i64>,
}

/// Change a creator.
#[utoipa::path(
    patch,
    path = "/v1/creators/{id}",
    tag = "creators",
    operation_id = "change_creator",
    params(("id" = String, Path, description = "The creator's id, `cre_…`.")),
    request_body = CreatorChanges,
    responses((status = 200, description = "The creator after the change.", body = Shown)),
)]
pub async fn change(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteCreators>,
    Named(id): Named<Creator>,
    Sent(body): Sent<CreatorChanges>,
) -> Result<Reply, Problem> {
    let CreatorChanges { external_ref, name, share_basis_points } = body;
    let changes = Changes::checked(external_ref.into(), name, share_basis_points)?;
    let creator = store::write!(door.billing.store, |tx| {
        creators::find(tx, id).await?.ok_or(Creator::MISSING)?;
        creators::change(tx, door.env(), id, changes.clone()).await
    })?;
    Ok(Reply::ok(&Shown::of(creator, door.livemode))?)
}
