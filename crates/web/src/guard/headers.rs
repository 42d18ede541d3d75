//! What every answer carries so that a browser does no more with it than we mean.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::house::House;

/// Which content policy an answer wants. Pages that say nothing get [`Policy::Page`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Our own files only, no script or style inside the page.
    Page,
    /// As a page, and its form may lead to a processor. Browsers check its redirect too.
    Leaving,
    /// The same where no real money moves: the sandbox may listen on this machine.
    LeavingInTest,
    /// Something from outside that is only looked at: nothing runs, nothing loads.
    Sealed,
}

impl Policy {
    /// The policy of a page whose form leads to a processor.
    pub(crate) fn leaving(house: &House) -> Policy {
        if house.settings.livemode { Policy::Leaving } else { Policy::LeavingInTest }
    }

    const fn text(self) -> &'static str {
        match self {
            Policy::Page => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; \
                 frame-ancestors 'none'; manifest-src 'self'"
            }
            Policy::Leaving => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; form-action 'self' https:; base-uri 'none'; \
                 frame-ancestors 'none'; manifest-src 'self'"
            }
            Policy::LeavingInTest => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; form-action 'self' https: http://127.0.0.1:* \
                 http://localhost:*; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
            }
            Policy::Sealed => {
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                 form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
            }
        }
    }
}

/// Puts the headers on an answer.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = response.extensions().get::<Policy>().copied().unwrap_or(Policy::Page);
    let frames = if policy == Policy::Sealed { "SAMEORIGIN" } else { "DENY" };
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, policy.text()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, frames),
        // Addresses of checkouts carry secrets, so other sites learn the origin at most.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
