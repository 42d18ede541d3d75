//! A page shows the widget, and somebody opens it.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use base::Language;
use desk::chat::{self, Arrival, Channel, Session, queue};
use serde::Deserialize;
use serde_json::{Value, json};
use words::Words;

use super::guest::{Body, NO_CHANNEL, token};
use super::problem::Problem;
use super::{admit, shape};
use crate::guard::{Address, Room, network};
use crate::house::House;
use crate::parts::incidents;

/// What a page asks before anybody opens the chat.
#[derive(Deserialize)]
pub(super) struct Asked {
    channel: String,
    language: Option<String>,
}

/// `GET /chat/v1/greeting`: name, words and limits of a channel. Nothing is kept about who asks.
pub(super) async fn greet(
    State(house): State<House>,
    Extension(address): Extension<Address>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let channel = channel(&house, &asked.channel, &headers)?;
    let now = house.billing.env.now();
    house.limits.count(Room::ChatLook, address.0, now)?;
    let words = Words::of(language(asked.language.as_deref(), &headers));
    let mut reader = house.billing.store.read().await?;
    let waiting = queue::look(&mut reader, &house.desk.settings.chat, now).await?;
    drop(reader);
    let mut body = shape::channel(&house, channel, words);
    body["troubles"] = incidents(&house, words).await.into();
    body["there"] = Value::Bool(waiting.presence == queue::Presence::There);
    Ok(([(header::CACHE_CONTROL, "private, max-age=60")], Json(body)).into_response())
}

/// How a session begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opening {
    channel: String,
    language: Option<String>,
    page: Option<String>,
    identity: Option<String>,
}

/// `POST /chat/v1/session`: begins, or goes on with what the browser has kept.
pub(super) async fn open(
    State(house): State<House>,
    Extension(address): Extension<Address>,
    headers: HeaderMap,
    Body(opening): Body<Opening>,
) -> Result<Response, Problem> {
    let channel = channel(&house, &opening.channel, &headers)?;
    let kept = token(&headers);
    house.limits.count(Room::ChatLook, address.0, house.billing.env.now())?;
    let network = network(address.0);
    let arrival = Arrival {
        channel,
        kept: kept.as_ref(),
        identity: opening.identity.as_deref(),
        language: language(opening.language.as_deref(), &headers),
        page: opening.page.as_deref(),
        network: &network,
    };
    let started = chat::start(&house.desk, arrival).await?;
    let session = chat::follow(&house.desk, &started.session).await?;
    chat::hear_of(&house.desk, &session).await?;
    let words = Words::of(session.language);
    let mut body = shape::channel(&house, channel, words);
    body["session"] = session.id.to_string().into();
    body["token"] = started.token.reveal().into();
    body["resumed"] = started.resumed.into();
    body["seen"] = session.place(session.seen_seq).number().into();
    body["visitor"] = json!({ "known": session.subject.is_some(), "name": session.name });
    body["state"] = state(&house, &session).await?;
    let status = if started.resumed { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(body)).into_response())
}

/// How a talk stands, as a browser is told.
pub(super) async fn state(house: &House, session: &Session) -> Result<Value, Problem> {
    let mut reader = house.billing.store.read().await?;
    let standing = chat::standing(&house.desk, &mut reader, session).await?;
    drop(reader);
    let words = Words::of(session.language);
    let mut state = shape::standing(house, words, &standing);
    state["troubles"] = incidents(house, words).await.into();
    Ok(state)
}

fn channel<'a>(house: &'a House, key: &str, headers: &HeaderMap) -> Result<&'a Channel, Problem> {
    let channel = house.desk.settings.chat.channel(key).ok_or(NO_CHANNEL)?;
    admit::must_admit(house, channel, headers)?;
    Ok(channel)
}

/// The language of the page, else what the browser asks for.
fn language(page: Option<&str>, headers: &HeaderMap) -> Language {
    let asked = page.and_then(|tag| tag.parse().ok());
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let first = || accepted?.split([',', ';']).find_map(|tag| tag.trim().parse().ok());
    asked.or_else(first).unwrap_or_default()
}
