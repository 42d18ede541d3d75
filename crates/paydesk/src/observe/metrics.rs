//! Metrics in Prometheus' text form, for this machine or for whoever holds the token.

use std::net::SocketAddr;
use std::sync::OnceLock;

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Secret;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts counting. Called once, by the binary; a second call keeps the first.
pub fn begin() {
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok());
}

/// `GET /metrics`.
pub async fn show(
    token: Option<Secret>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if !may_read(token.as_ref(), peer, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(recorder) = RECORDER.get().and_then(Option::as_ref) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (kind, recorder.render()).into_response()
}

/// With a token only its holder; without one only this machine, and not through a proxy.
fn may_read(token: Option<&Secret>, peer: SocketAddr, headers: &HeaderMap) -> bool {
    match token {
        Some(token) => headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .is_some_and(|given| token.hashed().opens_with(&Secret::from_text(given))),
        None => peer.ip().is_loopback() && !headers.contains_key("x-forwarded-for"),
    }
}
