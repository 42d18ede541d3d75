//! The one way out to processors: time-outs, a cap on answers, no redirects, and a verdict on
//! every failure that says whether the call can have been executed.

use std::sync::Arc;
use std::time::Duration;

use base::Fault;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, HeaderValue};
use reqwest::{Method, redirect, retry};
use serde::de::DeserializeOwned;
use url::{Host, Url};

/// How long to wait and how much to read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until the connection stands, TLS included.
    pub connect: Duration,
    /// Until the whole answer is read.
    pub total: Duration,
    /// Bytes of an answer.
    pub answer: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        let seconds = Duration::from_secs;
        Limits { connect: seconds(5), total: seconds(30), answer: 1 << 20 }
    }
}

/// The HTTP client of all connectors. Clones share it.
///
/// It speaks `https`; plain `http` is allowed to the machine itself only, for the sandbox and for
/// tests. Proxies named in the environment are not used: a card processor is called directly.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    limits: Limits,
    rehearsal: Option<Rehearsal>,
}

mod rehearsal;

use rehearsal::Rehearsal;
pub use rehearsal::{Calls, Rehearsed};

/// What became of a call at the level of HTTP.
#[derive(Clone, Debug)]
pub enum Sent {
    /// The other side answered with a status below 300 or in the 400s, and all of it was read.
    Answered(Reply),
    /// Proven not to have reached the other side's application: a name that does not resolve, a
    /// refused connection, a TLS failure before anything was sent, a call that cannot be made.
    NotExecuted(String),
    /// It may have been executed: a reset, a time-out, a redirect, a 5xx, an answer too large.
    Unknown(String),
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body, whole.
    pub body: Vec<u8>,
    /// The other side's clock, from its `Date`.
    pub date: Option<base::Timestamp>,
}

impl Reply {
    /// The body as text.
    ///
    /// # Errors
    /// A sentence, if it is not UTF-8.
    pub fn text(&self) -> Result<&str, String> {
        std::str::from_utf8(&self.body).map_err(|_| "the answer is not UTF-8 text".to_owned())
    }

    /// The body read as JSON.
    ///
    /// # Errors
    /// A sentence, if it is not JSON of that form.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_slice(&self.body)
            .map_err(|error| format!("the answer is not the expected JSON: {error}"))
    }
}

impl Http {
    /// The client with the time-outs of a card call.
    ///
    /// # Errors
    /// [`Fault`] if TLS cannot be set up.
    pub fn new() -> Result<Http, Fault> {
        Http::with(Limits::default())
    }

    /// The client with other limits: shorter in tests, longer for bank rails.
    ///
    /// # Errors
    /// As [`Http::new`].
    pub fn with(limits: Limits) -> Result<Http, Fault> {
        // The second caller finds the first one's provider: the answer does not matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = builder(limits)
            .build()
            .or_else(|_| builder(limits).tls_backend_preconfigured(bundled_roots()).build())
            .map_err(|error| Fault::of("set up the HTTP client for processors", error))?;
        Ok(Http { client, limits, rehearsal: None })
    }

    /// Makes a call and waits for the whole answer.
    ///
    /// Sentences never contain the address: some houses want their keys in it.
    pub async fn send(&self, call: Call) -> Sent {
        if let Some(rehearsal) = &self.rehearsal {
            return rehearsal.take(call);
        }
        let request = match call.into_request(&self.client) {
            Ok(request) => request,
            Err(why) => return Sent::NotExecuted(why),
        };
        match self.client.execute(request).await {
            Ok(response) => self.read(response).await,
            Err(error) if error.is_connect() || error.is_builder() => {
                Sent::NotExecuted(format!("no connection: {}", causes(error)))
            }
            Err(error) => Sent::Unknown(format!("no answer: {}", causes(error))),
        }
    }

    async fn read(&self, mut response: reqwest::Response) -> Sent {
        let status = response.status();
        if !status.is_success() && !status.is_client_error() {
            return Sent::Unknown(format!("the processor answered {}", status.as_u16()));
        }
        let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        let date = date.map(|date| date.timestamp());
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.limits.answer => {
                    let limit = self.limits.answer;
                    return Sent::Unknown(format!("the answer is larger than {limit} bytes"));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => {
                    return Sent::Answered(Reply { status: status.as_u16(), body, date });
                }
                Err(error) => {
                    return Sent::Unknown(format!("the answer broke off: {}", causes(error)));
                }
            }
        }
    }
}

