//! Every answer of the chat that is no success: one shape (RFC 9457), codes that programs rely on.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Fault, Kind, Refusal, Stop};
use serde_json::json;

use crate::guard::Trouble;

/// An answer that is no success.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    param: Option<String>,
}

const fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Malformed => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Declined => StatusCode::PAYMENT_REQUIRED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Rule => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        Problem {
            status: status(refusal.kind),
            code: refusal.code,
            detail: refusal.detail.into_owned(),
            param: refusal.param.map(std::borrow::Cow::into_owned),
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        tracing::error!(fault = fault.chain(), "the chat failed");
        metrics::counter!("web_faults_total").increment(1);
        Problem {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "internal",
            detail: "Something of ours failed. Asking again with the same id is safe.".to_owned(),
            param: None,
        }
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Problem {
        match stop {
            Stop::Refused(refusal) => refusal.into(),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

/// Too much in too short a time.
pub(super) const TOO_MANY: Refusal =
    Refusal::new(Kind::TooMany, "too_many_requests", "slow down and try again in a little while");

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Problem {
        match trouble {
            Trouble::Refused(refusal) => refusal.into(),
            Trouble::TooMany => TOO_MANY.into(),
            Trouble::Fault(fault) => Fault::new(fault.chain()).into(),
            Trouble::NotFound
            | Trouble::Forbidden
            | Trouble::CrossSite
            | Trouble::SignIn
            | Trouble::Elsewhere(_) => Fault::new("answer a call of the chat").into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": format!("/problems/{}", self.code),
            "title": self.status.canonical_reason().unwrap_or("Refused"),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "code": self.code,
            "param": self.param,
        });
        let mut response = (self.status, body.to_string()).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        let later = match self.status {
            StatusCode::TOO_MANY_REQUESTS => Some("10"),
            StatusCode::SERVICE_UNAVAILABLE => Some("2"),
            _ => None,
        };
        if let Some(seconds) = later {
            let seconds = HeaderValue::from_static(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
