//! What happened, filtered.

use std::sync::Arc;

use axum::extract::State;
use base::id::EventId;
use base::{Kind, Refusal};
use serde::Deserialize;
use store::outbox::{self, Filter};
use utoipa::IntoParams;

use super::shape::Shown;
use crate::ask::{Asked, Reply, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};
use crate::webhooks;

/// The subject cannot be one.
const SUBJECT: Refusal =
    Refusal::new(Kind::Malformed, "subject_not_valid", "subject is the id of what it happened to");

/// Which events.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// How many at most.
    #[serde(default, deserialize_with = "number")]
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// The id behind which the page begins: older ones.
    #[param(value_type = Option<String>)]
    after: Option<EventId>,
    /// The id before which the page ends: newer ones.
    #[param(value_type = Option<String>)]
    before: Option<EventId>,
    /// Only this type: `payment.captured`, or `payment.*` for all of an area.
    r#type: Option<String>,
    /// Only what happened to this.
    subject: Option<String>,
}

/// List events, the newest first.
#[utoipa::path(
    get,
    path = "/v1/events",
    tag = "events",
    operation_id = "list_events",
    params(Query),
    responses((status = 200, description = "A page of events.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadEvents>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let cursor = |id: Option<EventId>| id.map(|id| id.to_string());
    let page = store::Page::checked(query.limit, cursor(query.after), cursor(query.before))?;
    let plain =
        |text: &String| text.len() <= 60 && text.bytes().all(|byte| byte.is_ascii_graphic());
    if query.subject.as_ref().is_some_and(|subject| !plain(subject)) {
        return Err(SUBJECT.at("subject").into());
    }
    let filter = Filter {
        after: query.after,
        before: query.before,
        limit: one_more(&page).limit,
        kind_prefix: query.r#type.as_deref().map(webhooks::prefix).transpose()?,
        subject: query.subject,
    };
    let rows = outbox::list(&mut door.read().await?, &filter).await?;
    let cut = List::of(rows, &page, |row| row);
    let data = cut.data.iter().map(|event| Shown::of(event, door.livemode)).collect();
    Ok(Reply::ok(&List { object: cut.object, data, has_more: cut.has_more })?)
}
