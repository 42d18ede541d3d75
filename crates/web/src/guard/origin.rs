//! Cross-site safety: a form of another site cannot make a browser of ours do anything.
//!
//! Browsers say where a request comes from; that, together with `SameSite` cookies, replaces
//! secret tokens in forms. A program that is no browser sends neither header and carries no
//! cookies of ours by accident, so it is let through to the session check.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Trouble;

/// Refuses whatever changes something and was not sent from one of our own pages.
pub(crate) async fn refuse_cross_site(request: Request, next: Next) -> Response {
    let returning = request.uri().path().ends_with("/return");
    if returning || is_ours(request.method(), request.headers()) {
        next.run(request).await
    } else {
        // A processor may send its customer back with a form; that page only reads.
        Trouble::CrossSite.into_response()
    }
}

/// Whether a request may change something, by what the browser says of where it comes from.
fn is_ours(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            let after_scheme = origin.split_once("://").map(|(_, rest)| rest);
            !host.is_empty() && after_scheme.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(method: Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_ours(&method, &headers)
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        let host = ("host", "pay.example");
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "something new")], false),
            // The newer header is believed over the older one.
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://pay.example"), host], false),
            (&[("origin", "https://pay.example"), host], true),
            (&[("origin", "https://PAY.example"), host], true),
            (&[("origin", "https://evil.example"), host], false),
            (&[("origin", "https://pay.example.evil.example"), host], false),
            (&[("origin", "null"), host], false),
            (&[("origin", "https://pay.example")], false),
            (&[], true),
        ];
        for (headers, ours) in table {
            assert_eq!(verdict(Method::POST, headers), *ours, "{headers:?}");
            assert!(verdict(Method::GET, headers), "reading is free: {headers:?}");
        }
    }
}
