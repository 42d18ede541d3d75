//! The front door without a language: finds the visitor's and leads on.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect};

use crate::answer::Answer;
use crate::guard::Trouble;
use crate::guard::cookies::Keep;
use crate::guard::session::customer_of;
use crate::house::House;

/// `GET /`: to the shop in the visitor's language.
pub(crate) async fn enter(State(house): State<House>, headers: HeaderMap) -> Answer {
    let account = customer_of(&house, &headers).await?.map(|who| who.customer.language);
    let cookie = Keep::Language.read(&house, &headers);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let found = words::negotiate(None, account, cookie.as_deref(), accepted);
    let mut response = Redirect::to(&format!("/{}/", found.language)).into_response();
    let vary = if found.from_header { "Cookie, Accept-Language" } else { "Cookie" };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static(vary));
    Ok(response)
}

/// `GET /{language}`: to the same with its slash.
pub(crate) async fn add_slash(Path(tag): Path<String>) -> Trouble {
    match tag.parse::<base::Language>() {
        Ok(language) => Trouble::Elsewhere(format!("/{language}/")),
        Err(_) => Trouble::NotFound,
    }
}
