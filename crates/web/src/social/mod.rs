//! Calls of social channels: raw bytes in, kept before they are answered.

use std::str::FromStr as _;

use axum::Extension;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Stop;
use desk::social::{Call, LARGEST, handshake, receive};
use serde::Deserialize;

use crate::guard::{Address, Room, note_address, protect};
use crate::house::House;

/// Where channels call: `/social/{channel}`.
pub(crate) fn routes(house: House) -> Router {
    Router::new()
        .route("/social/{channel}", get(shake).post(hear))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn(protect))
        .layer(from_fn_with_state(house.clone(), note_address))
        .with_state(house)
}

/// The handshake by which a channel looks whether the address is ours.
#[derive(Deserialize)]
struct Shake {
    #[serde(rename = "hub.mode", default)]
    mode: String,
    #[serde(rename = "hub.verify_token", default)]
    word: String,
    #[serde(rename = "hub.challenge", default)]
    challenge: String,
}

async fn shake(
    State(house): State<House>,
    Path(channel): Path<String>,
    Extension(address): Extension<Address>,
    Query(asked): Query<Shake>,
) -> Response {
    if house.limits.count(Room::Secret, address.0, house.billing.env.now()).is_err() {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    let answer = handshake(&house.desk, &channel, &asked.word, &asked.challenge);
    match answer {
        Ok(challenge) if asked.mode == "subscribe" => challenge.into_response(),
        Ok(_) | Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a channel sends. It calls again if we could not keep it.
async fn hear(
    State(house): State<House>,
    Path(channel): Path<String>,
    Extension(address): Extension<Address>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let header = |name: &str| {
        let name = HeaderName::from_str(name).ok()?;
        Some(headers.get(name)?.to_str().ok()?.to_owned())
    };
    match receive(&house.desk, &channel, Call { header: &header, body: &body }).await {
        Ok(()) => StatusCode::OK,
        Err(Stop::Refused(_)) => {
            // Only those whom no lock lets in are counted: a channel may be busy.
            let now = house.billing.env.now();
            match house.limits.count(Room::Secret, address.0, now) {
                Ok(()) => StatusCode::NOT_FOUND,
                Err(_) => StatusCode::TOO_MANY_REQUESTS,
            }
        }
        Err(Stop::Fault(fault)) => {
            tracing::error!(channel, fault = fault.chain(), "a channel's call could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
