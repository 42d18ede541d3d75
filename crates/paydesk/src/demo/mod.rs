//! The demo: a sample shop that needs nothing but this program.

mod cases;
mod seed;

use std::fmt;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use base::Secret;
use processor::{CallPaidBy, HouseCan, Phone, SupportContact};
use url::Url;

use crate::config::{self, Channel, Config, ConfigError, Processor};
use crate::wire::App;

/// The file in the demo's data folder that holds a key to the API.
const API_KEY: &str = "api-key";

/// The demo's configuration: everything in `data/demo`, two accounts at the sandbox.
///
/// # Errors
/// If the environment sets something that cannot be used.
pub fn config() -> Result<Config, ConfigError> {
    let mut config =
        config::read("(the demo)", "data = 'data/demo'", |name| std::env::var(name).ok())?;
    config.site.name = "Lumen Lounge".to_owned();
    config.site.legal_name = "Lumen Lounge (a sample shop)".to_owned();
    config.api.allow_loopback_webhooks = true;
    config.observe.log = "warn".to_owned();
    config.desk.chat.channels = vec![chat_channel(&config.site.name)];
    config.processors = accounts();
    Ok(config)
}

/// The channel of the demo's host page, which this very program serves. Its secret is made anew at
/// each start: nobody else signs with it.
fn chat_channel(site: &str) -> Channel {
    let secret = Secret::new(&base::Chance::system());
    Channel {
        key: "demo".to_owned(),
        name: site.to_owned(),
        origins: Vec::new(),
        secret: Some(secret.reveal().to_owned()),
    }
}

/// Two accounts at the sandbox, so that there is something to choose: one for customers in the EU,
/// one for everybody. Addresses and numbers are those that are kept free for stories.
fn accounts() -> Vec<Processor> {
    let phone = |number: &str, paid_by, from: &str| Phone {
        number: number.to_owned(),
        paid_by,
        from: Some(from.to_owned()),
    };
    let sandbox = |key: &str, descriptor: &str, support: SupportContact| Processor {
        key: key.to_owned(),
        kind: "sandbox".to_owned(),
        descriptor: descriptor.to_owned(),
        support,
        settings: serde_json::json!({}),
        ..Processor::default()
    };
    let europe = SupportContact {
        name: "Paydesk sandbox Europe".to_owned(),
        statement: vec!["LUMEN*LOUNGE EU".to_owned()],
        web: Some("https://europe.sandbox.example/find".to_owned()),
        mail: Some("help@europe.sandbox.example".to_owned()),
        phones: vec![phone("+44 20 7946 0018", CallPaidBy::Caller, "EU")],
        hours: Some("Mon–Fri 09:00–18:00 CET".to_owned()),
        languages: vec!["en".to_owned(), "fr".to_owned(), "de".to_owned()],
        regions: vec!["EU".to_owned()],
        can: vec![HouseCan::FindCharge, HouseCan::CancelRenewal],
        ..SupportContact::default()
    };
    let world = SupportContact {
        statement: vec!["LUMEN*LOUNGE DEMO".to_owned()],
        web: Some("https://sandbox.example/find".to_owned()),
        mail: Some("help@sandbox.example".to_owned()),
        phones: vec![phone("+1 202 555 0143", CallPaidBy::House, "US")],
        hours: Some("00:00–24:00".to_owned()),
        languages: vec!["en".to_owned()],
        can: vec![HouseCan::FindCharge, HouseCan::CancelRenewal, HouseCan::ChangeCard],
        ..SupportContact::default()
    };
    vec![
        Processor {
            countries: vec!["EU".to_owned()],
            ..sandbox("sandbox-eu", "LUMEN*LOUNGE EU", europe)
        },
        sandbox("sandbox", "LUMEN*LOUNGE DEMO", world),
    ]
}

/// What the demo says when it listens.
pub struct Greeting {
    shop: Url,
    console: Url,
    key: String,
}

impl fmt::Display for Greeting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "\n  Paydesk is serving its demo. No real money moves here.\n")?;
        writeln!(out, "  Shop      {}   pick somebody, buy tokens, tip a creator", self.shop)?;
        writeln!(out, "  Console   {}", self.console)?;
        writeln!(out, "            this link signs you in once; the next start prints a new one")?;
        writeln!(out, "  API key   in {}   try: curl with the README's example", self.key)?;
        write!(out, "\n  Ctrl-C stops it; what you did is still there the next time.\n")
    }
}

/// Fills an empty shop, and opens the doors a newcomer needs.
///
/// # Errors
/// If the database or the data folder cannot be written.
pub async fn prepare(app: &mut App, config: &Config, listening: SocketAddr) -> Result<Greeting> {
    let seeded = seed::fill(app).await?;
    cases::fill(app).await?;
    let path = config.folder().join(API_KEY);
    if let Some(key) = &seeded.api_key {
        keep(&path, key).with_context(|| format!("write {}", path.display()))?;
    }
    let base = config.public_url(listening)?;
    let mut console = base.join("/console/link")?;
    console.query_pairs_mut().append_pair("key", seeded.staff_link.reveal());
    app.web.show_demo(web::Demo { customers: seeded.customers, staff_link: console.to_string() });
    Ok(Greeting { shop: base.join("/demo")?, console, key: path.display().to_string() })
}

fn keep(path: &Path, secret: &Secret) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(secret.reveal().as_bytes())
}
