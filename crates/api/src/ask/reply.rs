//! Answers as they are stored and sent: a status and a JSON body.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Fault;
use base::id::RequestId;
use serde::Serialize;

use crate::problem::{PROBLEM_JSON, Problem};

/// An answer with a JSON body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    status: u16,
    body: String,
    replayed: bool,
}

impl Reply {
    /// An answer of this shape.
    ///
    /// # Errors
    /// A fault if the shape cannot be written as JSON.
    pub fn new(status: StatusCode, shape: &impl Serialize) -> Result<Reply, Fault> {
        let body = serde_json::to_string(shape)
            .map_err(|error| Fault::of("write an answer as JSON", error))?;
        Ok(Reply { status: status.as_u16(), body, replayed: false })
    }

    /// 200 with this shape.
    ///
    /// # Errors
    /// As [`Reply::new`].
    pub fn ok(shape: &impl Serialize) -> Result<Reply, Fault> {
        Reply::new(StatusCode::OK, shape)
    }

    /// 201 with this shape.
    ///
    /// # Errors
    /// As [`Reply::new`].
    pub fn created(shape: &impl Serialize) -> Result<Reply, Fault> {
        Reply::new(StatusCode::CREATED, shape)
    }

    /// The problem as an answer that can be stored.
    #[must_use]
    pub fn of_problem(problem: &Problem, request: RequestId) -> Reply {
        let body = problem.render(request);
        Reply { status: problem.status.as_u16(), body, replayed: false }
    }

    /// An answer that was stored.
    #[must_use]
    pub fn replayed(status: u16, body: String) -> Reply {
        Reply { status, body, replayed: true }
    }

    /// The same answer, marked as one that was given before.
    #[must_use]
    pub fn again(self) -> Reply {
        Reply { replayed: true, ..self }
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Status and body.
    #[must_use]
    pub fn into_parts(self) -> (u16, String) {
        (self.status, self.body)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let is_problem = status.is_client_error() || status.is_server_error();
        let json = HeaderValue::from_static("application/json");
        let kind = if is_problem { PROBLEM_JSON } else { json };
        let mut answer = (status, [(header::CONTENT_TYPE, kind)], self.body).into_response();
        if self.replayed {
            let yes = HeaderValue::from_static("true");
            answer.headers_mut().insert("idempotency-replayed", yes);
        }
        answer
    }
}
