//! What was said in a case.

use std::sync::Arc;

use axum::extract::State;
use base::id::{Case, MessageId};
use base::{Kind, Refusal};
use desk::cases::{self, ThreadKind};
use desk::files;
use serde::Deserialize;
use store::Page;
use utoipa::IntoParams;

use super::shape::ShownMessage;
use crate::ask::{Asked, Named, Reply, Thing, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::List;

/// No such thread.
const THREAD: Refusal = Refusal::new(
    Kind::Malformed,
    "thread_unknown",
    "thread is customer (also if left out) or internal; the latter needs case_notes:read",
);
/// No message of this case.
const CURSOR: Refusal = Refusal::new(
    Kind::Malformed,
    "message_cursor_not_valid",
    "after is the id of a message of this case, as the list gave it",
);

/// Which messages.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// How many at most.
    #[serde(default, deserialize_with = "number")]
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// The id of the message behind which the page begins: later ones.
    #[param(value_type = Option<String>)]
    after: Option<MessageId>,
    /// `customer` (also if left out) or `internal`, which needs the scope `case_notes:read`.
    thread: Option<String>,
}

/// List what was said in a case, the first message first. What staff can still take back is not
/// shown yet.
#[utoipa::path(
    get,
    path = "/v1/cases/{id}/messages",
    tag = "cases",
    operation_id = "list_case_messages",
    params(("id" = String, Path, description = "The case's id, `cas_…`."), Query),
    responses((status = 200, description = "A page of messages.", body = List<ShownMessage>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    caller: Caller<may::ReadCases>,
    Named(id): Named<Case>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let limit = Page::checked(query.limit, None, None)?.limit;
    let thread = match query.thread.as_deref() {
        None | Some("customer") => ThreadKind::Customer,
        Some("internal") => ThreadKind::Internal,
        Some(_) => return Err(THREAD.at("thread").into()),
    };
    if thread == ThreadKind::Internal {
        caller.also::<may::ReadCaseNotes>()?;
    }
    let mut reader = door.read().await?;
    let case = cases::seen(&mut reader, &super::eyes(door.env()), id).await?;
    let case = case.ok_or(Case::MISSING)?;
    let after = match query.after {
        None => 0,
        Some(message) => {
            let found = cases::message(&mut reader, message).await?;
            let found = found.filter(|found| found.case == case.id && found.thread_kind == thread);
            let found = found.ok_or(CURSOR.at("after"))?;
            if thread == ThreadKind::Customer {
                found.shown_seq.unwrap_or(found.seq)
            } else {
                found.seq
            }
        }
    };
    let rows = match thread {
        ThreadKind::Internal => {
            cases::messages(&mut reader, case.id, &[thread], after, limit + 1).await?
        }
        ThreadKind::Customer | ThreadKind::Creator | ThreadKind::Processor => {
            cases::shown(&mut reader, case.id, after, limit + 1).await?
        }
    };
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    let ids: Vec<MessageId> = rows.iter().take(most).map(|message| message.id).collect();
    let mut files = files::of_messages(&mut reader, &ids).await?;
    let shown = |message: cases::Message| {
        let files = files.remove(&message.id).unwrap_or_default();
        ShownMessage::of(message, files, door.livemode)
    };
    let data = rows.into_iter().take(most).map(shown).collect();
    Ok(Reply::ok(&List { object: "list", data, has_more })?)
}
