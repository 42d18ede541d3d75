//! The job that calls a channel with an answer. What was begun and has no end is not begun again:
//! nobody likes to be told the same thing twice, so a person looks instead.

use std::time::Duration;

use async_trait::async_trait;
use base::id::MessageId;
use base::{Fault, SignedDuration, Stop};
use reqwest::{Client, RequestBuilder, redirect};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::jobs::{Job, Next, Work};

use super::settings::{Channel, Kind, Signed, Telegram, WhatsApp};
use super::{rows, signed, telegram, whatsapp};
use crate::Desk;
use crate::cases::{self, Delivery, Message};

/// The kind of job.
pub const SEND: &str = "social.send";

/// How long a connection and a whole call may take.
const CONNECT: Duration = Duration::from_secs(5);
const TOTAL: Duration = Duration::from_secs(20);
/// The largest answer that is read.
const LARGEST: usize = 64 * 1024;
/// How often a call that a channel put off is tried.
const MOST_TRIES: i64 = 6;

/// Which message a job sends.
#[derive(Serialize, Deserialize)]
pub(super) struct Sending {
    pub(super) message: MessageId,
}

/// Calls channels with answers.
pub struct SendSocial {
    desk: Desk,
    client: Option<Client>,
}

/// What became of a call.
enum Outcome {
    Taken(String),
    /// The channel did not take it and may later.
    Later(String),
    Never(String),
    /// Nobody knows whether it was taken.
    Unknown(String),
}

impl SendSocial {
    /// Calls for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> SendSocial {
        // Whoever comes second finds the first one's provider: the answer does not matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("Paydesk/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build();
        if let Err(error) = &client {
            tracing::error!(%error, "the HTTP client for channels could not be set up");
        }
        SendSocial { desk, client: client.ok() }
    }

    async fn begin(&self, id: MessageId) -> Result<Option<(Message, String, rows::Begun)>, Fault> {
        let env = &self.desk.billing.env;
        let begun: Result<_, Stop> = store::write!(self.desk.billing.store, |tx| {
            let Some(send) = rows::begin_send(tx, id, env.now()).await? else { return Ok(None) };
            let Some(message) = cases::message(tx, id).await? else { return Ok(None) };
            let case = cases::find(tx, message.case).await?.ok_or(cases::UNKNOWN)?;
            Ok(Some((message, case.reference.to_string(), send)))
        });
        begun.map_err(|stop| Fault::of("begin to send over a channel", stop))
    }

    async fn end(&self, id: MessageId, tries: i64, outcome: Outcome) -> Result<Next, Fault> {
        let env = &self.desk.billing.env;
        let now = env.now();
        let wait = SignedDuration::from_secs(15 << tries.clamp(0, 8));
        let ended: Result<Next, Stop> = store::write!(self.desk.billing.store, |tx| {
            let (delivery, why) = match &outcome {
                Outcome::Taken(provider) => {
                    rows::end_send(tx, id, "sent", Some(provider), None, now).await?;
                    (Delivery::Sent, None)
                }
                Outcome::Later(why) if tries < MOST_TRIES => {
                    rows::end_send(tx, id, "queued", None, Some(why), now).await?;
                    return Ok(Next::Later(now.checked_add(wait).unwrap_or(now)));
                }
                Outcome::Later(why) | Outcome::Never(why) | Outcome::Unknown(why) => {
                    rows::end_send(tx, id, "failed", None, Some(why), now).await?;
                    (Delivery::Failed, Some(why.as_str()))
                }
            };
            cases::note_delivery(tx, env, id, delivery, why).await?;
            Ok(Next::Finished)
        });
        ended.map_err(|stop| Fault::of("note what became of a message", stop))
    }

    async fn call(&self, channel: &Channel, to: &str, message: &Message, case: &str) -> Outcome {
        let Some(client) = &self.client else {
            return Outcome::Later("there is no HTTP client".to_owned());
        };
        let now = self.desk.billing.env.now().as_second();
        let request = match &channel.kind {
            Kind::WhatsApp(own) => to_whatsapp(client, own, to, &message.text),
            Kind::Telegram(own) => to_telegram(client, own, to, &message.text),
            Kind::Signed(own) => to_signed(client, own, (to, case), message, now),
        };
        match request {
            Some(request) => answered(request, &message.id.to_string(), channel).await,
            None => Outcome::Never("the channel is not set up rightly".to_owned()),
        }
    }
}

