//! `Idempotency-Key`: a request that is sent again gets the answer of the first, and is done once.
//!
//! The answer is stored in the transaction of the deed. Where a deed calls out, the key is taken
//! before and the answer stored after; a request that was interrupted in between stays taken, and
//! is never blindly done again.

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use base::id::RequestId;
use base::{Fault, Kind, Refusal, Stop};
pub use billing::tips::KEY_REUSED as REUSED;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Tx;
use store::replays::{self, Begun};

use super::reply::Reply;
use crate::door::Door;
use crate::guard::key_of;
use crate::problem::Problem;

/// The key is needed and is not there.
const REQUIRED: Refusal = Refusal::new(
    Kind::Malformed,
    "idempotency_key_required",
    "this can move money: send an Idempotency-Key of your own, so that it is safe to send again",
);
/// The key cannot be one.
const NOT_VALID: Refusal = Refusal::new(
    Kind::Malformed,
    "idempotency_key_not_valid",
    "an Idempotency-Key is one header of 1 to 255 visible ASCII characters without blanks",
);
/// The first request with the key has no answer yet.
pub const IN_USE: Refusal = Refusal::new(
    Kind::Conflict,
    "idempotency_key_in_use",
    "the first request with this Idempotency-Key is running or was interrupted; ask again, and \
     look at what it was about before using another key",
);

const NAME: &str = "idempotency-key";

/// The key of a request, if it has one.
pub struct Once {
    key: Option<String>,
    request: RequestId,
}

impl FromRequestParts<Arc<Door>> for Once {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Door>) -> Result<Once, Problem> {
        let given = given(&parts.headers)?;
        let request = request_id(parts)?;
        let Some(given) = given else { return Ok(Once { key: None, request }) };
        let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let key = format!("{} {} {path} {given}", key_of(parts)?.id, parts.method);
        Ok(Once { key: Some(key), request })
    }
}

/// The id that the outermost layer gave the request.
pub fn request_id(parts: &Parts) -> Result<RequestId, Fault> {
    let id = parts.extensions.get::<RequestId>().copied();
    id.ok_or_else(|| Fault::new("find the request's id: the outermost layer is missing"))
}

fn given(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut all = headers.get_all(NAME).iter();
    let Some(first) = all.next() else { return Ok(None) };
    let fits =
        (1..=255).contains(&first.len()) && first.as_bytes().iter().all(u8::is_ascii_graphic);
    match first.to_str() {
        Ok(key) if fits && all.next().is_none() => Ok(Some(key)),
        _ => Err(NOT_VALID.at("Idempotency-Key")),
    }
}

/// Whether stored answers are readable in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Plain,
    /// The answer holds a secret that is shown once.
    Sealed,
}

/// A request that is to be done once.
pub struct Deed {
    key: Option<String>,
    fingerprint: String,
    request: RequestId,
    kept: Kept,
}

impl Once {
    /// The request, known by what it asks (and of what: the id in its path, if there is one).
    ///
    /// # Errors
    /// A fault if the body cannot be written down.
    pub fn asks(self, about: &str, body: &impl Serialize) -> Result<Deed, Fault> {
        let Once { key, request } = self;
        let fingerprint = match &key {
            Some(_) => fingerprint(about, body)?,
            None => String::new(),
        };
        Ok(Deed { key, fingerprint, request, kept: Kept::Plain })
    }

    /// As [`Once::asks`], where money can move: the key is needed.
    ///
    /// # Errors
    /// Refused without a key.
    pub fn asks_for_money(self, about: &str, body: &impl Serialize) -> Result<Deed, Problem> {
        if self.key.is_none() {
            return Err(REQUIRED.at("Idempotency-Key").into());
        }
        Ok(self.asks(about, body)?)
    }
}

fn fingerprint(about: &str, body: &impl Serialize) -> Result<String, Fault> {
    let written = serde_json::to_vec(body).map_err(|error| Fault::of("write a body", error))?;
    let digest = Sha256::new().chain_update(about).chain_update([0]).chain_update(written);
    Ok(hex::encode(digest.finalize()))
}

impl Deed {
    /// The same deed, whose answer holds a secret and is sealed where it is stored.
    #[must_use]
    pub fn with_secret(self) -> Deed {
        Deed { kept: Kept::Sealed, ..self }
    }

    /// Key and fingerprint, for deeds that store their answers themselves.
    #[must_use]
    pub fn into_parts(self) -> (Option<String>, String, RequestId) {
        (self.key, self.fingerprint, self.request)
    }

    /// The answer that was given before; `None` if this is the first time.
    ///
    /// # Errors
    /// Refused if the key was used for something else or is in use; a fault of the database.
    pub async fn begin(&self, door: &Door, tx: &mut Tx) -> Result<Option<Reply>, Stop> {
        let Some(key) = &self.key else { return Ok(None) };
        match replays::begin(tx, door.env().now(), key, &self.fingerprint).await? {
            Begun::New => Ok(None),
            Begun::Finished { status, body } => {
                let body = match self.kept {
                    Kept::Plain => body,
                    Kept::Sealed => opened(door, key, &body)?,
                };
                Ok(Some(Reply::replayed(status, body)))
            }
            Begun::Running => Err(IN_USE.at("Idempotency-Key").into()),
            Begun::OtherRequest => Err(REUSED.at("Idempotency-Key").into()),
        }
    }

