//! One account's line to PayPal: access tokens that are kept while they last, and calls that are
//! made with them.

use std::time::{Duration, Instant};

use base::Timestamp;
use processor::{Answer, Call, Http, Reply, Sent};
use rustls::pki_types::TrustAnchor;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::config::Sound;
use super::problem;
use super::seal::Certificates;

/// So long before its end a token is not used any more.
const MARGIN: Duration = Duration::from_secs(120);

/// The longest any token is kept, whatever PayPal says.
const LONGEST: Duration = Duration::from_secs(8 * 3600);

/// An account with everything its calls need.
pub(super) struct Account {
    pub config: Sound,
    pub http: Http,
    /// Whom a chain of certificates must end in.
    pub roots: Vec<TrustAnchor<'static>>,
    pub certificates: Certificates,
    token: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    secret: String,
    until: Instant,
}

/// PayPal's answer to a request for a token.
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    #[serde(default)]
    expires_in: u64,
}

impl Account {
    pub(super) fn new(config: Sound, http: Http, roots: Vec<TrustAnchor<'static>>) -> Account {
        let certificates = Certificates::default();
        Account { config, http, roots, certificates, token: Mutex::new(None) }
    }

    /// An address of the API; each segment is escaped.
    pub(super) fn at(&self, path: &[&str]) -> Url {
        let mut url = self.config.api.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    /// Makes a call with a token. A 401 proves that nothing was executed, so it is asked once
    /// more with a fresh token: PayPal may take one back before its time.
    pub(super) async fn send(&self, call: Call) -> Sent {
        for last in [false, true] {
            let token = match self.token().await {
                Ok(token) => token,
                Err(why) => return Sent::NotExecuted(why),
            };
            let sent = self.http.send(call.clone().bearer(&token)).await;
            let refused = matches!(&sent, Sent::Answered(reply) if reply.status == 401);
            if !refused || last {
                return sent;
            }
            *self.token.lock().await = None;
        }
        Sent::NotExecuted("PayPal takes no token of this account".to_owned())
    }

    /// Makes a call that writes, with its key: PayPal answers a repetition with the first answer.
    pub(super) async fn write<T>(
        &self,
        path: &[&str],
        key: &str,
        body: &serde_json::Value,
    ) -> Result<Reply, Answer<T>> {
        let call = Call::post(self.at(path))
            .header("paypal-request-id", key)
            .header("prefer", "return=representation")
            .json(body);
        problem::place(self.send(call).await)
    }

    /// Reads something; `None` means PayPal says that there is no such thing.
    pub(super) async fn read<T>(&self, path: &[&str]) -> Result<Option<Reply>, Answer<T>> {
        let sent = self.send(Call::get(self.at(path))).await;
        if let Sent::Answered(reply) = &sent
            && reply.status == 404
            && problem::is_not_found(reply)
        {
            return Ok(None);
        }
        problem::place(sent).map(Some)
    }

    /// Asks for a token, whether one is kept or not.
    ///
    /// # Errors
    /// A sentence. Asking for a token moves no money, whatever became of it.
    pub(super) async fn fresh_token(&self) -> Result<(String, Option<Timestamp>), String> {
        let (token, date) = self.ask_for_token().await?;
        let secret = token.secret.clone();
        *self.token.lock().await = Some(token);
        Ok((secret, date))
    }

    async fn token(&self) -> Result<String, String> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| Instant::now() < token.until) {
            return Ok(token.secret.clone());
        }
        let (token, _) = self.ask_for_token().await?;
        let secret = token.secret.clone();
        *kept = Some(token);
        Ok(secret)
    }

    async fn ask_for_token(&self) -> Result<(Token, Option<Timestamp>), String> {
        let call = Call::post(self.at(&["v1", "oauth2", "token"]))
            .basic(&self.config.client_id, &self.config.client_secret)
            .form(&[("grant_type", "client_credentials")])
            .assuming(r#"{"access_token":"rehearsed","expires_in":0}"#);
        match self.http.send(call).await {
            Sent::Answered(reply) if reply.status == 200 => {
                let granted: Granted = reply.json()?;
                let lasts = Duration::from_secs(granted.expires_in).min(LONGEST);
                let until = Instant::now() + lasts.saturating_sub(MARGIN);
                Ok((Token { secret: granted.access_token, until }, reply.date))
            }
            Sent::Answered(reply) => Err(format!("PayPal gave no access token ({})", reply.status)),
            Sent::NotExecuted(why) | Sent::Unknown(why) => {
                Err(format!("PayPal gave no access token: {why}"))
            }
        }
    }
}
