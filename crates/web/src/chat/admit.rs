//! Which pages may speak to the chat: those of the origins a channel lists, and our own.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base::{Kind, Refusal};
use desk::chat::Channel;

use super::problem::Problem;
use crate::house::House;

/// The page's origin is not listed.
pub(super) const NOT_LISTED: Refusal = Refusal::new(
    Kind::Forbidden,
    "origin_not_listed",
    "this page's origin is not among those of the channel",
);

/// Browsers keep the answer to a preflight for so long.
const KEPT: &str = "7200";

/// Lets pages of listed origins in, and tells their browsers so.
pub(super) async fn admit(State(house): State<House>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let text = origin.as_ref().map(|origin| origin.to_str().unwrap_or("unreadable"));
    let known = text.is_none_or(|it| is_own(&house, it) || house.desk.settings.chat.knows(it));
    let mut response = if !known {
        Problem::from(NOT_LISTED).into_response()
    } else if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin.filter(|_| known) {
        say_so(headers, origin);
    }
    response
}

fn say_so(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, last-event-id"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after"),
        (header::ACCESS_CONTROL_MAX_AGE, KEPT),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Whether it is a page of this very site.
pub(super) fn is_own(house: &House, origin: &str) -> bool {
    house.billing.site.base_url.origin().ascii_serialization() == origin
}

/// Goes on only if a page from there may show that channel. Programs that are no browsers say
/// nothing of an origin.
///
/// # Errors
/// `origin_not_listed`.
pub(super) fn must_admit(
    house: &House,
    channel: &Channel,
    headers: &HeaderMap,
) -> Result<(), Problem> {
    let origin = headers.get(header::ORIGIN).map(|it| it.to_str().unwrap_or("unreadable"));
    match origin {
        Some(origin) if !is_own(house, origin) && !channel.admits(origin) => Err(NOT_LISTED.into()),
        Some(_) | None => Ok(()),
    }
}
