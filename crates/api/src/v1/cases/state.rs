//! A case is solved, opened again, or closed by a program.

use std::sync::Arc;

use axum::extract::State;
use base::id::Case;
use base::{Kind, Refusal};
use desk::cases::{self, Author, CaseState, Change};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Named, Once, Reply, Sent, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Not one of the three.
const STATE: Refusal = Refusal::new(
    Kind::Malformed,
    "case_state_unknown",
    "state is solved, open or closed here; the rest follows from what is said",
);

/// Where it shall stand.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCaseState, example = json!({"state": "solved"}))]
pub struct New {
    /// `solved`, `open` (again) or `closed` (only what is solved).
    #[schema(example = "solved")]
    state: String,
    /// The version you have seen. If it was changed since, nothing is done.
    version: Option<i64>,
}

/// Solve a case, open it again, or close it.
#[utoipa::path(
    post,
    path = "/v1/cases/{id}/state",
    tag = "cases",
    operation_id = "change_case_state",
    params(("id" = String, Path, description = "The case's id, `cas_…`.")),
    request_body = New,
    responses((status = 200, description = "The case.", body = Shown)),
)]
pub async fn change(
    State(door): State<Arc<Door>>,
    caller: Caller<may::WriteCases>,
    Named(id): Named<Case>,
    asked: Once,
    Sent(body): Sent<New>,
) -> Result<Reply, Problem> {
    let deed = asked.asks(&id.to_string(), &body)?;
    let to = match body.state.as_str() {
        "solved" => CaseState::Solved,
        "open" => CaseState::Open,
        "closed" => CaseState::Closed,
        _ => return Err(STATE.at("state").into()),
    };
    let version = body.version;
    once!(door, deed, |tx| {
        let env = door.env();
        cases::seen(tx, &super::eyes(env), id).await?.ok_or(Case::MISSING)?;
        let by = Author::Program(caller.key.id);
        let case = cases::change(tx, env, id, version, by, Change::State(to)).await?;
        Ok(Reply::ok(&Shown::of(tx, case, door.livemode).await?)?)
    })
}
