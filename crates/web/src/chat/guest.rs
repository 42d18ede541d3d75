//! A visitor's call: which session it opens, from a page that may.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base::{Kind, Refusal, Secret};
use desk::chat::{self, NO_SESSION, Session};
use serde::de::DeserializeOwned;

use super::admit;
use super::problem::Problem;
use crate::guard::{Address, Room, network};
use crate::house::House;

/// There is no such channel.
pub(super) const NO_CHANNEL: Refusal =
    Refusal::new(Kind::NotFound, "channel_unknown", "there is no chat channel with this name");
/// The body cannot be read.
const NOT_READABLE: Refusal =
    Refusal::new(Kind::Malformed, "body_not_valid", "send a JSON object with the fields we know");
/// The body is too large.
const TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "chat_body_too_large", "this is more than the chat takes at once");

/// A visitor with a session.
pub(super) struct Guest {
    pub(super) house: House,
    pub(super) session: Session,
    /// The network they call from.
    pub(super) network: String,
}

impl FromRequestParts<House> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Guest, Problem> {
        let token = token(&parts.headers).ok_or(NO_SESSION)?;
        let session = chat::arrive(&house.desk, &token).await?;
        let channel = house.desk.settings.chat.channel(&session.channel).ok_or(NO_CHANNEL)?;
        admit::must_admit(house, channel, &parts.headers)?;
        let address = parts.extensions.get::<Address>().copied().ok_or(admit::NOT_LISTED)?;
        Ok(Guest { house: house.clone(), session, network: network(address.0) })
    }
}

impl Guest {
    /// Counts a call of this session that only costs this node something.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub(super) fn count(&self, room: Room) -> Result<(), Problem> {
        let now = self.house.billing.env.now();
        Ok(self.house.limits.count_key(room, self.session.id.to_string(), now)?)
    }
}

/// What opens a session: `Authorization: Bearer …`.
pub(super) fn token(headers: &HeaderMap) -> Option<Secret> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let token = text.strip_prefix("Bearer ")?.trim();
    (!token.is_empty() && token.len() <= 100).then(|| Secret::from_text(token))
}

/// A body of JSON.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<House> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Body<T>, Problem> {
        let bytes = Bytes::from_request(request, house).await.map_err(|_| TOO_LARGE)?;
        let read = serde_json::from_slice(&bytes).map_err(|_| NOT_READABLE)?;
        Ok(Body(read))
    }
}

/// The bytes of a body, within the limit of their route.
pub(super) struct Raw(pub(super) Bytes);

impl FromRequest<House> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Raw, Problem> {
        Ok(Raw(Bytes::from_request(request, house).await.map_err(|_| TOO_LARGE)?))
    }
}