/// A call to be made.
#[derive(Clone)]
pub struct Call {
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Vec<u8>>,
    broken: Option<&'static str>,
    assumed: Option<Vec<u8>>,
}

impl Call {
    /// A GET.
    #[must_use]
    pub fn get(url: Url) -> Call {
        Call {
            method: Method::GET,
            url,
            headers: Vec::new(),
            body: None,
            broken: None,
            assumed: None,
        }
    }

    /// A PUT with an empty body.
    #[must_use]
    pub fn put(url: Url) -> Call {
        Call { method: Method::PUT, body: Some(Vec::new()), ..Call::get(url) }
    }

    /// A DELETE.
    #[must_use]
    pub fn delete(url: Url) -> Call {
        Call { method: Method::DELETE, ..Call::get(url) }
    }

    /// What a rehearsal may assume that the house answers to this call, which only prepares
    /// another and moves no money.
    #[must_use]
    pub fn assuming(mut self, answer: &str) -> Call {
        self.assumed = Some(answer.as_bytes().to_vec());
        self
    }

    /// With a header whose value is a secret and is shown nowhere.
    #[must_use]
    pub fn key_header(mut self, name: &str, value: &str) -> Call {
        match name.parse() {
            Ok(name) => self.secret_header(name, value),
            Err(_) => {
                self.broken = Some("a header has a name that headers cannot have");
                self
            }
        }
    }

    /// A POST with an empty body.
    #[must_use]
    pub fn post(url: Url) -> Call {
        Call { method: Method::POST, body: Some(Vec::new()), ..Call::get(url) }
    }

    /// With these pairs behind the question mark, escaped.
    #[must_use]
    pub fn query(mut self, pairs: &[(&str, &str)]) -> Call {
        self.url.query_pairs_mut().extend_pairs(pairs);
        self
    }

    /// With HTTP Basic.
    #[must_use]
    pub fn basic(self, user: &str, password: &str) -> Call {
        use base64::Engine;
        let code = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        self.secret_header(AUTHORIZATION, &format!("Basic {code}"))
    }

    /// With a bearer key.
    #[must_use]
    pub fn bearer(self, key: &str) -> Call {
        self.secret_header(AUTHORIZATION, &format!("Bearer {key}"))
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Call {
        match (name.parse(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self.broken = Some("a header holds a character that headers cannot carry"),
        }
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, value: &serde_json::Value) -> Call {
        self.body("application/json", value.to_string().into_bytes())
    }

    /// With a form as body.
    #[must_use]
    pub fn form(self, pairs: &[(&str, &str)]) -> Call {
        let text =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.body("application/x-www-form-urlencoded", text.into_bytes())
    }

    /// With a body of bytes.
    #[must_use]
    pub fn body(mut self, content_type: &'static str, bytes: Vec<u8>) -> Call {
        self.headers.push((CONTENT_TYPE, HeaderValue::from_static(content_type)));
        self.body = Some(bytes);
        self
    }

    fn secret_header(mut self, name: HeaderName, value: &str) -> Call {
        match HeaderValue::from_str(value) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.push((name, value));
            }
            Err(_) => self.broken = Some("a key holds a character that headers cannot carry"),
        }
        self
    }

    fn into_request(self, client: &reqwest::Client) -> Result<reqwest::Request, String> {
        if let Some(why) = self.broken {
            return Err(why.to_owned());
        }
        if self.url.scheme() != "https" && !(self.url.scheme() == "http" && is_loopback(&self.url))
        {
            return Err("only https goes out; plain http stays on this machine".to_owned());
        }
        let mut request = client.request(self.method, self.url);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if let Some(body) = self.body {
            request = request.body(body);
        }
        request.build().map_err(|error| format!("the call cannot be made: {}", causes(error)))
    }
}

/// Whether an address names this machine itself.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn builder(limits: Limits) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("Paydesk/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect)
        .timeout(limits.total)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        // A connection kept for later may be closed by the other side just as we write: the
        // commonest way to an outcome that nobody knows. A new one for each call cannot.
        .pool_max_idle_per_host(0)
}

/// The roots of the web's authorities as compiled in, for machines that have none installed.
fn bundled_roots() -> rustls::ClientConfig {
    let roots: rustls::RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    rustls::ClientConfig::builder().with_root_certificates(Arc::new(roots)).with_no_client_auth()
}

/// The error and everything underneath, without the address.
fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut next = std::error::Error::source(&error);
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests;
