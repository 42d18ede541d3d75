//! Leaving a tip. This is the way that must be fast: nothing is read from the database here, and
//! the stored answer is written by the spend pipeline with the group that holds the tip.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::id::{CreatorId, CustomerId, RequestId};
use base::{Fault, Kind, Refusal, Tokens};
use billing::tips::{self, Ask, Left, Replay};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::problem;
use crate::ask::{Object, Once, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape;

/// The note cannot be one.
const NOTE: Refusal = Refusal::new(
    Kind::Malformed,
    "note_not_valid",
    "a note has no control characters other than line ends",
);

/// A tip to be left.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTip, example = json!({
    "customer": "cus_01k2h7v3b5d8m9xq4r6s2t1w0y",
    "creator": "cre_01k2h7v3b5d8m9xq4r6s2t1w0y",
    "tokens": {"amount": 25, "unit": "TOK"},
    "note": "Thank you!",
}))]
pub struct NewTip {
    /// Whose wallet it comes from.
    #[schema(value_type = String)]
    customer: CustomerId,
    /// Who gets it.
    #[schema(value_type = String)]
    creator: CreatorId,
    /// How many tokens.
    #[schema(value_type = shape::Tokens)]
    tokens: Object<Tokens>,
    /// What the customer wrote with it, up to 280 characters.
    #[schema(max_length = 280)]
    note: Option<String>,
}

/// Leave a tip.
///
/// It moves tokens at once or not at all; the wallet is never overdrawn.
#[utoipa::path(
    post,
    path = "/v1/tips",
    tag = "tips",
    operation_id = "leave_tip",
    request_body = NewTip,
    responses((status = 201, description = "The tip, and what the wallet holds now.",
        body = Shown)),
)]
pub async fn leave(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteTips>,
    asked: Once,
    Sent(body): Sent<NewTip>,
) -> Result<Reply, Problem> {
    let (key, fingerprint, request) = asked.asks_for_money("", &body)?.into_parts();
    let NewTip { customer, creator, tokens: Object(tokens), note } = body;
    let odd = |letter: char| letter.is_control() && letter != '\n';
    if note.as_ref().is_some_and(|note| note.contains(odd)) {
        return Err(NOTE.at("note").into());
    }
    let livemode = door.livemode;
    let render = Arc::new(move |done: &Result<Left, Refusal>| stored(done, request, livemode));
    let replay = key.map(|key| Replay { key, fingerprint, render });
    let ask = Ask { id: door.env().id(), customer, creator, tokens, note, replay };
    let answer = tips::leave(&door.billing, ask).await?;
    if let Some((status, body)) = answer.replayed {
        return Ok(Reply::replayed(status, body));
    }
    Ok(reply(&answer.outcome.map_err(problem)?, livemode)?)
}

fn reply(left: &Left, livemode: bool) -> Result<Reply, Fault> {
    let reply = Reply::new(StatusCode::CREATED, &Shown::left(left, livemode))?;
    Ok(if left.earlier { reply.again() } else { reply })
}

/// What is stored under the key.
fn stored(done: &Result<Left, Refusal>, request: RequestId, livemode: bool) -> (u16, String) {
    let written = match done {
        Ok(left) => reply(left, livemode),
        Err(refusal) => Ok(Reply::of_problem(&problem(refusal.clone()), request)),
    };
    let failed = |fault: Fault| Reply::of_problem(&fault.into(), request);
    written.unwrap_or_else(failed).into_parts()
}