fn to_whatsapp(client: &Client, own: &WhatsApp, to: &str, text: &str) -> Option<RequestBuilder> {
    let places = own.templates.iter().find_map(|it| Some((it, it.places(text)?)));
    let url = own.base.join(&format!("{}/messages", own.number)).ok()?;
    let request = client.post(url).bearer_auth(own.token.reveal());
    Some(request.json(&whatsapp::call(to, text, places)))
}

fn to_telegram(client: &Client, own: &Telegram, to: &str, text: &str) -> Option<RequestBuilder> {
    // The colon in a token would be read as the end of a scheme.
    let url = own.base.join(&format!("./bot{}/sendMessage", own.token.reveal())).ok()?;
    Some(client.post(url).json(&telegram::call(to, text)))
}

fn to_signed(
    client: &Client,
    own: &Signed,
    (to, case): (&str, &str),
    message: &Message,
    now: i64,
) -> Option<RequestBuilder> {
    let id = message.id.to_string();
    let body = signed::call(&id, to, &message.text, case).to_string();
    let key = signed::key(own.secret.reveal())?;
    let signature = signed::signature(&key, &id, now, body.as_bytes())?;
    let request = client
        .post(own.url.clone())
        .header("content-type", "application/json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", now.to_string())
        .header("webhook-signature", signature)
        .body(body);
    Some(request)
}

/// What the channel calls the message it took.
fn taken(channel: &Channel, answer: &Value, own_id: &str) -> Option<String> {
    match channel.kind {
        Kind::WhatsApp(_) => whatsapp::taken(answer),
        Kind::Telegram(_) => telegram::taken(answer),
        Kind::Signed(_) => {
            let id = answer.get("id").and_then(Value::as_str);
            Some(id.unwrap_or(own_id).to_owned())
        }
    }
}

async fn answered(request: RequestBuilder, own_id: &str, channel: &Channel) -> Outcome {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) if error.is_connect() => return Outcome::Later("no connection".to_owned()),
        Err(_) => return Outcome::Unknown("no answer came: it may have arrived".to_owned()),
    };
    let status = response.status();
    let bytes = response.bytes().await.unwrap_or_default();
    let answer = serde_json::from_slice::<Value>(&bytes[..bytes.len().min(LARGEST)]);
    let answer = answer.unwrap_or(Value::Null);
    if status.is_success() {
        return match taken(channel, &answer, own_id) {
            Some(id) => Outcome::Taken(id),
            None => Outcome::Unknown("the channel's answer was not understood".to_owned()),
        };
    }
    let said = ["/error/message", "/description", "/detail"];
    let said = said.iter().find_map(|path| answer.pointer(path).and_then(Value::as_str));
    let why: String = said.unwrap_or("no reason given").chars().take(200).collect();
    let why = format!("{}: {why}", status.as_u16());
    if status.as_u16() == 429 || status.as_u16() == 503 {
        return Outcome::Later(why);
    }
    if status.is_server_error() { Outcome::Unknown(why) } else { Outcome::Never(why) }
}

#[async_trait]
impl Work for SendSocial {
    fn kind(&self) -> &'static str {
        SEND
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Sending { message: id } = job.read()?;
        let Some((message, case, send)) = self.begin(id).await? else { return Ok(Next::Finished) };
        if send.was_calling {
            let why = "a call was cut off: it may have arrived".to_owned();
            return self.end(id, send.attempts, Outcome::Unknown(why)).await;
        }
        let outcome = match self.desk.settings.social.find(&send.channel) {
            Some(channel) => self.call(channel, &send.recipient, &message, &case).await,
            None => Outcome::Never("the channel is not set up any more".to_owned()),
        };
        self.end(id, send.attempts, outcome).await
    }
}
