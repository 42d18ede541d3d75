//! What a visitor reads and writes by ordinary calls.

use std::time::Duration;

use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::id::FileId;
use desk::chat::live::Change;
use desk::chat::{self, Place, Words as Said, lines};
use serde::Deserialize;
use serde_json::{Value, json};

use super::begin::state;
use super::guest::{Body, Guest};
use super::problem::Problem;
use super::shape;
use crate::guard::Room;

/// Nobody waits for longer.
const LONGEST_WAIT: u64 = 25;
/// A signal that was lost costs so much.
const LOOK: Duration = Duration::from_secs(5);

/// From where to read, and how long to wait for something.
#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    after: i64,
    #[serde(default)]
    wait: u64,
}

/// `GET /chat/v1/messages?after=&wait=`: catches up, and is what is left where streams do not pass.
pub(super) async fn read(
    mut guest: Guest,
    Query(from): Query<From>,
) -> Result<Json<Value>, Problem> {
    let place = Place::of(from.after);
    let mut changes = guest.house.live.listen();
    let mut stopping = guest.house.stopping();
    let wait = Duration::from_secs(from.wait.min(LONGEST_WAIT));
    let until = tokio::time::Instant::now() + wait;
    let desk = guest.house.desk.clone();
    loop {
        guest.session = chat::follow(&desk, &guest.session).await?;
        let mut reader = desk.billing.store.read().await?;
        let (lines, more) = lines::lines(&mut reader, &guest.session, place).await?;
        drop(reader);
        if !lines.is_empty() || tokio::time::Instant::now() >= until {
            chat::hear_of(&desk, &guest.session).await?;
            let lines: Vec<Value> = lines.iter().map(shape::line).collect();
            let state = state(&guest.house, &guest.session).await?;
            return Ok(Json(json!({ "lines": lines, "more": more, "state": state })));
        }
        let look = until.min(tokio::time::Instant::now() + LOOK);
        let case = guest.session.case;
        let heard = async {
            // A signal about another case is no reason to look.
            while let Ok(Change::Case(changed)) = changes.recv().await {
                if case.is_none_or(|case| case == changed.case) {
                    break;
                }
            }
        };
        tokio::select! {
            () = heard => {}
            () = tokio::time::sleep_until(look) => {}
            () = stopping.come() => return Ok(Json(json!({
                "lines": [], "more": false, "state": state(&guest.house, &guest.session).await?,
            }))),
        }
    }
}

/// A line as a browser sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLine {
    id: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    files: Vec<FileId>,
}

/// `POST /chat/v1/messages`: 201, or 200 with the same row if it came before.
pub(super) async fn write(guest: Guest, Body(new): Body<NewLine>) -> Result<Response, Problem> {
    chat::limits::count_line(&guest.house.desk, &guest.session, &guest.network).await?;
    let words = Said { client_id: new.id, text: new.text, files: new.files };
    let said = chat::say(&guest.house.desk, &guest.session, words).await?;
    let status = if said.earlier { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(json!({ "line": shape::line(&said.line) }))).into_response())
}

/// `POST /chat/v1/typing`.
pub(super) async fn typing(guest: Guest) -> Result<StatusCode, Problem> {
    guest.count(Room::ChatSign)?;
    chat::signs::visitor_types(&guest.house.desk, &guest.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Up to where somebody has looked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seen {
    n: i64,
}

/// `POST /chat/v1/seen`.
pub(super) async fn seen(guest: Guest, Body(seen): Body<Seen>) -> Result<StatusCode, Problem> {
    guest.count(Room::ChatSign)?;
    chat::visitor_saw(&guest.house.desk, &guest.session, Place::of(seen.n)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /chat/v1/leave`.
pub(super) async fn leave(guest: Guest) -> Result<Json<Value>, Problem> {
    guest.count(Room::ChatSign)?;
    chat::leave(&guest.house.desk, &guest.session).await?;
    told(guest).await
}

/// Where answers shall go.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Address {
    mail: String,
}

/// `POST /chat/v1/email`.
pub(super) async fn mail(
    guest: Guest,
    Body(address): Body<Address>,
) -> Result<Json<Value>, Problem> {
    guest.count(Room::ChatSign)?;
    chat::by_mail::ask(&guest.house.desk, &guest.session, &address.mail).await?;
    told(guest).await
}

/// What stands in the window and was not sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unsent {
    #[serde(default)]
    text: String,
}

/// `POST /chat/v1/ticket`: the form of a request, with what the visitor has written in it. The
/// address says nothing of that.
pub(super) async fn ticket(
    guest: Guest,
    Body(unsent): Body<Unsent>,
) -> Result<Json<Value>, Problem> {
    guest.count(Room::ChatSign)?;
    let (house, language) = (&guest.house, guest.session.language);
    let text: String = unsent.text.chars().take(chat::LONGEST).collect();
    let draft = chat::draft::keep(&house.desk, &guest.session, &text).await?;
    let query = draft.map(|draft| format!("?draft={}", draft.reveal())).unwrap_or_default();
    let address = house.billing.site.address(&format!("/{language}/contact{query}"));
    Ok(Json(json!({ "address": address })))
}

/// How it went.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rating {
    score: i64,
    #[serde(default)]
    comment: Option<String>,
}

/// `POST /chat/v1/rate`.
pub(super) async fn rate(guest: Guest, Body(rating): Body<Rating>) -> Result<Json<Value>, Problem> {
    guest.count(Room::ChatSign)?;
    let comment = rating.comment.unwrap_or_default();
    chat::rate(&guest.house.desk, &guest.session, rating.score, &comment).await?;
    told(guest).await
}

/// How the talk stands after a deed.
async fn told(guest: Guest) -> Result<Json<Value>, Problem> {
    let session = chat::follow(&guest.house.desk, &guest.session).await?;
    Ok(Json(state(&guest.house, &session).await?))
}
