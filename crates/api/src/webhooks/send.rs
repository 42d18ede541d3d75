//! Sending one webhook: one signed POST to an address that was looked at, and nothing of the answer
//! but its status.

use std::sync::Arc;
use std::time::Duration;

use base::{Env, Fault, Timestamp};
use identity::Identity;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, ClientBuilder, redirect, retry};
use store::Vault;
use store::outbox::Event;
use tokio::sync::OnceCell;

use super::address::{Guarded, Loopback, checked};
use super::endpoint::Endpoint;
use super::sign::SigningKey;
use crate::v1::events;

/// Until the connection stands, and until the answer's head is read.
const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(15);

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A success: it is delivered.
    Delivered(u16),
    /// 410: there is nobody any more.
    Gone,
    /// Another status; perhaps with a wish to wait so many seconds.
    Answered(u16, Option<i64>),
    /// No answer, for this reason.
    Unreachable(String),
}

impl Outcome {
    /// The status that was answered, if one was.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Outcome::Delivered(status) | Outcome::Answered(status, _) => Some(*status),
            Outcome::Gone => Some(410),
            Outcome::Unreachable(_) => None,
        }
    }

    /// Why it did not succeed, if it did not.
    #[must_use]
    pub fn error(&self) -> Option<String> {
        match self {
            Outcome::Delivered(_) => None,
            Outcome::Gone => Some("the endpoint answered 410: it is gone".to_owned()),
            Outcome::Answered(status, _) => Some(format!("the endpoint answered {status}")),
            Outcome::Unreachable(why) => Some(why.clone()),
        }
    }
}

/// Sends webhooks.
pub struct Sender {
    env: Env,
    vault: Vault,
    livemode: bool,
    loopback: Loopback,
    client: OnceCell<Client>,
}

impl Sender {
    /// One for a house in this mode.
    #[must_use]
    pub fn new(identity: &Identity, livemode: bool, loopback: Loopback) -> Sender {
        let (env, vault) = (identity.env.clone(), identity.vault.clone());
        Sender { env, vault, livemode, loopback, client: OnceCell::new() }
    }

    /// Sends one event to one endpoint.
    ///
    /// # Errors
    /// A fault if it cannot be signed or the client cannot be made; not if nobody answers.
    pub async fn send(&self, endpoint: &Endpoint, event: &Event) -> Result<Outcome, Fault> {
        let url = match checked(&endpoint.url, self.loopback) {
            Ok(url) => url,
            Err(refusal) => return Ok(Outcome::Unreachable(refusal.detail.into_owned())),
        };
        let sealed = self.vault.open(&Endpoint::purpose(endpoint.id), &endpoint.secret)?;
        let key = SigningKey::from_bytes(sealed);
        let body = serde_json::to_string(&events::Shown::of(event, self.livemode))
            .map_err(|error| Fault::of("write a webhook as JSON", error))?;
        let (id, now) = (event.id.to_string(), self.env.now());
        let signature = key.signature(&id, now, &body);
        let client = self.client.get_or_try_init(|| async { client(self.loopback) }).await?;
        let sent = client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.as_second())
            .header("webhook-signature", signature)
            .body(body)
            .send()
            .await;
        // The answer's body is never read: it is not ours to keep.
        Ok(sent.map_or_else(
            |error| Outcome::Unreachable(causes(error)),
            |answer| outcome(answer.status().as_u16(), answer.headers(), now),
        ))
    }
}

fn outcome(status: u16, headers: &HeaderMap, now: Timestamp) -> Outcome {
    match status {
        200..=299 => Outcome::Delivered(status),
        410 => Outcome::Gone,
        _ => Outcome::Answered(status, retry_after(headers, now)),
    }
}

/// Seconds, or the time of day in one of HTTP's spellings.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<i64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(i64::from(seconds));
    }
    let then = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(then.duration_since(now).as_secs().max(0))
}

fn client(loopback: Loopback) -> Result<Client, Fault> {
    // Whoever comes second finds the first one's provider: the answer does not matter.
    let _ = rustls::crypto::ring::default_provider().install_default();
    builder(loopback)
        .build()
        .or_else(|_| builder(loopback).tls_backend_preconfigured(bundled_roots()).build())
        .map_err(|error| Fault::of("set up the HTTP client for webhooks", error))
}

fn builder(loopback: Loopback) -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("Paydesk/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(Guarded(loopback).shared())
        .connect_timeout(CONNECT)
        .timeout(TOTAL)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        // A connection that is kept would outlive the look at its address.
        .pool_max_idle_per_host(0)
}

/// The roots of the web's authorities as compiled in, for machines that have none installed.
fn bundled_roots() -> rustls::ClientConfig {
    let roots: rustls::RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    rustls::ClientConfig::builder().with_root_certificates(Arc::new(roots)).with_no_client_auth()
}

/// The error and what is underneath, without the address, and not too long.
fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = format!("no answer: {error}");
    let mut next = std::error::Error::source(&error);
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_to_wait_is_read_in_both_spellings() {
        let now: Timestamp = "2026-05-01T10:00:00Z".parse().unwrap();
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(read("120"), Some(120));
        assert_eq!(read("Fri, 01 May 2026 10:02:00 GMT"), Some(120));
        assert_eq!(read("Fri, 01 May 2026 09:00:00 GMT"), Some(0));
        assert_eq!(read("soon"), None);
        assert_eq!(read("-5"), None);
    }

    #[test]
    fn only_a_success_is_a_delivery() {
        let of = |status| outcome(status, &HeaderMap::new(), Timestamp::UNIX_EPOCH);
        assert_eq!(of(204), Outcome::Delivered(204));
        assert_eq!(of(301), Outcome::Answered(301, None));
        assert_eq!(of(410), Outcome::Gone);
        assert_eq!(of(500), Outcome::Answered(500, None));
    }
}
