//! Light, dark, or as the device says: kept in a cookie so that it works without scripts.

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::guard::cookies::Keep;
use crate::house::House;

/// How the pages look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The word in the cookie and in the page.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// What this browser chose.
    pub(crate) fn of(house: &House, headers: &HeaderMap) -> Theme {
        match Keep::Theme.read(house, headers).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Choice {
    theme: Theme,
    back: String,
}

/// `POST /theme`: keeps the choice and goes back to where it was made.
pub(crate) async fn choose(State(house): State<House>, Form(choice): Form<Choice>) -> Response {
    let mut response = Redirect::to(local(&choice.back)).into_response();
    Keep::Theme.set(&house, choice.theme.word(), response.headers_mut());
    response
}

/// The path if it stays on this site, the front page otherwise.
pub(crate) fn local(back: &str) -> &str {
    let stays = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(['\\', '\r', '\n', '\t', '\0'])
        && back.len() <= 2_000;
    if stays { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(local("/de/wallet?before=x"), "/de/wallet?before=x");
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nb"] {
            assert_eq!(local(bad), "/", "{bad:?}");
        }
    }
}
