//! Calling Stripe: form-encoded calls with the key as bearer, a pinned version and our operation's
//! id as idempotency key; and placing every answer ("Errors", "Idempotent requests" and
//! "Versioning" of the API reference at docs.stripe.com).

use processor::{Answer, Call, Http, Reply, Sent};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::config::Sound;
use super::declines;
use super::objects::Error;

/// The version of the API that is spoken. An endpoint for webhooks must be made with the same.
pub(super) const VERSION: &str = "2025-02-24.acacia";

/// Fields of a call, in order.
pub(super) type Form = Vec<(String, String)>;

/// The longest text that is sent along.
const TEXT: usize = 500;

/// One field.
pub(super) fn field(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// A text of ours, cut to what Stripe keeps.
pub(super) fn text(text: &str) -> String {
    text.chars().take(TEXT).collect()
}

/// Stripe, for one account.
pub(super) struct Api<'a> {
    pub config: &'a Sound,
    pub http: &'a Http,
}

impl Api<'_> {
    /// Makes or changes something. The same key again only reads the first answer.
    pub async fn post(&self, path: &str, key: &str, form: &Form) -> Sent {
        let pairs: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send(Call::post, path, |call| call.header("idempotency-key", key).form(&pairs)).await
    }

    /// Reads something.
    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Sent {
        self.send(Call::get, path, |call| call.query(query)).await
    }

    /// Removes something; by nature the same as often as it is said.
    pub async fn delete(&self, path: &str) -> Sent {
        self.send(Call::delete, path, |call| call).await
    }

    async fn send(
        &self,
        begin: impl Fn(url::Url) -> Call,
        path: &str,
        fill: impl FnOnce(Call) -> Call,
    ) -> Sent {
        match self.config.base.join(path) {
            Ok(url) => {
                let call = begin(url).bearer(&self.config.secret_key);
                self.http.send(fill(call.header("stripe-version", VERSION))).await
            }
            Err(_) => Sent::NotExecuted("addresses.base takes no paths".to_owned()),
        }
    }
}

/// An answer that is no object but an error.
#[derive(Deserialize)]
struct Failed {
    error: Error,
}

/// The object that was answered, or what the answer means.
pub(super) fn object<T: DeserializeOwned, A>(sent: Sent) -> Result<T, Answer<A>> {
    let reply = match sent {
        Sent::Answered(reply) => reply,
        Sent::NotExecuted(why) => return Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => return Err(Answer::Unknown(why)),
    };
    if reply.status == 200 {
        return reply.json().map_err(Answer::Unknown);
    }
    Err(failed(&reply))
}

/// The same of something that may not exist.
pub(super) fn perhaps<T: DeserializeOwned, A>(sent: Sent) -> Result<Option<T>, Answer<A>> {
    if let Sent::Answered(reply) = &sent
        && reply.status == 404
        && reply.json::<Failed>().is_ok()
    {
        return Ok(None);
    }
    object(sent).map(Some)
}

fn failed<A>(reply: &Reply) -> Answer<A> {
    let status = reply.status;
    let Ok(Failed { error }) = reply.json::<Failed>() else {
        return Answer::Unknown(format!("Stripe answered {status} without saying why"));
    };
    let kind = error.kind.as_deref().unwrap_or_default();
    let why = said(status, &error);
    match (status, kind) {
        // Something else has run, or runs, under this key: what became of it is not in here.
        (409, _) | (_, "idempotency_error") => Answer::Unknown(why),
        (400 | 402, _) if declines::is_no(&error) => Answer::Declined(declines::of(&error)),
        (429, _) | (400 | 401 | 403 | 404, "invalid_request_error" | "") => {
            Answer::NotExecuted(why)
        }
        _ => Answer::Unknown(why),
    }
}

/// What an error says, without its message: that may repeat what a customer typed.
fn said(status: u16, error: &Error) -> String {
    let words = [error.kind.as_deref(), error.code.as_deref(), error.param.as_deref()];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_[]. ".contains(letter);
    let words: String = words.join(" ").chars().filter(|letter| plain(*letter)).take(120).collect();
    format!("Stripe refused the call ({status} {words})")
}

/// An id of Stripe's that may be put into a path.
///
/// # Errors
/// A sentence, if it is none of these kinds.
pub(super) fn id<'a>(text: &'a str, kinds: &[&str]) -> Result<&'a str, String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let sound = text.len() <= 255 && text.bytes().all(plain);
    if sound
        && kinds.iter().any(|kind| text.strip_prefix(kind).is_some_and(|rest| !rest.is_empty()))
    {
        Ok(text)
    } else {
        Err(format!("Stripe's id must begin with {}", kinds.join(" or ")))
    }
}
