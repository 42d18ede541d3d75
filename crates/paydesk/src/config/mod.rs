//! The configuration: one file, some environment, nothing unknown.

mod account;
mod desk;
mod expand;
mod file;
#[cfg(test)]
mod guides;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

pub use account::{Fee, Limit, Processor, Status};
pub use desk::{Channel, Desk};
pub use file::{ConfigError, load, read};

/// Everything an operator can set. Every part has a default but the processors.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address customers and processors reach this site by.
    pub public_url: Option<Url>,
    /// The data folder.
    pub data: PathBuf,
    /// `sqlite`, or the URL of a PostgreSQL database.
    pub database: String,
    /// Connections to PostgreSQL.
    pub connections: u32,
    /// The key that seals secrets at rest, 64 hex digits; by default kept in the data folder.
    pub key: Option<String>,
    /// Whether real money moves. Off, every page says that this is a test.
    pub livemode: bool,
    /// Who runs the site.
    pub site: Site,
    /// Mail out.
    pub mail: Mail,
    /// The API and the edge of the program.
    pub api: Api,
    /// Logs and metrics.
    pub observe: Observe,
    /// How customers are answered.
    pub desk: Desk,
    /// The processor accounts.
    pub processors: Vec<Processor>,
}

/// Who runs the site.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// What customers call it.
    pub name: String,
    /// Who stands behind it, for receipts.
    pub legal_name: String,
    /// Where customers write to.
    pub support_mail: String,
}

/// Mail out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// `smtp://user:password@host:587?tls=required` or `smtps://…`; without it mail is only kept.
    pub smtp: Option<String>,
    /// The sender, `Shop <pay@example.com>`.
    pub from: Option<String>,
}

/// The API and the edge of the program.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Api {
    /// Requests a second one key may make on average.
    pub requests_per_second: u32,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// Lets webhooks go to this machine over plain HTTP; for development only.
    pub allow_loopback_webhooks: bool,
}

/// Logs and metrics.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Observe {
    /// What to log, as `tracing` filters are written.
    pub log: String,
    /// `text` or `json`.
    pub format: LogFormat,
    /// Lets others than this machine read `/metrics`, by `Authorization: Bearer`.
    pub metrics_token: Option<String>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines, one object a line.
    Json,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8420)),
            public_url: None,
            data: PathBuf::from("data"),
            database: "sqlite".to_owned(),
            connections: 20,
            key: None,
            livemode: false,
            site: Site::default(),
            mail: Mail::default(),
            api: Api::default(),
            observe: Observe::default(),
            desk: Desk::default(),
            processors: Vec::new(),
        }
    }
}

impl Default for Site {
    fn default() -> Site {
        Site {
            name: "Paydesk".to_owned(),
            legal_name: "Paydesk".to_owned(),
            support_mail: "support@localhost.localdomain".to_owned(),
        }
    }
}

impl Default for Api {
    fn default() -> Api {
        Api {
            requests_per_second: 10_000,
            trusted_proxies: Vec::new(),
            allow_loopback_webhooks: false,
        }
    }
}

impl Default for Observe {
    fn default() -> Observe {
        Observe { log: "info".to_owned(), format: LogFormat::Text, metrics_token: None }
    }
}

impl Config {
    /// The data folder, which holds the database file (on SQLite) and the key.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.data
    }

    /// Whether everything is in a SQLite file in the data folder.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.database == "sqlite"
    }

    /// The address customers use: as configured, or this machine's for a trial.
    ///
    /// # Errors
    /// If no address can be made of where it listens, which does not happen with an IP address.
    pub fn public_url(&self, listening: SocketAddr) -> Result<Url, url::ParseError> {
        match &self.public_url {
            Some(url) => Ok(url.clone()),
            None => Url::parse(&reachable(listening)),
        }
    }
}

/// How this machine reaches what listens there: "every address" is no address to go to.
#[must_use]
pub fn reachable(listening: SocketAddr) -> String {
    let ip = match listening.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    format!("http://{}/", SocketAddr::new(ip, listening.port()))
}
