//! One thing is fetched: at most three redirects, each looked at like the first address, and never
//! more bytes than were asked for.

use std::sync::Arc;
use std::time::Duration;

use base::{Fault, Secret};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Client, ClientBuilder, Response, redirect, retry};
use url::Url;

use super::public::{Guarded, Loopback, is_loopback, may_lead_outside};

/// Until the connection stands, and until everything is here.
const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(30);
/// Redirects that are followed.
const MOST_REDIRECTS: usize = 3;

/// How far one may reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// The public internet only.
    #[default]
    Public,
    /// This very machine as well: for development.
    Here,
    /// Wherever the operator's own configuration leads.
    Configured,
}

impl Reach {
    /// As far as an address that the operator configured: what is set up on this very machine may
    /// name others there.
    #[must_use]
    pub fn like(url: &Url) -> Reach {
        if is_loopback(url) { Reach::Here } else { Reach::Public }
    }

    fn covers(self, url: &Url) -> bool {
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return false;
        }
        match self {
            Reach::Public => may_lead_outside(url),
            Reach::Here => may_lead_outside(url) || is_loopback(url),
            Reach::Configured => true,
        }
    }
}

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What its server says it is.
    pub declared: String,
}

/// It could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missed {
    /// Another try may help.
    #[error("{0}")]
    Later(String),
    /// No other try helps.
    #[error("{0}")]
    Never(String),
}

/// Fetches things from outside.
#[derive(Clone, Debug)]
pub struct Outside {
    client: Client,
    reach: Reach,
}

impl Outside {
    /// Reaches so far and no farther.
    ///
    /// # Errors
    /// A fault if the client cannot be set up.
    pub fn new(reach: Reach) -> Result<Outside, Fault> {
        // Whoever comes second finds the first one's provider: the answer does not matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = builder(reach)
            .build()
            .or_else(|_| builder(reach).tls_backend_preconfigured(bundled_roots()).build())
            .map_err(|error| Fault::of("set up the HTTP client for what lies outside", error))?;
        Ok(Outside { client, reach })
    }

    /// Fetches what is at an address, `largest` bytes at most. The token goes to the address's own
    /// host and to no other it may lead to.
    ///
    /// # Errors
    /// [`Missed`], with a sentence for staff that names no address.
    pub async fn get(
        &self,
        url: &Url,
        token: Option<&Secret>,
        largest: usize,
    ) -> Result<Fetched, Missed> {
        let mut at = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            if !self.reach.covers(&at) {
                let why = "its address leads into a network that is not public";
                return Err(Missed::Never(why.to_owned()));
            }
            let mut request = self.client.get(at.clone());
            if let Some(token) = token.filter(|_| at.origin() == url.origin()) {
                request = request.bearer_auth(token.reveal());
            }
            let response = request.send().await.map_err(|error| unanswered(&error))?;
            let status = response.status();
            if status.is_redirection() {
                at = next(&at, &response)?;
            } else if status.is_success() {
                return read(response, largest).await;
            } else {
                return Err(refused(status.as_u16()));
            }
        }
        Err(Missed::Never("it leads on and on".to_owned()))
    }
}

fn next(at: &Url, response: &Response) -> Result<Url, Missed> {
    let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    let to = to.and_then(|to| at.join(to).ok());
    let to = to.ok_or_else(|| Missed::Never("it leads nowhere".to_owned()))?;
    // What was asked for under a seal is not taken in the open.
    if at.scheme() == "https" && to.scheme() != "https" {
        return Err(Missed::Never("it leads to an address that is not encrypted".to_owned()));
    }
    Ok(to)
}

async fn read(mut response: Response, largest: usize) -> Result<Fetched, Missed> {
    let too_large = || Missed::Never(format!("it is larger than {} MB", largest >> 20));
    let told = response.content_length().and_then(|told| usize::try_from(told).ok());
    if told.is_some_and(|told| told > largest) {
        return Err(too_large());
    }
    let declared = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let declared = declared.unwrap_or_default().chars().take(100).collect();
    let mut bytes = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| unanswered(&error))? {
        if bytes.len() + part.len() > largest {
            return Err(too_large());
        }
        bytes.extend_from_slice(&part);
    }
    Ok(Fetched { bytes, declared })
}

fn refused(status: u16) -> Missed {
    let why = format!("its server answered {status}");
    match status {
        408 | 425 | 429 | 500..=599 => Missed::Later(why),
        _ => Missed::Never(why),
    }
}

