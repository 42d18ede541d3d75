//! Turning a filled template into an answer.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base::Language;

use crate::guard::Trouble;

/// What a page gives.
pub(crate) type Answer = Result<Response, Trouble>;

/// A page in that language.
pub(crate) fn html(language: Language, page: &impl Template) -> Answer {
    let mut response = Html(page.render()?).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    // What a page shows depends on who is signed in and on the look they chose.
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    Ok(response)
}
