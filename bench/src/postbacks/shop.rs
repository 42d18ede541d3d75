//! The real program on a database of its own, with payments under way.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, ensure};
use api::{Api, ApiSettings, Rate};
use base::id::{CustomerId, TokenPackId};
use base::{Env, Language, Money, Stop, Tokens};
use billing::checkouts::{self, NewCheckout};
use billing::notices::{self, Filed};
use billing::payments::{self, Links, PaymentState};
use billing::routing::Terms;
use billing::{Account, AccountStatus, Accounts, Billing, Site, catalog};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use identity::{Identity, customers};
use ledger::Ledger;
use store::scratch::Scratch;
use store::{Access, Reads as _, Store, Vault};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::signed::{Signed, postback};
use crate::tips::Engine;
use crate::tips::house::{stopped, told};

/// The program, serving.
pub(super) struct Shop {
    billing: Billing,
    pub(super) address: SocketAddr,
    customers: Vec<CustomerId>,
    pack: TokenPackId,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    _folder: TempDir,
}

const CUSTOMERS: usize = 500;
/// Connections to PostgreSQL, as the program has them by default.
const POOL: u32 = 20;
/// How many payments are opened at once: one, for how fast that goes is not measured here.
const AT_ONCE: usize = 1;

fn price() -> Result<Money> {
    Ok(Money::new(1_000, "USD".parse().map_err(|why| anyhow!("{why}"))?))
}

impl Shop {
    /// Opens the program on an empty database and lets customers in.
    pub(super) async fn open(engine: Engine) -> Result<Shop> {
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
        let billing = billing(&store, address).await?;
        let (stop, stopping) = watch::channel(false);
        let serving = serve(listener, &billing, stopping);
        let pack = pack(&billing).await?;
        let env = billing.env.clone();
        let mut customers = Vec::with_capacity(CUSTOMERS);
        for _ in 0..CUSTOMERS {
            let new = store::write!(store, |tx| {
                customers::register(tx, &env, customers::NewCustomer::default()).await
            });
            customers.push(new.map_err(stopped)?.id);
        }
        Ok(Shop { billing, address, customers, pack, stop, serving, _folder: folder })
    }

    /// Opens so many payments and gives the postbacks that tell that they were made.
    pub(super) async fn postbacks(&self, many: usize) -> Result<Vec<Vec<u8>>> {
        let opened = stream::iter(0..many).map(|nth| self.open_one(nth));
        let references: Vec<String> =
            opened.buffer_unordered(AT_ONCE).try_collect().await.map_err(stopped)?;
        let price = price()?;
        references.iter().map(|reference| postback(reference, price)).collect()
    }

    async fn open_one(&self, nth: usize) -> Result<String, Stop> {
        let price = price().map_err(|error| base::Fault::new(error.to_string()))?;
        let chosen = NewCheckout {
            customer: self.customers[nth % self.customers.len()],
            pack: self.pack,
            currency: price.currency,
            language: Language::default(),
            return_url: None,
            account: None,
        };
        let (_, payment, _) = checkouts::open(&self.billing, chosen).await?;
        let back = || "http://127.0.0.1/".to_owned();
        let links = Links { return_url: back(), cancel_url: back() };
        let started = payments::start(&self.billing, payment.id, None, links).await;
        Ok(started?.0.reference)
    }

    /// How the database makes sure.
    pub(super) async fn setting(&self) -> Result<String> {
        let mut reader = self.billing.store.read().await.map_err(told)?;
        if self.billing.store.engine() == store::Engine::Sqlite {
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

    /// Lets PostgreSQL count its rows now, as it does by itself within the first minute.
    pub(super) async fn settle(&self) -> Result<()> {
        if self.billing.store.engine() == store::Engine::Postgres {
            let counted = store::write!(self.billing.store, |tx| {
                tx.execute("ANALYZE", ()).await?;
                Ok(())
            });
            counted.map_err(stopped)?;
        }
        Ok(())
    }

    /// Every payment was collected once, nothing waits, and the books are right.
    pub(super) async fn check(&self, settled: usize) -> Result<String> {
        let settled = i64::try_from(settled)?;
        let mut reader = self.billing.store.read().await.map_err(told)?;
        for (state, many) in payments::counts(&mut reader).await.map_err(told)? {
            ensure!(state == PaymentState::Captured, "{many} payments are {state}");
            ensure!(many == settled, "{many} payments were collected and not {settled}");
        }
        for (filed, many) in notices::counts(&mut reader).await.map_err(told)? {
            let fits = match filed {
                Filed::Applied => many == settled,
                Filed::Duplicate => many == settled - 1,
                Filed::Waiting | Filed::Unmatched | Filed::Stale | Filed::Rejected => false,
            };
            ensure!(fits, "{many} postbacks are {filed}, of {settled} that were sent twice");
        }
        drop(reader);
        let proof = billing::prove(&self.billing).await.map_err(stopped)?;
        ensure!(proof.holds(), "the books are wrong:\n{proof:?}");
        Ok(format!("{settled} payments, each collected once; the books are proved"))
    }

    /// Stops the program.
    pub(super) async fn close(self) -> Result<()> {
        self.stop.send_replace(true);
        self.serving.await?;
        let Billing { store, ledger, .. } = &self.billing;
        let kept = store::write!(store, |tx| Ok(ledger.checkpoint(tx).await?));
        kept.map_err(stopped)?;
        store.close().await;
        Ok(())
    }
}

async fn billing(store: &Store, address: SocketAddr) -> Result<Billing> {
    let env = Env::system();
    let ledger = Ledger::open(store, env.clock.clone()).await.map_err(told)?;
    let site = Site {
        name: "Bench".to_owned(),
        base_url: format!("http://{address}").parse()?,
        support_mail: "support@bench.test".to_owned(),
        legal_name: "Bench".to_owned(),
    };
    let account = Account {
        key: "bench".to_owned(),
        connector: Arc::new(Signed),
        descriptor: "BENCH".to_owned(),
        currencies: Vec::new(),
        status: AccountStatus::Live,
        path_secret: None,
        terms: Terms::default(),
    };
    let accounts = Accounts::new(vec![account]).map_err(|why| anyhow!("{why}"))?;
    Ok(Billing::new(store.clone(), ledger, env, accounts, site))
}

async fn pack(billing: &Billing) -> Result<TokenPackId> {
    let tokens = Tokens::new(100).context("a number of tokens")?;
    let pack = catalog::NewPack::checked("bench", tokens, vec![price()?]);
    let pack = pack.map_err(|no| stopped(no.into()))?;
    let (env, store) = (&billing.env, &billing.store);
    let added = store::write!(store, |tx| catalog::add(tx, env, pack.clone()).await);
    Ok(added.map_err(stopped)?.id)
}

fn serve(
    listener: TcpListener,
    billing: &Billing,
    mut stopping: watch::Receiver<bool>,
) -> JoinHandle<()> {
    let vault = Vault::new(&billing.env.chance.bytes());
    let identity = Identity::new(billing.store.clone(), billing.env.clone(), vault);
    // No rate is in the way of being measured.
    let rate = || Rate { burst: u32::MAX, per_second: 1_000_000 };
    let settings = ApiSettings { rate: rate(), postback_rate: rate(), ..ApiSettings::default() };
    let api = Api { billing: billing.clone(), identity, livemode: false, settings };
    let router = api::routes(api).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move {
        let until = async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        };
        if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(until).await {
            println!("the server ended early: {error}");
        }
    })
}
