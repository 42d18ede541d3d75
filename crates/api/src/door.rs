//! What every operation holds: the rooms it may ask, and what is kept in memory beside them.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderValue;
use base::id::ApiKeyId;
use base::{Env, Fault};
use billing::Billing;
use identity::Identity;
use identity::api_keys::KeyRing;
use ipnet::IpNet;
use store::{Reader, Vault};

use crate::guard::{Buckets, Rate};
use crate::webhooks::{Loopback, Sender};

/// The API of one house.
#[derive(Clone)]
pub struct Api {
    /// Payments, tokens, tips.
    pub billing: Billing,
    /// Customers, creators, keys.
    pub identity: Identity,
    /// Whether real money moves; every answer says so.
    pub livemode: bool,
    /// Limits and trust.
    pub settings: ApiSettings,
}

/// Limits and trust, as configured.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApiSettings {
    /// How often one key may ask.
    pub rate: Rate,
    /// How often one sender may knock at one processor account's address.
    pub postback_rate: Rate,
    /// Proxies whose word on where a request came from is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether webhooks may go to this machine: for development only.
    pub loopback_webhooks: Loopback,
    /// After how many seconds a caller is told that it took too long.
    pub patience_seconds: u32,
}

impl Default for ApiSettings {
    fn default() -> ApiSettings {
        ApiSettings {
            rate: Rate { burst: 20_000, per_second: 10_000 },
            postback_rate: Rate { burst: 600, per_second: 60 },
            trusted_proxies: Vec::new(),
            loopback_webhooks: Loopback::Refused,
            patience_seconds: 30,
        }
    }
}

/// The API while it is served.
pub struct Door {
    pub(crate) billing: Billing,
    pub(crate) identity: Identity,
    pub(crate) livemode: bool,
    pub(crate) settings: ApiSettings,
    pub(crate) keys: KeyRing,
    pub(crate) callers: Buckets<ApiKeyId>,
    pub(crate) knockers: Buckets<(String, IpAddr)>,
    pub(crate) sender: Arc<Sender>,
}

impl Door {
    /// Opens the API.
    pub(crate) fn new(api: Api) -> Door {
        let Api { billing, identity, livemode, settings } = api;
        Door {
            keys: KeyRing::new(identity.store.clone(), identity.env.clone()),
            callers: Buckets::new(settings.rate),
            knockers: Buckets::new(settings.postback_rate),
            sender: Arc::new(Sender::new(&identity, livemode, settings.loopback_webhooks)),
            billing,
            identity,
            livemode,
            settings,
        }
    }

    /// Time and chance.
    pub(crate) fn env(&self) -> &Env {
        &self.billing.env
    }

    /// Seals what is shown once.
    pub(crate) fn vault(&self) -> &Vault {
        &self.identity.vault
    }

    /// A connection to ask questions over.
    pub(crate) async fn read(&self) -> Result<Reader, Fault> {
        self.billing.store.read().await
    }

    /// How long a caller waits at most.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(u64::from(self.settings.patience_seconds.max(1)))
    }

    /// The header `RateLimit-Policy`.
    pub(crate) fn policy(&self) -> HeaderValue {
        self.callers.policy()
    }
}
