//! Wiring: every room is made here, once, and handed what it may use.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use base::{Env, Secret};
use billing::{Account, AccountStatus, Accounts, Billing, lookup, notices};
use desk::{Desk, answers, care, chat, mail_in, retention};
use identity::Identity;
use ipnet::IpNet;
use ledger::Ledger;
use processor::Http;
use processors::sandbox::{House, HouseConfig};
use serde_json::json;
use store::jobs::Workers;
use store::outbox::FanOut;
use store::{Access, Store, Vault};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::{Config, Processor, Status};
use crate::key::Key;

/// The rooms of a running program.
pub struct App {
    /// The money side.
    pub billing: Billing,
    /// Who people are.
    pub identity: Identity,
    /// The desk.
    pub desk: Desk,
    /// The API.
    pub api: api::Api,
    /// The pages.
    pub web: web::Web,
    /// The sandbox's house, if an account uses the built-in one.
    pub house: Option<Arc<House>>,
    /// Works jobs.
    pub workers: Arc<Workers>,
    /// Tells facts to who listens.
    pub fan_out: Arc<FanOut>,
}

/// Opens the store that the configuration names.
///
/// # Errors
/// A sentence for the operator.
pub async fn store(config: &Config, access: Access) -> Result<Store> {
    let store = if config.is_sqlite() {
        let file = config.folder().join(store::FILE);
        if access == Access::Visitor && !file.exists() {
            return Err(anyhow!("{} is not there: start Paydesk once", file.display()));
        }
        Store::open_sqlite(config.folder(), access).await
    } else {
        Store::open_postgres(&config.database, config.connections).await
    };
    store.map_err(|fault| anyhow!("{}", fault.chain()))
}

/// The way mail goes out.
///
/// # Errors
/// If the server's address cannot be read.
pub fn post(config: &Config) -> Result<desk::mail::Post> {
    match (&config.mail.smtp, &config.mail.from) {
        (Some(smtp), Some(from)) => {
            desk::mail::Post::smtp(smtp, from).map_err(|why| anyhow!("mail: {why}"))
        }
        _ => Ok(desk::mail::Post::Kept),
    }
}

/// The processor accounts, and the sandbox's house if one of them uses the built-in one.
///
/// # Errors
/// A sentence that names the account and the key.
pub fn accounts(
    config: &Config,
    listening: SocketAddr,
    env: &Env,
) -> Result<(Accounts, Option<Arc<House>>)> {
    let http = Http::new().map_err(|fault| anyhow!("{}", fault.chain()))?;
    accounts_over(config, listening, env, &http)
}

/// The same over another client: one that only writes down what would be sent, for instance.
///
/// # Errors
/// As [`accounts`].
pub fn accounts_over(
    config: &Config,
    listening: SocketAddr,
    env: &Env,
    http: &Http,
) -> Result<(Accounts, Option<Arc<House>>)> {
    let key = Key::find(config.key.as_deref(), config.folder(), &env.chance)?;
    let mut built_in_house: Option<(serde_json::Value, Arc<House>)> = None;
    let mut list = Vec::new();
    for account in &config.processors {
        let named = || format!("processors: the account {}", account.key);
        let mut settings = account.settings.clone();
        if account.kind == "sandbox" && settings.get("base").is_none() {
            // One house serves all accounts that use it.
            let (own, _) = match &built_in_house {
                Some(opened) => opened,
                None => {
                    let opened = built_in(config, listening, env, &key, http);
                    built_in_house.insert(opened.with_context(named)?)
                }
            };
            settings = own.clone();
        }
        let connector = processors::build(&account.kind, settings, http.clone())
            .map_err(|why| anyhow!("{why}"))
            .with_context(named)?;
        list.push(described(account, connector).with_context(named)?);
    }
    let accounts = Accounts::new(list).map_err(|why| anyhow!("processors: {why}"))?;
    Ok((accounts, built_in_house.map(|(_, house)| house)))
}

