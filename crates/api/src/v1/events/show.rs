//! One event.

use std::sync::Arc;

use axum::extract::State;
use base::id::Event;
use store::outbox;

use super::shape::Shown;
use crate::ask::{Named, Reply, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Look at an event.
#[utoipa::path(
    get,
    path = "/v1/events/{id}",
    tag = "events",
    operation_id = "get_event",
    params(("id" = String, Path, description = "The event's id, `evt_…`.")),
    responses((status = 200, description = "The event.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadEvents>,
    Named(id): Named<Event>,
) -> Result<Reply, Problem> {
    let event = outbox::find(&mut door.read().await?, id).await?.ok_or(Event::MISSING)?;
    Ok(Reply::ok(&Shown::of(&event, door.livemode))?)
}
