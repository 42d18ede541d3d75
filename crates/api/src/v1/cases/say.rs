//! Something is said in a case: by who asked, by the desk, or among staff.

use std::sync::Arc;

use axum::extract::State;
use base::id::Case;
use base::{Kind, Refusal};
use desk::cases::{self, Author, Direction, NewMessage, Origin};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::ShownMessage;
use crate::ask::once::once;
use crate::ask::{Named, Once, Reply, Sent, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// Not one of the three.
const FROM: Refusal = Refusal::new(
    Kind::Malformed,
    "message_from_unknown",
    "from is customer, desk or note; the latter needs case_notes:write",
);
/// Not an id of yours.
const SOURCE: Refusal = Refusal::new(
    Kind::Malformed,
    "source_id_not_valid",
    "a source_id is 1 to 200 visible ASCII characters without blanks",
);

/// A message to be.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCaseMessage, example = json!({"from": "customer", "text": "It works now."}))]
pub struct New {
    /// Who says it: `customer` (who asked), `desk` (an answer, which is sent to them), or `note`
    /// (for staff only; needs the scope `case_notes:write`).
    #[schema(example = "customer")]
    from: String,
    /// The text, 1 MiB at most; the body of a request has 64 KiB.
    text: String,
    /// The language it is in; the case's if left out.
    language: Option<String>,
    /// Your own id of the message. The same is never written twice.
    source_id: Option<String>,
}

/// Who says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Customer,
    Desk,
    Note,
}

/// Say something in a case. What a closed case hears becomes a new one, named by `case`.
#[utoipa::path(
    post,
    path = "/v1/cases/{id}/messages",
    tag = "cases",
    operation_id = "add_case_message",
    params(("id" = String, Path, description = "The case's id, `cas_…`.")),
    request_body = New,
    responses((status = 201, description = "The message.", body = ShownMessage)),
)]
pub async fn say(
    State(door): State<Arc<Door>>,
    caller: Caller<may::WriteCases>,
    Named(id): Named<Case>,
    asked: Once,
    Sent(body): Sent<New>,
) -> Result<Reply, Problem> {
    let deed = asked.asks(&id.to_string(), &body)?;
    let from = match body.from.as_str() {
        "customer" => From::Customer,
        "desk" => From::Desk,
        "note" => From::Note,
        _ => return Err(FROM.at("from").into()),
    };
    if from == From::Note {
        caller.also::<may::WriteCaseNotes>()?;
    }
    let language = super::create::word(body.language.as_deref(), "language")?;
    let source = source(&caller, body.source_id.as_deref())?;
    once!(door, deed, |tx| {
        let env = door.env();
        let case = cases::seen(tx, &super::eyes(env), id).await?.ok_or(Case::MISSING)?;
        let language = language.unwrap_or(case.language);
        let (program, text) = (Author::Program(caller.key.id), body.text.clone());
        let new = match from {
            From::Customer => NewMessage {
                direction: Direction::In,
                ..NewMessage::answer(Author::Person(case.requester), Origin::Api, language, text)
            },
            From::Desk => NewMessage::answer(program, Origin::Api, language, text),
            From::Note => NewMessage::note(program, language, text),
        };
        let new = NewMessage { source_id: source.clone(), channel: Origin::Api, ..new };
        let added = cases::add(tx, env, id, new).await?;
        let files = cases::files_of(tx, added.message.id).await?;
        Ok(Reply::created(&ShownMessage::of(added.message, files, door.livemode))?)
    })
}

/// A program's own id of a message, which is its own among those of other programs.
pub(super) fn source<M>(
    caller: &Caller<M>,
    written: Option<&str>,
) -> Result<Option<String>, Refusal> {
    let Some(written) = written else { return Ok(None) };
    let fits =
        (1..=200).contains(&written.len()) && written.bytes().all(|it| it.is_ascii_graphic());
    if !fits {
        return Err(SOURCE.at("source_id"));
    }
    Ok(Some(format!("{} {written}", caller.key.id)))
}
