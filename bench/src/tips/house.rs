//! The real program on a database of its own: the router it serves, and people with tokens.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use api::{Api, ApiSettings, Rate};
use axum::Router;
use base::id::{CreatorId, CustomerId};
use base::{Env, Fault, Secret, Stop};
use billing::{Accounts, Billing, Site};
use identity::api_keys::{self, Scopes};
use identity::{Identity, Name};
use ledger::Ledger;
use store::jobs::Workers;
use store::outbox::FanOut;
use store::scratch::Scratch;
use store::{Access, Reads as _, Store, Vault};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Engine;
use super::fill;
use super::people::Givers;

/// Whether jobs and webhooks are worked while tips come in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Background {
    Works,
    Rests,
}

/// The program, serving.
pub(super) struct House {
    pub(super) billing: Billing,
    pub(super) address: SocketAddr,
    pub(super) key: Secret,
    /// Those who have tokens, and those who get them.
    pub(super) customers: Vec<CustomerId>,
    pub(super) creators: Vec<CreatorId>,
    /// Tips from everybody to everybody.
    pub(super) everybody: Arc<Givers>,
    /// Tips from one to one.
    pub(super) one_pair: Arc<Givers>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    _folder: TempDir,
}

const CUSTOMERS: usize = 1_000;
const CREATORS: usize = 100;

/// Connections to PostgreSQL, as the program has them by default.
const POOL: u32 = 20;

impl House {
    /// Opens the program on an empty database and lets people in.
    pub(super) async fn open(engine: Engine, background: Background) -> Result<House> {
        // Beside the build, because a temporary folder may be in memory, where nothing is durable.
        let folder = tempfile::tempdir_in(concat!(env!("CARGO_MANIFEST_DIR"), "/target"))?;
        let store = match engine {
            Engine::Sqlite => Store::open_sqlite(folder.path(), Access::Owner).await,
            Engine::Postgres => {
                let url = Scratch::database().await.map_err(told)?;
                Store::open_postgres(&url, POOL).await
            }
        };
        let store = store.map_err(told)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let env = Env::system();
        let (billing, api) = rooms(&store, &env, address).await?;
        let (stop, stopping) = watch::channel(false);
        let mut tasks = vec![serve(listener, api::routes(api.clone()), &stopping)];
        let name = Name::checked("bench").map_err(|no| stopped(no.into()))?;
        let made = store::write!(store, |tx| {
            Ok(api_keys::make(tx, &env, name.clone(), Scopes::all()).await?.1)
        });
        let key = made.map_err(stopped)?;
        let (customers, creators) = fill::let_in(&billing, CUSTOMERS, CREATORS).await?;
        if background == Background::Works {
            tasks.extend(work(&billing, &api, &stopping));
        }
        let (from, to) = (texts(&customers), texts(&creators));
        let one_pair = Givers::new(from[..1].to_vec(), to[..1].to_vec());
        Ok(House {
            billing,
            address,
            key,
            everybody: Arc::new(Givers::new(from, to)),
            one_pair: Arc::new(one_pair),
            customers,
            creators,
            stop,
            tasks,
            _folder: folder,
        })
    }

    /// How the database makes sure.
    pub(super) async fn setting(&self) -> Result<String> {
        let store = &self.billing.store;
        let mut reader = store.read().await.map_err(told)?;
        if store.engine() == store::Engine::Sqlite {
            let row = reader.fetch_one("PRAGMA synchronous", ()).await.map_err(told)?;
            let level = row.int("synchronous").map_err(told)?;
            return Ok(format!("write-ahead log, synchronous = {level}"));
        }
        let sql = "SELECT current_setting('fsync') AS fsync, \
                   current_setting('synchronous_commit') AS commits";
        let row = reader.fetch_one(sql, ()).await.map_err(told)?;
        let (fsync, commits) = (row.text("fsync"), row.text("commits"));
        let (fsync, commits) = (fsync.map_err(told)?, commits.map_err(told)?);
        Ok(format!("fsync = {fsync}, synchronous_commit = {commits}"))
    }

    /// Lets PostgreSQL count its rows now, as it does by itself within the first minute: until then
    /// it goes on with plans that were made for empty tables.
    pub(super) async fn settle(&self) -> Result<()> {
        let store = &self.billing.store;
        if store.engine() == store::Engine::Postgres {
            let counted = store::write!(store, |tx| {
                tx.execute("ANALYZE", ()).await?;
                Ok(())
            });
            counted.map_err(stopped)?;
        }
        Ok(())
    }

    /// Stops the program.
    pub(super) async fn close(self) -> Result<()> {
        self.stop.send_replace(true);
        for task in self.tasks {
            task.await?;
        }
        let Billing { store, ledger, .. } = &self.billing;
        let kept = store::write!(store, |tx| Ok(ledger.checkpoint(tx).await?));
        kept.map_err(stopped)?;
        store.close().await;
        Ok(())
    }
}

/// The rooms that a tip goes through, as the program joins them.
async fn rooms(store: &Store, env: &Env, address: SocketAddr) -> Result<(Billing, Api)> {
    let vault = Vault::new(&env.chance.bytes());
    let ledger = Ledger::open(store, env.clock.clone()).await.map_err(told)?;
    let site = Site {
        name: "Bench".to_owned(),
        base_url: format!("http://{address}").parse()?,
        support_mail: "support@bench.test".to_owned(),
        legal_name: "Bench".to_owned(),
    };
    let accounts = Accounts::new(Vec::new()).map_err(|why| anyhow!("{why}"))?;
    let billing = Billing::new(store.clone(), ledger, env.clone(), accounts, site);
    let identity = Identity::new(store.clone(), env.clone(), vault);
    // No rate is in the way of being measured.
    let rate = Rate { burst: u32::MAX, per_second: 1_000_000 };
    let settings = ApiSettings { rate, ..ApiSettings::default() };
    let api = Api { billing: billing.clone(), identity, livemode: false, settings };
    Ok((billing, api))
}

fn serve(
    listener: TcpListener,
    router: Router,
    stopping: &watch::Receiver<bool>,
) -> JoinHandle<()> {
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let until = stopped_by(stopping);
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(until).await {
            println!("the server ended early: {error}");
        }
    })
}

/// Works jobs and tells what happened, as the program does.
fn work(billing: &Billing, api: &Api, stopping: &watch::Receiver<bool>) -> [JoinHandle<()>; 2] {
    let (store, env) = (&billing.store, &billing.env);
    let works = billing::works(billing).into_iter().chain(api::works(api));
    let workers = works.fold(Workers::new(store.clone(), env.clone()), Workers::with);
    let fan_out = FanOut::new(store.clone(), env.clone(), api::listeners(api));
    let until = stopped_by(stopping);
    [
        tokio::spawn(Arc::new(workers).run(stopped_by(stopping))),
        tokio::spawn(async move { fan_out.run(until).await }),
    ]
}

fn stopped_by(stopping: &watch::Receiver<bool>) -> impl Future<Output = ()> + Send + use<> {
    let mut stopping = stopping.clone();
    async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    }
}

fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// A fault with its causes.
pub(crate) fn told(fault: Fault) -> anyhow::Error {
    anyhow!("{}", fault.chain())
}

/// Why a deed stopped.
pub(crate) fn stopped(stop: Stop) -> anyhow::Error {
    match stop {
        Stop::Refused(refusal) => anyhow!("refused: {refusal}"),
        Stop::Fault(fault) => told(fault),
    }
}
