//! The page about trouble: what went wrong in plain words, and a way on.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use base::id::RequestId;
use base::{Kind, Language, Timestamp};
use words::Words;

use super::{Frame, Place, Theme};
use crate::answer;
use crate::guard::Trouble;
use crate::guard::cookies::Keep;
use crate::house::House;

/// What the page says.
#[derive(Template)]
#[template(path = "layout/trouble.html")]
pub(crate) struct Page {
    frame: Frame,
    icon: &'static str,
    body: String,
    incident: Option<String>,
    at: Timestamp,
}

impl Page {
    /// The page about this trouble, in the language of the path or else of the browser.
    pub(crate) fn about(
        house: &House,
        trouble: &Trouble,
        path: &str,
        headers: &HeaderMap,
        incident: Option<RequestId>,
    ) -> Page {
        let words = Words::of(language(house, path, headers));
        let (icon, title, body) = sentences(words, trouble);
        let rest = path.split_once(words.tag()).map_or("/", |(_, rest)| rest);
        let frame = Frame::new(house, words, title, Place::Elsewhere)
            .at(if rest.starts_with('/') { rest } else { "/" }, None)
            .seen_by(None, Theme::of(house, headers));
        let incident = incident.map(|incident| incident.to_string());
        Page { frame, icon, body, incident, at: house.billing.env.now() }
    }
}

fn language(house: &House, path: &str, headers: &HeaderMap) -> Language {
    let first = path.split('/').nth(1).filter(|first| !first.is_empty());
    if first == Some("console") {
        return Language::En;
    }
    let cookie = Keep::Language.read(house, headers);
    let header = headers.get("accept-language").and_then(|value| value.to_str().ok());
    words::negotiate(first, None, cookie.as_deref(), header).language
}

fn sentences(words: Words, trouble: &Trouble) -> (&'static str, String, String) {
    let (icon, title, body) = match trouble {
        Trouble::NotFound | Trouble::Elsewhere(_) => (
            "search",
            words.text("problems-not-found-title"),
            words.text("problems-not-found-body"),
        ),
        Trouble::Forbidden | Trouble::CrossSite => {
            ("lock", words.text("problems-forbidden-title"), words.text("problems-forbidden-body"))
        }
        Trouble::TooMany => {
            ("clock", words.text("problems-too-many-title"), words.text("problems-too-many-body"))
        }
        Trouble::SignIn => {
            ("person", words.text("problems-sign-in-title"), words.text("problems-sign-in-body"))
        }
        Trouble::Refused(refusal) if refusal.kind == Kind::Unavailable => (
            "clock",
            words.text("problems-unavailable-title"),
            words.text("problems-unavailable-body"),
        ),
        Trouble::Refused(_) => {
            ("alert", words.text("problems-changed-title"), words.text("problems-changed-body"))
        }
        Trouble::Fault(_) => {
            ("alert", words.text("problems-wrong-title"), words.text("problems-wrong-calm"))
        }
    };
    (icon, title.into_owned(), body.into_owned())
}

/// Writes the page.
pub(crate) fn write(page: &Page) -> Result<Response, Trouble> {
    answer::html(page.frame.words.language(), page)
}