fn described(account: &Processor, connector: Arc<dyn processor::Processor>) -> Result<Account> {
    let currencies = account
        .currencies
        .iter()
        .map(|code| code.parse().with_context(|| format!("currencies: {code}")))
        .collect::<Result<Vec<_>>>()?;
    Ok(Account {
        key: account.key.clone(),
        connector,
        descriptor: account.descriptor.clone(),
        currencies,
        status: match account.status {
            Status::Live => AccountStatus::Live,
            Status::Drain => AccountStatus::Drain,
            Status::Paused => AccountStatus::Paused,
        },
        path_secret: path_secret(account),
        terms: account.terms().map_err(|why| anyhow!("{why}"))?,
    })
}

/// The secret part of the postback address, where the account has one.
fn path_secret(account: &Processor) -> Option<String> {
    let locks = account.settings.get("locks")?;
    locks.get("path_secret").and_then(|secret| secret.as_str()).map(str::to_owned)
}

/// The sandbox's house inside this program, and how its connector reaches it.
fn built_in(
    config: &Config,
    listening: SocketAddr,
    env: &Env,
    key: &Key,
    http: &Http,
) -> Result<(serde_json::Value, Arc<House>)> {
    let (own, signing) = (key.derived("sandbox key"), key.derived("sandbox signing"));
    let house = HouseConfig {
        base: config.public_url(listening)?.to_string(),
        key: own.clone(),
        signing_secret: signing.clone(),
        file: Some(config.folder().join("sandbox.jsonl")),
    };
    let house = House::open(house, env.clone(), http.clone())
        .map_err(|fault| anyhow!("{}", fault.chain()))?;
    let base = crate::config::reachable(listening);
    let settings = json!({ "base": base, "key": own, "signing_secret": signing });
    Ok((settings, Arc::new(house)))
}

/// Makes every room.
///
/// # Errors
/// A sentence for the operator.
pub async fn open(config: &Config, listening: SocketAddr, env: Env) -> Result<App> {
    let key = Key::find(config.key.as_deref(), config.folder(), &env.chance)?;
    let store = store(config, Access::Owner).await?;
    let vault = Vault::new(key.bytes());
    let (accounts, house) = accounts(config, listening, &env)?;
    let ledger = Ledger::open(&store, env.clock.clone()).await?;
    let site = billing::Site {
        name: config.site.name.clone(),
        base_url: config.public_url(listening)?,
        support_mail: config.site.support_mail.clone(),
        legal_name: config.site.legal_name.clone(),
    };
    let identity = Identity::new(store.clone(), env.clone(), vault.clone());
    let billing = Billing::new(store.clone(), ledger, env.clone(), accounts, site);
    let mut settings = config.desk.settings().map_err(|why| anyhow!("{why}"))?;
    if config.api.allow_loopback_webhooks {
        settings.reach = desk::outside::Reach::Here;
    }
    care::put_in_force(&store, &env, &settings.promises).await?;
    answers::ship(&store, &env).await?;
    let desk = Desk::new(billing.clone(), identity.clone(), post(config)?, settings);
    let proxies = proxies(config)?;
    let api = api::Api {
        billing: billing.clone(),
        identity: identity.clone(),
        livemode: config.livemode,
        settings: api_settings(config, &proxies),
    };
    let web = web::Web::new(
        billing.clone(),
        identity.clone(),
        desk.clone(),
        web::WebSettings {
            livemode: config.livemode,
            secure_cookies: billing.site.base_url.scheme() == "https",
            trusted_proxies: proxies,
        },
    );
    let workers = workers(&store, &env, &billing, &desk, &api);
    let mut listeners = desk::listeners(&desk);
    listeners.extend(api::listeners(&api));
    let fan_out = Arc::new(FanOut::new(store, env, listeners));
    Ok(App { billing, identity, desk, api, web, house, workers, fan_out })
}

