//! The outermost layer: gives each request its id and a time, catches panics, writes problems.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use base::id::RequestId;
use base::{Fault, Kind, Refusal};
use futures_util::FutureExt;

use crate::door::Door;
use crate::problem::Problem;

/// No such address.
pub const NO_ROUTE: Refusal = Refusal::new(
    Kind::NotFound,
    "route_not_found",
    "there is nothing at this address; /v1/openapi.json lists what there is",
);
/// Another method.
const NOT_ALLOWED: Problem = Problem::of_protocol(
    StatusCode::METHOD_NOT_ALLOWED,
    "method_not_allowed",
    "Another method",
    "this address does not take this method; the header Allow names those it takes",
);
/// Our own patience ended.
const TOO_SLOW: Refusal = Refusal::new(
    Kind::Unavailable,
    "took_too_long",
    "this took too long and may still be finished; ask again with the same Idempotency-Key",
);

/// For operations that need no key, and for addresses where there is nothing.
pub async fn open(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response {
    let id: RequestId = door.env().id();
    request.extensions_mut().insert(id);
    let answer = run(&door, request, next).await;
    finished(answer, id)
}

/// Runs what is behind, within a time.
pub(super) async fn run(door: &Door, request: Request, next: Next) -> Response {
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(door.patience(), answer).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => problem(Fault::new("answer: an operation panicked").into()),
        Err(_) => problem(TOO_SLOW.into()),
    }
}

/// A problem on its way to [`finished`].
pub(super) fn problem(problem: Problem) -> Response {
    axum::response::IntoResponse::into_response(problem)
}

/// Writes the problem's body, if it is one, and the headers that every answer has.
pub(super) fn finished(mut answer: Response, id: RequestId) -> Response {
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        if let Some(fault) = &problem.fault {
            tracing::error!(request = %id, fault, "a request failed");
        }
        problem.headers(answer.headers_mut());
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        *answer.body_mut() = Body::from(problem.render(id));
    }
    headers(answer.headers_mut(), id);
    answer
}

fn headers(headers: &mut HeaderMap, id: RequestId) {
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert("x-request-id", id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let nothing = "default-src 'none'; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(nothing));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// The answer where there is nothing.
pub async fn not_found() -> Problem {
    NO_ROUTE.into()
}

/// The answer to another method.
pub async fn not_allowed() -> Problem {
    NOT_ALLOWED
}
