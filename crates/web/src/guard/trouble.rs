//! When a page cannot be given: what kind of trouble it is, and the friendly page about it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use base::id::{Request as RequestKind, RequestId};
use base::{Fault, Id, Kind, Refusal, Stop};

use crate::house::House;
use crate::layout::trouble::{self, Page};

/// Why a page cannot be given.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// There is no such page, or the visitor may not know of it.
    NotFound,
    /// The session does not allow it.
    Forbidden,
    /// A form of another site.
    CrossSite,
    /// Too often in a short time.
    TooMany,
    /// Nobody is signed in.
    SignIn,
    /// The page is elsewhere.
    Elsewhere(String),
    /// A room said no.
    Refused(Refusal),
    /// Something of ours failed.
    Fault(Arc<Fault>),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Trouble {
        match refusal.kind {
            Kind::NotFound => Trouble::NotFound,
            Kind::Forbidden => Trouble::Forbidden,
            Kind::Unauthenticated => Trouble::SignIn,
            Kind::TooMany => Trouble::TooMany,
            _ => Trouble::Refused(refusal),
        }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Fault(Arc::new(fault))
    }
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Trouble {
        match stop {
            Stop::Refused(refusal) => refusal.into(),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Trouble {
        Fault::of("write a page", error).into()
    }
}

impl Trouble {
    fn status(&self) -> StatusCode {
        match self {
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::Forbidden | Trouble::CrossSite => StatusCode::FORBIDDEN,
            Trouble::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Trouble::SignIn => StatusCode::UNAUTHORIZED,
            Trouble::Elsewhere(_) => StatusCode::SEE_OTHER,
            Trouble::Refused(refusal) => match refusal.kind {
                Kind::Malformed => StatusCode::BAD_REQUEST,
                Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                Kind::Conflict => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            },
            Trouble::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Trouble {
    /// A bare answer that carries the trouble; [`explain`] makes a page of it.
    fn into_response(self) -> Response {
        if let Trouble::Elsewhere(path) = &self {
            return Redirect::to(path).into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Turns bare troubles, ours and those of the web library, into pages in the right language.
///
/// A fault is logged here, once, under the number that the person reads.
pub(crate) async fn explain(State(house): State<House>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let status = response.status();
    let trouble = match response.extensions_mut().remove::<Trouble>() {
        Some(trouble) => trouble,
        None if is_bare(&response) => of_status(status),
        None => return response,
    };
    if matches!(trouble, Trouble::SignIn) && path.starts_with("/console") {
        return Redirect::to("/console/sign-in").into_response();
    }
    let incident = note(&house, &trouble, &path);
    page(&house, &trouble, status, &path, &headers, incident)
}

/// An error without a page: what the web library answers by itself.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    (status.is_client_error() || status.is_server_error()) && !html
}

fn of_status(status: StatusCode) -> Trouble {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Trouble::NotFound,
        StatusCode::TOO_MANY_REQUESTS => Trouble::TooMany,
        status if status.is_server_error() => Fault::new("answer a request").into(),
        _ => Trouble::Forbidden,
    }
}

fn note(house: &House, trouble: &Trouble, path: &str) -> Option<RequestId> {
    let Trouble::Fault(fault) = trouble else { return None };
    let incident: Id<RequestKind> = house.billing.env.id();
    let place = path.split('/').nth(2).unwrap_or("start");
    tracing::error!(%incident, place, fault = fault.chain(), "a page failed");
    metrics::counter!("web_faults_total").increment(1);
    Some(incident)
}

fn page(
    house: &House,
    trouble: &Trouble,
    status: StatusCode,
    path: &str,
    headers: &HeaderMap,
    incident: Option<RequestId>,
) -> Response {
    let page = Page::about(house, trouble, path, headers, incident);
    let mut response = match trouble::write(&page) {
        Ok(response) => response,
        // Nothing is left to show but the bare status.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    *response.status_mut() = status;
    response
}
