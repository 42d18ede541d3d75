//! Every answer that is no success: one shape (RFC 9457), one table of statuses.
//!
//! A [`Problem`] travels as an extension of an empty response; the outermost layer writes the
//! body, because only there the request's id is known for sure.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::id::RequestId;
use base::{Fault, Kind, Refusal, Stop};
use utoipa::ToSchema;

/// An answer that is no success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// A stable word that programs may rely on.
    pub code: &'static str,
    /// What kind of problem, in a few words.
    pub title: &'static str,
    /// What to do about it.
    pub detail: Cow<'static, str>,
    /// The field, parameter or header it is about.
    pub param: Option<Cow<'static, str>>,
    /// After how many seconds it is worth trying again.
    pub retry_after: Option<u32>,
    /// What failed on our side. Goes to the log, never into an answer.
    pub fault: Option<String>,
}

/// The one table of statuses.
const fn row(kind: Kind) -> (StatusCode, &'static str) {
    match kind {
        Kind::Malformed => (StatusCode::BAD_REQUEST, "The request makes no sense"),
        Kind::Unauthenticated => (StatusCode::UNAUTHORIZED, "Who are you?"),
        Kind::Declined => (StatusCode::PAYMENT_REQUIRED, "The payment was declined"),
        Kind::Forbidden => (StatusCode::FORBIDDEN, "This key may not do that"),
        Kind::NotFound => (StatusCode::NOT_FOUND, "There is no such thing"),
        Kind::Conflict => (StatusCode::CONFLICT, "Not in this state"),
        Kind::Rule => (StatusCode::UNPROCESSABLE_ENTITY, "Against a rule"),
        Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
        Kind::TooMany => (StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
        Kind::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "Not for now"),
    }
}

impl Problem {
    /// A problem with a status that no kind of refusal has (405, 408, 415).
    #[must_use]
    pub const fn of_protocol(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: &'static str,
    ) -> Problem {
        let detail = Cow::Borrowed(detail);
        Problem { status, code, title, detail, param: None, retry_after: None, fault: None }
    }

    /// The same problem, about one field, parameter or header.
    #[must_use]
    pub fn at(mut self, param: impl Into<Cow<'static, str>>) -> Problem {
        self.param = Some(param.into());
        self
    }

    /// The same problem, with the time after which it is worth trying again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Problem {
        self.retry_after = Some(seconds);
        self
    }

    /// The body, once the request's id is known.
    #[must_use]
    pub fn render(&self, request: RequestId) -> String {
        let request = request.to_string();
        let body = Body {
            r#type: &format!("/problems/{}", self.code),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            instance: &request,
            code: self.code,
            param: self.param.as_deref(),
            request_id: &request,
            incident: self.fault.is_some().then_some(&request),
        };
        // A struct of texts and numbers always serialises.
        serde_json::to_string(&body).unwrap_or_default()
    }

    /// Headers that belong to the status.
    pub fn headers(&self, headers: &mut axum::http::HeaderMap) {
        headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer realm=\"paydesk\"");
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
    }
}

/// The media type of problems.
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A problem as it goes out.
#[derive(serde::Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Body<'a> {
    /// A reference that identifies the kind of problem: `/problems/` and the code.
    #[schema(example = "/problems/field_not_valid")]
    r#type: &'a str,
    /// What kind of problem, in a few words, for people.
    title: &'a str,
    /// The HTTP status once more.
    #[schema(example = 400)]
    status: u16,
    /// What to do about it, in English, for developers.
    detail: &'a str,
    /// This very occurrence: the request's id.
    #[schema(example = "req_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    instance: &'a str,
    /// A stable word that programs may rely on.
    #[schema(example = "field_not_valid")]
    code: &'a str,
    /// The field, parameter or header it is about, as a path: `prices[0].amount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "prices[0].amount")]
    param: Option<&'a str>,
    /// The request's id, as in the header `X-Request-Id`.
    request_id: &'a str,
    /// On a 500: the number under which the failure stands in our logs.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<&'a String>,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let (status, title) = row(refusal.kind);
        let retry_after = match refusal.kind {
            Kind::TooMany | Kind::Unavailable => Some(1),
            Kind::Malformed
            | Kind::Unauthenticated
            | Kind::Declined
            | Kind::Forbidden
            | Kind::NotFound
            | Kind::Conflict
            | Kind::Rule
            | Kind::TooLarge => None,
        };
        Problem {
            status,
            code: refusal.code,
            title,
            detail: refusal.detail,
            param: refusal.param,
            retry_after,
            fault: None,
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        Problem {
            fault: Some(fault.chain()),
            ..Problem::of_protocol(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Something of ours failed",
                "It is in our logs under the incident number. Asking again with the same \
                 Idempotency-Key is safe.",
            )
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

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_refusal_has_its_status() {
        let table = [
            (Kind::Malformed, 400),
            (Kind::Unauthenticated, 401),
            (Kind::Declined, 402),
            (Kind::Forbidden, 403),
            (Kind::NotFound, 404),
            (Kind::Conflict, 409),
            (Kind::TooLarge, 413),
            (Kind::Rule, 422),
            (Kind::TooMany, 429),
            (Kind::Unavailable, 503),
        ];
        for (kind, status) in table {
            let problem = Problem::from(Refusal::new(kind, "a_code", "a sentence"));
            assert_eq!(problem.status.as_u16(), status);
            assert_eq!(problem.retry_after.is_some(), [429, 503].contains(&status), "{status}");
        }
    }

    #[test]
    fn a_fault_tells_its_number_and_nothing_else() {
        let env = base::Env::fixed(base::Timestamp::UNIX_EPOCH, 1);
        let id: RequestId = env.id();
        let fault = Fault::of("read column secret", std::io::Error::other("at 10.0.0.7"));
        let body = Problem::from(fault).render(id);
        assert!(!body.contains("column") && !body.contains("10.0.0.7"), "{body}");
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["incident"], id.to_string());
        assert_eq!(body["status"], 500);
    }

    #[test]
    fn a_problem_names_the_field_and_the_request() {
        let env = base::Env::fixed(base::Timestamp::UNIX_EPOCH, 1);
        let id: RequestId = env.id();
        let refusal = Refusal::new(Kind::Malformed, "field_not_valid", "wrong").at("tokens");
        let body: serde_json::Value =
            serde_json::from_str(&Problem::from(refusal).render(id)).unwrap();
        assert_eq!(body["type"], "/problems/field_not_valid");
        assert_eq!(body["param"], "tokens");
        assert_eq!(body["instance"], body["request_id"]);
        assert!(body.get("incident").is_none());
    }
}
