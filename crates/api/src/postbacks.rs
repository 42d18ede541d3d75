//! Postbacks: what processors tell us, as raw bytes, at `/postbacks/{account}`.
//!
//! Nothing is believed here and nothing is parsed: the bytes are handed to billing, which checks
//! the locks, stores them, and says what the processor wants to read.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Fault, Stop};
use billing::notices;
use processor::{PostbackAnswer, RawNotice, Verdict};

use crate::ask::whole;
use crate::door::Door;
use crate::guard::{NO_ROUTE, TOO_OFTEN, not_allowed, sender};
use crate::problem::Problem;

/// How many headers of a message are kept, and how long each may be.
const MOST_HEADERS: usize = 64;
const LONGEST_HEADER: usize = 4_096;
/// How long a query may be.
const LONGEST_QUERY: usize = 16_384;

/// Takes in a message.
pub async fn receive(
    State(door): State<Arc<Door>>,
    params: RawPathParams,
    request: Request,
) -> Result<Response, Problem> {
    if request.method() == Method::HEAD {
        // The router takes HEAD for GET; a message it is not.
        return Err(not_allowed().await);
    }
    let mut names = params.iter().map(|(_, value)| value.to_owned());
    let account = names.next().unwrap_or_default();
    let (parts, body) = request.into_parts();
    let ConnectInfo(peer) = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .ok_or_else(|| Fault::new("know the sender: the server keeps no peer addresses"))?;
    let sender = sender(peer.ip(), &parts.headers, &door.settings.trusted_proxies);
    let body = whole(body).await?;
    // The same steps for an account that is not there, so that trying names tells nothing.
    let known = door.billing.accounts.get(&account).is_some();
    let name = if known { account.clone() } else { String::new() };
    if let Err(empty) = door.knockers.take((name, sender), door.env().now()) {
        return Err(Problem::from(TOO_OFTEN).retry_after(empty.seconds));
    }
    let query = parts.uri.query().unwrap_or_default();
    if !known || query.len() > LONGEST_QUERY {
        return Err(NO_ROUTE.into());
    }
    let raw = RawNotice {
        method: parts.method.as_str().to_owned(),
        path_secret: names.next(),
        query: query.to_owned(),
        headers: kept(&parts.headers),
        body: body.to_vec(),
        sender,
        received_at: door.env().now(),
    };
    match notices::receive(&door.billing, &account, raw).await {
        Ok((_, answer)) => written(answer),
        Err(Stop::Refused(refusal)) => Err(refusal.into()),
        Err(Stop::Fault(fault)) => {
            tracing::error!(account, fault = fault.chain(), "a postback could not be stored");
            let known = door.billing.accounts.get(&account);
            let again = known.map(|account| account.connector.answer(Verdict::Again));
            written(again.unwrap_or_else(|| PostbackAnswer::plain(Verdict::Again)))
        }
    }
}

fn kept(headers: &axum::http::HeaderMap) -> Vec<(String, String)> {
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
    headers
        .iter()
        .filter(|(_, value)| value.len() <= LONGEST_HEADER)
        .take(MOST_HEADERS)
        .map(|(name, value)| (name.as_str().to_owned(), text(value)))
        .collect()
}

/// The answer in the processor's own words.
fn written(answer: PostbackAnswer) -> Result<Response, Problem> {
    let status = StatusCode::from_u16(answer.status)
        .map_err(|error| Fault::of("answer a postback: the status is none", error))?;
    let headers = [(header::CONTENT_TYPE, answer.content_type)];
    Ok((status, headers, Body::from(answer.body)).into_response())
}
