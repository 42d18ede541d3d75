//! Keys and scopes: who asks, how often, and whether they may.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use base::id::RequestId;
use base::{Actor, Fault, Kind, Refusal};
use identity::api_keys::{ApiKey, Scope};

use super::answer;
use super::rate::{Left, TOO_OFTEN};
use crate::door::Door;
use crate::problem::Problem;

/// No key, or not one that can be read.
const NO_KEY: Refusal = Refusal::new(
    Kind::Unauthenticated,
    "api_key_required",
    "send your API key in the header Authorization: Bearer pk_…",
);
/// The key may not.
const NO_SCOPE: Refusal = Refusal::new(Kind::Forbidden, "scope_missing", "this key may not");

/// How long a key may be.
const LONGEST: usize = 200;

/// For operations that need a key: who asks, and how often?
pub async fn keyed(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response {
    let id: RequestId = door.env().id();
    let (key, left) = match admit(&door, request.headers()).await {
        Ok(admitted) => admitted,
        Err(problem) => return answer::finished(answer::problem(problem), id),
    };
    request.extensions_mut().insert(id);
    request.extensions_mut().insert(key);
    let answered = answer::run(&door, request, next).await;
    let mut answered = answer::finished(answered, id);
    answered.headers_mut().insert("ratelimit-policy", door.policy());
    answered.headers_mut().insert("ratelimit", left.header());
    answered
}

async fn admit(door: &Door, headers: &HeaderMap) -> Result<(Arc<ApiKey>, Left), Problem> {
    let key = door.keys.authenticate(bearer(headers)?).await?;
    match door.callers.take(key.id, door.env().now()) {
        Ok(left) => Ok((key, left)),
        Err(empty) => Err(Problem::from(TOO_OFTEN).retry_after(empty.seconds)),
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let given = all.next().and_then(|line| line.to_str().ok()).filter(|_| all.next().is_none());
    given
        .and_then(|line| line.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, key)| key.trim())
        .filter(|key| (1..=LONGEST).contains(&key.len()))
        .ok_or(NO_KEY)
}

/// The key that the outer layer let in.
pub fn key_of(parts: &Parts) -> Result<&Arc<ApiKey>, Fault> {
    let key = parts.extensions.get::<Arc<ApiKey>>();
    key.ok_or_else(|| Fault::new("find the key: the layer that reads it is missing"))
}

/// What an operation needs to be allowed.
pub trait May: Send + 'static {
    /// The scope.
    const SCOPE: Scope;
}

/// Somebody who may do what the operation does.
pub struct Caller<M> {
    /// By this key.
    pub key: Arc<ApiKey>,
    allowed: PhantomData<M>,
}

impl<M> Caller<M> {
    /// Who acts, for the audit trail.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::ApiKey(self.key.id)
    }

    /// Checks that the key may do something else besides.
    ///
    /// # Errors
    /// Refused if it may not.
    pub fn also<N: May>(&self) -> Result<(), Refusal> {
        allowed::<N>(&self.key)
    }
}

fn allowed<M: May>(key: &ApiKey) -> Result<(), Refusal> {
    if key.scopes.allow(M::SCOPE) {
        return Ok(());
    }
    let detail = format!("this needs a key with the scope {}", M::SCOPE);
    Err(NO_SCOPE.at(M::SCOPE.to_string()).because(detail))
}

impl<M: May> FromRequestParts<Arc<Door>> for Caller<M> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Door>) -> Result<Self, Problem> {
        let key = Arc::clone(key_of(parts)?);
        allowed::<M>(&key)?;
        Ok(Caller { key, allowed: PhantomData })
    }
}

/// The scopes as types, so that an operation says in its signature what it needs.
pub mod may {
    use identity::api_keys::{Area, Scope};

    macro_rules! may {
        ($($(#[$doc:meta])* $name:ident = $access:ident $area:ident;)*) => {
            $(
                $(#[$doc])*
                pub struct $name;
                impl super::May for $name {
                    const SCOPE: Scope = Scope::$access(Area::$area);
                }
            )*
        };
    }

    may! {
        /// Look at customers.
        ReadCustomers = read Customers;
        /// Register and change customers.
        WriteCustomers = write Customers;
        /// Look at creators.
        ReadCreators = read Creators;
        /// Register and change creators.
        WriteCreators = write Creators;
        /// Look at what is sold.
        ReadCatalog = read Catalog;
        /// Change what is sold.
        WriteCatalog = write Catalog;
        /// Look at payments and checkouts.
        ReadPayments = read Payments;
        /// Open checkouts; cancel, resolve and refund payments.
        WritePayments = write Payments;
        /// Look at wallets.
        ReadWallets = read Wallets;
        /// Look at tips.
        ReadTips = read Tips;
        /// Leave tips.
        WriteTips = write Tips;
        /// Look at events.
        ReadEvents = read Events;
        /// Look at webhook endpoints and deliveries.
        ReadWebhooks = read Webhooks;
        /// Change webhook endpoints, send deliveries again.
        WriteWebhooks = write Webhooks;
        /// Look at cases and what was said to customers.
        ReadCases = read Cases;
        /// Open, answer, solve and close cases.
        WriteCases = write Cases;
        /// Look at what staff write among themselves.
        ReadCaseNotes = read CaseNotes;
        /// Write among staff.
        WriteCaseNotes = write CaseNotes;
        /// Hand mail over.
        WriteMail = write Mail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_as_one_bearer() {
        let read = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::AUTHORIZATION, line.parse().unwrap());
            }
            bearer(&headers).map(str::to_owned).map_err(|refusal| refusal.code)
        };
        assert_eq!(read(&["Bearer pk_1"]), Ok("pk_1".to_owned()));
        assert_eq!(read(&["bearer  pk_1"]), Ok("pk_1".to_owned()));
        let long = format!("Bearer {}", "x".repeat(201));
        let bad: [&[&str]; 6] =
            [&[], &["pk_1"], &["Basic cGs6"], &["Bearer "], &["Bearer a", "Bearer b"], &[&long]];
        for lines in bad {
            assert_eq!(read(lines), Err("api_key_required"), "{lines:?}");
        }
    }
}
