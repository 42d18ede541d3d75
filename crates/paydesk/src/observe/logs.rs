//! Logs: one line a request and one a fault, never with personal data.
//!
//! Paths are logged as their patterns, without queries: links carry secrets.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::{LogFormat, Observe};

/// Turns logs on. Called once, by the binary.
pub fn begin(observe: &Observe) {
    let filter = EnvFilter::try_new(&observe.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt().with_env_filter(filter).with_target(true).with_writer(std::io::stderr);
    // A second start in one program (tests) keeps the first.
    let _ = match observe.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}

/// Logs and counts one request.
pub async fn request(clock: base::Clock, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path =
        request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let began = clock.now();
    let response = next.run(request).await;
    let took = clock.now().duration_since(began);
    let status = response.status().as_u16();
    metrics::counter!(
        "paydesk_http_requests_total",
        "path" => path.clone(), "method" => method.to_string(), "status" => status.to_string()
    )
    .increment(1);
    metrics::histogram!("paydesk_http_seconds", "path" => path.clone()).record(took.as_secs_f64());
    let millis = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
    tracing::debug!(%method, path, status, millis, "request");
    response
}
