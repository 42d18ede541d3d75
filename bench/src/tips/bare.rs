//! The peer: an axum server that reads the body and answers with bytes it was given.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use tokio::net::TcpListener;

use super::load::Sample;

/// What it answers, always.
struct Fixed {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// Serves until the program ends.
pub(crate) async fn serve(path: &str, status: u16, sample: Sample) -> Result<SocketAddr> {
    let status = StatusCode::from_u16(status)?;
    let fixed = Fixed { status, headers: headers(&sample.head)?, body: sample.body.into() };
    let router = Router::new().route(path, post(answer)).with_state(Arc::new(fixed));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

async fn answer(State(fixed): State<Arc<Fixed>>, _: Bytes) -> Response {
    let mut answer = Response::new(Body::from(fixed.body.clone()));
    *answer.status_mut() = fixed.status;
    *answer.headers_mut() = fixed.headers.clone();
    answer
}

/// The headers of an answer without those that the server adds by itself.
fn headers(head: &str) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for line in head.lines().skip(1).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").context("read a header of the first answer")?;
        if name != "date" && name != "content-length" {
            headers.append(name.parse::<HeaderName>()?, HeaderValue::from_str(value)?);
        }
    }
    Ok(headers)
}
