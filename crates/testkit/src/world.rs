//! The whole program inside a test, with a clock that stands still until it is moved.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base::time::SignedDuration;
use base::{Actor, Env, Secret, Stop};
use billing::routing::{self, RouteSet};
use paydesk::config::{self, Config};
use paydesk::wire::App;
use paydesk::{edge, wire};
use store::Engine;
use store::scratch::Scratch;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use url::Url;

/// A running program with a sandbox at the other end of a real wire.
pub struct World {
    /// The rooms.
    pub app: App,
    /// The time and chance of this world.
    pub env: Env,
    /// Where it listens.
    pub base: Url,
    pub(crate) http: reqwest::Client,
    pub(crate) key: Secret,
    stop: watch::Sender<bool>,
    _folder: TempDir,
}

/// The set that ships would take SegPay first: it is a house for the world.
const SANDBOX_FIRST: &str = r#"
    [[rules]]
    name = "stories are played in the sandbox"
    targets = [{ account = "sandbox" }]
"#;

/// Accounts: the sandbox, which takes whatever nobody asks for by name, and SegPay with a secret
/// path and senders in 192.0.2.0/24, believed by `X-Forwarded-For` from this machine.
const CONFIG: &str = r#"
    [site]
    name = "Story Shop"
    [api]
    requests_per_second = 100000
    allow_loopback_webhooks = true
    trusted_proxies = ["127.0.0.1"]
    [[processors]]
    key = "sandbox"
    kind = "sandbox"
    descriptor = "STORY*SHOP"
    [[processors]]
    key = "segpay"
    kind = "segpay"
    descriptor = "SEGPAY.COM*STORY"
    [processors.settings]
    look_up = false
    [processors.settings.locks]
    senders = ["192.0.2.0/24"]
    path_secret = "a-secret-of-our-address"
    [processors.settings.products]
    tokens-100-1000 = { eticket = "1234:5678", amount = "10.00", currency = "USD" }
"#;

impl World {
    /// A new world on an empty database.
    pub async fn new(engine: Engine) -> World {
        let world = World::of(engine, CONFIG).await;
        let set = RouteSet::from_toml(SANDBOX_FIRST).unwrap();
        let billing = &world.app.billing;
        let saved = store::write!(billing.store, |tx| {
            routing::save(tx, &billing.routes, &set, Actor::System).await
        });
        saved.unwrap();
        world
    }

    /// A new world on an empty database, with a configuration of the story's own.
    pub async fn of(engine: Engine, config: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config::read("(a story)", config, |_| None).unwrap();
        config.data = folder.path().to_owned();
        if engine == Engine::Postgres {
            config.database = Scratch::database().await.unwrap();
            config.connections = 8;
        }
        let now = "2026-03-09T16:09:00Z".parse().unwrap();
        Box::pin(World::open(config, Env::fixed(now, 7), folder)).await
    }

    async fn open(config: Config, env: Env, folder: TempDir) -> World {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let listening = listener.local_addr().unwrap();
        let app = wire::open(&config, listening, env.clone()).await.unwrap();
        let (stop, stopping) = watch::channel(false);
        let router = edge::router(&app, &config, stopping.clone());
        serve(listener, router);
        send_postbacks(&app, &stopping);
        let store = &app.billing.store;
        let made = store::write!(store, |tx| identity_key(tx, &env).await);
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let base = Url::parse(&format!("http://{listening}/")).unwrap();
        World { app, env, base, http, key: made.unwrap(), stop, _folder: folder }
    }

    /// Works everything that is due, until nothing is.
    pub async fn settles(&self) {
        let house = self.app.house.as_ref();
        let sends = || house.is_some_and(|house| house.is_sending());
        let mut quiet = 0;
        while quiet < 2 {
            let jobs = self.app.workers.run_until_idle().await.unwrap();
            let facts = self.app.fan_out.run_until_idle().await.unwrap();
            let busy = jobs + facts > 0 || sends();
            quiet = if busy { 0 } else { quiet + 1 };
            if sends() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }

    /// Lets time pass, and works what became due.
    pub async fn waits(&self, time: SignedDuration) {
        self.env.clock.advance(time);
        // The house looks at the clock every tenth of a second while something is queued.
        tokio::time::sleep(Duration::from_millis(150)).await;
        self.settles().await;
    }

    /// Ends a story: nothing is left to do, and the books are right.
    ///
    /// # Panics
    /// If either does not hold.
    pub async fn ends_well(&self) {
        self.settles().await;
        self.books_balance().await;
        let mut reader = self.app.billing.store.read().await.unwrap();
        let left = store::jobs::resting(&mut reader, 10, None).await.unwrap();
        assert!(left.is_empty(), "jobs came to rest: {left:?}");
        self.stop.send_replace(true);
    }

    /// The books, proved.
    ///
    /// # Panics
    /// If a promise does not hold.
    pub async fn books_balance(&self) {
        let proof = billing::prove(&self.app.billing).await.unwrap();
        assert!(proof.holds(), "the books are wrong:\n{}", paydesk::proof::told(&proof));
    }
}

async fn identity_key(tx: &mut store::Tx, env: &Env) -> Result<Secret, Stop> {
    use identity::Name;
    use identity::api_keys::{self, Scopes};
    Ok(api_keys::make(tx, env, Name::checked("story")?, Scopes::all()).await?.1)
}

fn serve(listener: TcpListener, router: axum::Router) {
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, router).await });
}

fn send_postbacks(app: &App, stopping: &watch::Receiver<bool>) {
    let Some(house) = app.house.as_ref().map(Arc::clone) else { return };
    let until = wire::stopped(stopping);
    tokio::spawn(async move { house.run(until).await });
}