    /// Stores the answer.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn finish(&self, door: &Door, tx: &mut Tx, reply: &Reply) -> Result<(), Fault> {
        let Some(key) = &self.key else { return Ok(()) };
        match self.kept {
            Kept::Plain => replays::finish(tx, key, reply.status(), reply.body()).await,
            Kept::Sealed => {
                let (vault, chance) = (door.vault(), &door.env().chance);
                let sealed = vault.seal(chance, key, reply.body().as_bytes())?;
                replays::finish(tx, key, reply.status(), &sealed).await
            }
        }
    }

    /// The answer of a deed whose transaction has ended. A business no is stored as well: asking
    /// again with the same key gives the same no.
    ///
    /// # Errors
    /// A problem.
    pub async fn conclude(&self, door: &Door, done: Result<Reply, Stop>) -> Result<Reply, Problem> {
        let refusal = match done {
            Ok(reply) => return Ok(reply),
            Err(Stop::Refused(refusal)) => refusal,
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        };
        if self.key.is_none() || !is_stored(&refusal) {
            return Err(problem(refusal));
        }
        let reply = Reply::of_problem(&problem(refusal), self.request);
        let stored = store::write!(door.billing.store, |tx| {
            if let Some(earlier) = self.begin(door, tx).await? {
                return Ok(earlier);
            }
            self.finish(door, tx, &reply).await?;
            Ok(reply.clone())
        });
        stored.map_err(problem_of)
    }

    /// Does a deed that calls out: takes the key first, stores the answer afterwards.
    ///
    /// # Errors
    /// A problem.
    pub async fn calling_out(
        self,
        door: &Door,
        deed: impl Future<Output = Result<Reply, Stop>>,
    ) -> Result<Reply, Problem> {
        let Some(key) = self.key.clone() else { return deed.await.map_err(problem_of) };
        let begun = store::write!(door.billing.store, |tx| self.begin(door, tx).await);
        if let Some(earlier) = begun.map_err(problem_of)? {
            return Ok(earlier);
        }
        let reply = match deed.await {
            Ok(reply) => reply,
            Err(Stop::Refused(refusal)) if is_stored(&refusal) => {
                Reply::of_problem(&problem(refusal), self.request)
            }
            Err(Stop::Refused(refusal)) => {
                let freed =
                    store::write!(door.billing.store, |tx| Ok(replays::give_up(tx, &key).await?));
                freed.map_err(problem_of)?;
                return Err(problem(refusal));
            }
            // It may have been done in part: the same key tells the same, and the log tells why.
            Err(Stop::Fault(fault)) => {
                tracing::error!(request = %self.request, fault = fault.chain(), "a deed failed");
                Reply::of_problem(&fault.into(), self.request)
            }
        };
        let stored = store::write!(door.billing.store, |tx| {
            self.finish(door, tx, &reply).await?;
            Ok(())
        });
        stored.map_err(problem_of)?;
        Ok(reply)
    }
}

fn opened(door: &Door, key: &str, sealed: &str) -> Result<String, Fault> {
    let plain = door.vault().open(key, sealed)?;
    String::from_utf8(plain).map_err(|error| Fault::of("read a sealed answer", error))
}

/// A no that follows from the state of things is stored; one that follows from the request alone,
/// or that passes by itself, is not.
pub fn is_stored(refusal: &Refusal) -> bool {
    let ours = [IN_USE.code, REUSED.code].contains(&refusal.code);
    !ours && matches!(refusal.kind, Kind::Declined | Kind::Conflict | Kind::Rule)
}

/// The problem of a refusal; a key that is in use is worth another try soon.
pub fn problem(refusal: Refusal) -> Problem {
    let in_use = refusal.code == IN_USE.code;
    let problem = Problem::from(refusal);
    if in_use { problem.retry_after(1) } else { problem }
}

fn problem_of(stop: Stop) -> Problem {
    match stop {
        Stop::Refused(refusal) => problem(refusal),
        Stop::Fault(fault) => fault.into(),
    }
}

/// Runs a deed whose effect is local, in one transaction with its stored answer:
/// `once!(door, deed, |tx| { …; Reply::new(201, &shape) })`.
macro_rules! once {
    ($door:expr, $deed:expr, |$tx:ident| $body:expr) => {{
        let (door, deed): (&$crate::door::Door, &$crate::ask::once::Deed) = (&$door, &$deed);
        let done = ::store::write!(door.billing.store, |$tx| {
            if let Some(earlier) = deed.begin(door, $tx).await? {
                return Ok(earlier);
            }
            let reply: ::std::result::Result<$crate::ask::Reply, ::base::Stop> =
                async { $body }.await;
            let reply = reply?;
            deed.finish(door, $tx, &reply).await?;
            Ok(reply)
        });
        deed.conclude(door, done).await
    }};
}
pub(crate) use once;

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_key_is_one_header_of_visible_ascii() {
        let read = |values: &[&[u8]]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(NAME, HeaderValue::from_bytes(value).unwrap());
            }
            given(&headers).map(|key| key.map(str::to_owned)).map_err(|refusal| refusal.code)
        };
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[b"order-1"]), Ok(Some("order-1".to_owned())));
        assert_eq!(read(&[&[b'x'; 255]]), Ok(Some("x".repeat(255))));
        let bad: [&[&[u8]]; 5] = [&[b""], &[b"a b"], &[b"\xe6"], &[&[b'x'; 256]], &[b"a", b"b"]];
        for values in bad {
            assert_eq!(read(values), Err("idempotency_key_not_valid"), "{values:?}");
        }
    }

    #[test]
    fn the_fingerprint_is_of_what_is_asked_and_of_what() {
        let of = |about, body: serde_json::Value| fingerprint(about, &body).unwrap();
        let one = of("pay_1", serde_json::json!({"a": 1, "b": 2}));
        assert_eq!(one, of("pay_1", serde_json::json!({"b": 2, "a": 1})));
        assert_ne!(one, of("pay_2", serde_json::json!({"a": 1, "b": 2})));
        assert_ne!(one, of("pay_1", serde_json::json!({"a": 1, "b": 3})));
    }
}
