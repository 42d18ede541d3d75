//! Remembers the language somebody reads in, so that the front door opens in it next time.

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use base::Language;

use crate::guard::cookies::Keep;
use crate::house::House;

/// Keeps the language of a customer page in a cookie when it changes.
pub(crate) async fn remember_language(
    State(house): State<House>,
    request: Request,
    next: Next,
) -> Response {
    let first = request.uri().path().split('/').nth(1).unwrap_or_default();
    let chosen = first.parse::<Language>().ok().filter(|language| language.tag() == first);
    let kept = Keep::Language.read(&house, request.headers());
    let mut response = next.run(request).await;
    let is_page = response.headers().contains_key(header::CONTENT_LANGUAGE);
    if let Some(language) = chosen
        && is_page
        && kept.as_deref() != Some(language.tag())
    {
        Keep::Language.set(&house, language.tag(), response.headers_mut());
    }
    response
}
