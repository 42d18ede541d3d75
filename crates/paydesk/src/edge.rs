//! The edge of the program: the rooms' routes in one router, with what stands before all of them.

use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::middleware::from_fn;
use axum::routing::get;
use base::Secret;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate as _, SizeAbove};
use tower_http::timeout::TimeoutLayer;

use crate::config::Config;
use crate::observe::{health, logs, metrics};
use crate::wire::App;

/// How long one request may take.
const LONGEST: Duration = Duration::from_secs(60);

/// Everything: pages, API, postbacks, the sandbox's house if there is one, health and metrics.
pub fn router(app: &App, config: &Config, stopping: watch::Receiver<bool>) -> Router {
    // The API answers in a few hundred bytes and as often as it can: only pages are pressed.
    let pages = web::Web { stopping: Some(stopping.clone()), ..app.web.clone() };
    let pages = web::routes(pages)
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(1024).and(NotPressed)));
    let mut router = bare(app, config, stopping).merge(api::routes(app.api.clone())).merge(pages);
    if let Some(house) = &app.house {
        router = router.merge(processors::sandbox::routes(std::sync::Arc::clone(house)));
    }
    let clock = app.billing.env.clock.clone();
    router
        .layer(from_fn(move |request, next| logs::request(clock.clone(), request, next)))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, LONGEST))
}

/// Health and metrics only.
pub fn bare(app: &App, config: &Config, stopping: watch::Receiver<bool>) -> Router {
    let store = app.billing.store.clone();
    let token = config.observe.metrics_token.clone().map(Secret::from_text);
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(move || health::ready(store.clone(), stopping.clone())))
        .route(
            "/metrics",
            get(move |peer: ConnectInfo<std::net::SocketAddr>, headers: HeaderMap| {
                metrics::show(token.clone(), peer, headers)
            }),
        )
}

/// Pictures and fonts are pressed already, and a stream must not wait until there is enough.
#[derive(Clone, Copy)]
struct NotPressed;

impl tower_http::compression::Predicate for NotPressed {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let pressed = |kind: &str| kind.starts_with("text/") && !kind.contains("event-stream");
        kind.is_some_and(|kind| pressed(kind) || kind.contains("svg"))
    }
}
