//! An endpoint: where a merchant wants webhooks sent. A delivery: one event on its way there.

use std::str::FromStr;

use base::id::{EventId, WebhookDeliveryId, WebhookEndpointId};
use base::{Fault, Timestamp};
use serde::Serialize;

use super::kinds::Kinds;
use super::schedule;

macro_rules! words {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $word:literal,)* })*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
            pub enum $name {
                $($(#[$doc])* #[serde(rename = $word)] $value,)*
            }

            impl $name {
                /// The word, as stored and as shown.
                #[must_use]
                pub const fn as_str(self) -> &'static str {
                    match self { $($name::$value => $word,)* }
                }
            }

            impl FromStr for $name {
                type Err = Fault;

                fn from_str(word: &str) -> Result<$name, Fault> {
                    match word {
                        $($word => Ok($name::$value),)*
                        _ => Err(Fault::new(concat!("read a word of ", stringify!($name)))),
                    }
                }
            }
        )*
    };
}

words! {
    /// Whether an endpoint is told anything.
    EndpointState {
        /// It is.
        Enabled = "enabled",
        /// It is not.
        Disabled = "disabled",
    }

    /// Why an endpoint is told nothing.
    DisabledReason {
        /// Somebody asked for it.
        Asked = "asked",
        /// It answered 410: it is gone.
        Gone = "gone",
        /// Nothing reached it for five days.
        Failing = "failing",
    }

    /// Where a delivery stands.
    DeliveryState {
        /// It is to be sent, perhaps again.
        Waiting = "waiting",
        /// The endpoint answered with a success.
        Delivered = "delivered",
        /// It was given up. It can be replayed.
        Failed = "failed",
    }
}

/// Where a merchant wants webhooks sent.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its id.
    pub id: WebhookEndpointId,
    /// Its address.
    pub url: String,
    /// What it wants to hear.
    pub kinds: Kinds,
    /// The signing key, sealed.
    pub secret: String,
    /// Whether it is told anything.
    pub state: EndpointState,
    /// Why not, if not.
    pub disabled_reason: Option<DisabledReason>,
    /// Since when nothing has reached it.
    pub failing_since: Option<Timestamp>,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Endpoint {
    /// What the secret is sealed for.
    #[must_use]
    pub fn purpose(id: WebhookEndpointId) -> String {
        format!("webhook {id}")
    }

    /// The endpoint after something reached it.
    #[must_use]
    pub fn reached(self) -> Endpoint {
        Endpoint { failing_since: None, ..self }
    }

    /// The endpoint after something did not reach it: off, if that has gone on for too long.
    #[must_use]
    pub fn missed(self, now: Timestamp) -> Endpoint {
        let since = self.failing_since.unwrap_or(now);
        let missed = Endpoint { failing_since: Some(since), ..self };
        if now.duration_since(since) < schedule::PATIENCE {
            return missed;
        }
        missed.off(DisabledReason::Failing)
    }

    /// The endpoint, told nothing any more.
    #[must_use]
    pub fn off(self, reason: DisabledReason) -> Endpoint {
        Endpoint { state: EndpointState::Disabled, disabled_reason: Some(reason), ..self }
    }

    /// The endpoint, told everything it wants again.
    #[must_use]
    pub fn on(self) -> Endpoint {
        let state = EndpointState::Enabled;
        Endpoint { state, disabled_reason: None, failing_since: None, ..self }
    }
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its id.
    pub id: WebhookDeliveryId,
    /// To whom.
    pub endpoint: WebhookEndpointId,
    /// What.
    pub event: EventId,
    /// Of what type.
    pub kind: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was sent.
    pub attempts: i64,
    /// When it is sent next.
    pub next_at: Option<Timestamp>,
    /// What the endpoint answered last.
    pub last_status: Option<i64>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use base::SignedDuration;

    use super::*;

    fn endpoint() -> Endpoint {
        let env = base::Env::fixed(Timestamp::UNIX_EPOCH, 1);
        Endpoint {
            id: env.id(),
            url: "https://shop.example.org/hooks".to_owned(),
            kinds: Kinds::checked(vec!["*".to_owned()]).unwrap(),
            secret: String::new(),
            state: EndpointState::Enabled,
            disabled_reason: None,
            failing_since: None,
            version: 1,
            created_at: env.now(),
            updated_at: env.now(),
        }
    }

    #[test]
    fn an_endpoint_is_switched_off_after_five_days_without_a_success() {
        let start = Timestamp::UNIX_EPOCH;
        let after = |hours| start.checked_add(SignedDuration::from_hours(hours)).unwrap();
        let missed = endpoint().missed(start).missed(after(119));
        assert_eq!((missed.state, missed.failing_since), (EndpointState::Enabled, Some(start)));
        let off = missed.clone().missed(after(120));
        assert_eq!(off.disabled_reason, Some(DisabledReason::Failing));
        let reached = missed.reached().missed(after(120));
        assert_eq!(reached.state, EndpointState::Enabled);
        assert_eq!(off.on().failing_since, None);
    }
}