fn workers(
    store: &Store,
    env: &Env,
    billing: &Billing,
    desk: &Desk,
    api: &api::Api,
) -> Arc<Workers> {
    let all = billing::works(billing).into_iter().chain(desk::works(desk)).chain(api::works(api));
    let all = all.chain(identity::works(&desk.identity));
    let workers = all.fold(Workers::new(store.clone(), env.clone()), Workers::with);
    let workers = workers
        .every("identity.sweep", identity::sweep::EVERY, identity::sweep::KIND)
        .every("notices.pull", notices::PULL_EVERY, notices::PULL)
        .every("api.sweep", api::sweep::EVERY, api::sweep::KIND)
        .every("chat.tend", chat::TEND_EVERY, chat::TEND)
        .every("desk.clocks", care::RING_EVERY, care::RING)
        .every("desk.retention", retention::KEEP_EVERY, retention::KEEP)
        .every("mail_in.sweep", mail_in::SWEEP_EVERY, mail_in::SWEEP)
        .every("lookup.fill", lookup::EVERY, lookup::FILL)
        .every("audit.seal", desk::audit::EVERY, desk::audit::KIND)
        .every("desk.surveys", desk::surveys::EVERY, desk::surveys::KIND)
        .every("desk.watch", desk::watch::EVERY, desk::watch::KIND)
        .every("desk.incidents", desk::incidents::EVERY, desk::incidents::KIND)
        .every("desk.close", desk::cases::CLOSE_EVERY, desk::cases::CLOSE);
    Arc::new(workers)
}

fn api_settings(config: &Config, proxies: &[IpNet]) -> api::ApiSettings {
    let per_second = config.api.requests_per_second;
    api::ApiSettings {
        rate: api::Rate { burst: per_second.saturating_mul(2), per_second },
        trusted_proxies: proxies.to_vec(),
        loopback_webhooks: if config.api.allow_loopback_webhooks {
            api::Loopback::Allowed
        } else {
            api::Loopback::Refused
        },
        ..api::ApiSettings::default()
    }
}

fn proxies(config: &Config) -> Result<Vec<IpNet>> {
    let read = |text: &String| {
        text.parse::<IpNet>()
            .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
            .with_context(|| {
                format!("api.trusted_proxies: {text} is no network such as 10.0.0.0/8")
            })
    };
    config.api.trusted_proxies.iter().map(read).collect()
}

/// The link that signs a member of staff in, once.
///
/// # Errors
/// If the site's address cannot carry it, which does not happen.
pub fn staff_link(config: &Config, secret: &Secret) -> Result<url::Url> {
    let mut link = config.public_url(config.listen)?.join("/console/link")?;
    link.query_pairs_mut().append_pair("key", secret.reveal());
    Ok(link)
}

impl App {
    /// Starts everything that works in the background, until `stopping` says so.
    #[must_use]
    pub fn work(&self, stopping: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
        let workers = Arc::clone(&self.workers).run(stopped(stopping));
        let fan_out = Arc::clone(&self.fan_out);
        let until = stopped(stopping);
        let mut tasks =
            vec![tokio::spawn(workers), tokio::spawn(async move { fan_out.run(until).await })];
        if let Some(house) = self.house.clone() {
            let until = stopped(stopping);
            tasks.push(tokio::spawn(async move { house.run(until).await }));
        }
        tasks
    }

    /// Keeps the books and closes the database.
    ///
    /// # Errors
    /// If the checkpoint cannot be written; nothing is lost, the next start takes longer.
    pub async fn close(self) -> Result<()> {
        let Billing { store, ledger, .. } = &self.billing;
        store::write!(store, |tx| Ok(ledger.checkpoint(tx).await?))?;
        store.close().await;
        Ok(())
    }
}

/// Ends when somebody says to stop, or when nobody is left who could.
pub fn stopped(stopping: &watch::Receiver<bool>) -> impl Future<Output = ()> + Send + use<> {
    let mut stopping = stopping.clone();
    async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    }
}