fn unanswered(error: &reqwest::Error) -> Missed {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.is::<super::NoPublicAddress>() {
            let why = "its name leads into a network that is not public";
            return Missed::Never(why.to_owned());
        }
        cause = error.source();
    }
    let why = if error.is_timeout() { "its server is too slow" } else { "no answer came" };
    Missed::Later(why.to_owned())
}

fn builder(reach: Reach) -> ClientBuilder {
    let builder = Client::builder()
        .user_agent(concat!("Paydesk/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .timeout(TOTAL)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        // A connection that is kept would outlive the look at its address.
        .pool_max_idle_per_host(0);
    match reach {
        Reach::Public => builder.dns_resolver(Guarded(Loopback::Refused).shared()),
        Reach::Here => builder.dns_resolver(Guarded(Loopback::Allowed).shared()),
        Reach::Configured => builder,
    }
}

/// The roots of the web's authorities as compiled in, for machines that have none installed.
fn bundled_roots() -> rustls::ClientConfig {
    let roots: rustls::RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    rustls::ClientConfig::builder().with_root_certificates(Arc::new(roots)).with_no_client_auth()
}

#[cfg(test)]
mod tests {
    use wiremock::matchers::{header, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;

    fn at(server: &MockServer, path: &str) -> Url {
        format!("{}{path}", server.uri()).parse().unwrap()
    }

    async fn answers(server: &MockServer, at: &str, with: ResponseTemplate) {
        Mock::given(path(at)).respond_with(with).mount(server).await;
    }

    #[tokio::test]
    async fn what_is_there_comes_whole_or_not_at_all() {
        let server = MockServer::start().await;
        let bytes = ResponseTemplate::new(200).set_body_raw(vec![7_u8; 1_000], "image/png");
        answers(&server, "/a", bytes).await;
        answers(&server, "/b", ResponseTemplate::new(302).insert_header("location", "/a")).await;
        answers(&server, "/c", ResponseTemplate::new(302).insert_header("location", "/c")).await;
        answers(&server, "/gone", ResponseTemplate::new(404)).await;
        answers(&server, "/busy", ResponseTemplate::new(503)).await;
        let outside = Outside::new(Reach::Here).unwrap();
        for place in ["/a", "/b"] {
            let fetched = outside.get(&at(&server, place), None, 1_000).await.unwrap();
            assert_eq!((fetched.bytes.len(), fetched.declared.as_str()), (1_000, "image/png"));
        }
        for (place, largest) in [("/a", 999), ("/b", 10), ("/c", 10), ("/gone", 10)] {
            let missed = outside.get(&at(&server, place), None, largest).await;
            assert!(matches!(missed, Err(Missed::Never(_))), "{place}: {missed:?}");
        }
        let busy = outside.get(&at(&server, "/busy"), None, 10).await;
        assert!(matches!(busy, Err(Missed::Later(_))), "{busy:?}");
    }

    #[tokio::test]
    async fn nobody_is_asked_within_our_own_walls() {
        let server = MockServer::start().await;
        answers(&server, "/", ResponseTemplate::new(200)).await;
        let inside = "http://169.254.169.254/latest/meta-data";
        answers(&server, "/in", ResponseTemplate::new(302).insert_header("location", inside)).await;
        let named = server.uri().replace("127.0.0.1", "localhost");
        let outside = Outside::new(Reach::Public).unwrap();
        for url in [server.uri(), named, "http://2130706433/".to_owned(), "file:///etc".to_owned()]
        {
            let missed = outside.get(&url.parse().unwrap(), None, 10).await;
            assert!(matches!(missed, Err(Missed::Never(_))), "{url}: {missed:?}");
        }
        assert!(server.received_requests().await.unwrap().is_empty());
        let here = Outside::new(Reach::Here).unwrap();
        let missed = here.get(&at(&server, "/in"), None, 10).await;
        assert!(matches!(missed, Err(Missed::Never(_))), "{missed:?}");
    }

    #[tokio::test]
    async fn a_token_goes_to_its_own_host_only() {
        let (own, other) = (MockServer::start().await, MockServer::start().await);
        let to = other.uri();
        let moved = ResponseTemplate::new(302).insert_header("location", to.as_str());
        Mock::given(header("authorization", "Bearer t")).respond_with(moved).mount(&own).await;
        answers(&other, "/", ResponseTemplate::new(200)).await;
        let outside = Outside::new(Reach::Here).unwrap();
        let token = Secret::from_text("t");
        outside.get(&at(&own, "/"), Some(&token), 10).await.unwrap();
        let asked = other.received_requests().await.unwrap();
        assert!(!asked[0].headers.contains_key("authorization"));
    }
}
