//! A small house for stories: one customer, one creator, one pack, and a processor that says what
//! it is told to say.

mod fake;
mod rows;

use std::sync::Arc;

use crate::catalog::{self, NewPack, TokenPack};
use crate::checkouts::{self, NewCheckout};
use crate::notices::{self, NoticeRow};
use crate::payments::{self, Attempt, Links, Payment, PaymentState};
use crate::routing::Terms;
use crate::{Account, AccountStatus, Accounts, Billing, Site, tips, tokens};
use base::id::{CreatorId, CustomerId, PaymentId};
use base::time::SignedDuration;
use base::{Currency, Env, Money, Stop, Timestamp, Tokens};
use ledger::Ledger;
use processor::{GoTo, Notice, NoticeKind, RawNotice, Verdict};
use store::jobs::Workers;
use store::scratch::Scratch;
use store::{Engine, Page};

pub use fake::Fake;

/// Everything a story needs.
pub struct House {
    pub billing: Billing,
    pub fake: Arc<Fake>,
    pub customer: CustomerId,
    pub creator: CreatorId,
    pub pack: TokenPack,
    workers: Workers,
    _scratch: Scratch,
}

pub fn dollars(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

pub fn account(key: &str, fake: &Arc<Fake>) -> Account {
    Account {
        key: key.to_owned(),
        connector: Arc::clone(fake) as Arc<dyn processor::Processor>,
        descriptor: "HOUSE*TOKENS".to_owned(),
        currencies: vec![],
        status: AccountStatus::Live,
        path_secret: Some("a-secret-of-our-own".to_owned()),
        terms: Terms::default(),
    }
}

impl House {
    pub async fn open(engine: Engine) -> House {
        let fake = Arc::new(Fake::default());
        let accounts = vec![account("fake", &fake), account("other", &fake)];
        House::with(engine, fake, accounts).await
    }

    /// A house with accounts of its own; the fake is the one most stories speak of.
    pub async fn with(engine: Engine, fake: Arc<Fake>, accounts: Vec<Account>) -> House {
        let scratch = Scratch::new(engine).await;
        let now: Timestamp = "2026-11-21T20:00:00Z".parse().unwrap();
        let env = Env::fixed(now, 42);
        let store = scratch.store.clone();
        let ledger = Ledger::open(&store, env.clock.clone()).await.unwrap();
        let site = Site {
            name: "House".to_owned(),
            base_url: "https://house.example/".parse().unwrap(),
            support_mail: "help@house.example".to_owned(),
            legal_name: "House Ltd".to_owned(),
        };
        let accounts = Accounts::new(accounts).unwrap();
        let billing = Billing::new(store.clone(), ledger, env.clone(), accounts, site);
        let workers = crate::works(&billing)
            .into_iter()
            .fold(Workers::new(store.clone(), env.clone()), Workers::with);
        let (customer, creator) = (env.id(), env.id());
        let pack = people_and_pack(&billing, customer, creator).await.unwrap();
        House { billing, fake, customer, creator, pack, workers, _scratch: scratch }
    }

    /// A customer of another country.
    pub async fn customer_from(&self, country: &'static str) -> CustomerId {
        let id = self.billing.env.id();
        let made: Result<(), Stop> = store::write!(self.billing.store, |tx| {
            Ok(rows::customer_from(tx, id, country).await?)
        });
        made.unwrap();
        id
    }

    pub async fn checkout(&self) -> Payment {
        self.checkout_of(self.customer).await
    }

    pub async fn checkout_of(&self, customer: CustomerId) -> Payment {
        let new = NewCheckout {
            customer,
            pack: self.pack.id,
            currency: Currency::USD,
            language: base::Language::Da,
            return_url: None,
            account: None,
        };
        checkouts::open(&self.billing, new).await.unwrap().1
    }

    pub async fn start(&self, payment: PaymentId) -> Result<(Attempt, GoTo), Stop> {
        let links = Links {
            return_url: "https://house.example/return".to_owned(),
            cancel_url: "https://house.example/cancel".to_owned(),
        };
        payments::start(&self.billing, payment, None, links).await
    }

    /// A payment whose customer is on the processor's page.
    pub async fn started(&self) -> (Payment, Attempt) {
        let payment = self.checkout().await;
        let (attempt, _) = self.start(payment.id).await.unwrap();
        (self.payment(payment.id).await, attempt)
    }

    /// A payment that was collected.
    pub async fn paid(&self) -> (Payment, Attempt) {
        let (payment, attempt) = self.started().await;
        let row = self.hears(&[self.yes(&attempt)]).await;
        assert_eq!(row.filed, notices::Filed::Applied, "{:?}", row.reason);
        (self.payment(payment.id).await, self.attempt(&attempt).await)
    }

    /// What the processor tells when it has taken the money.
    pub fn yes(&self, attempt: &Attempt) -> Notice {
        Notice {
            kind: NoticeKind::Paid,
            dedupe: format!("yes {}", attempt.id),
            reference: Some(attempt.reference.clone()),
            transaction: Some(format!("tran-{}", attempt.id)),
            parent: None,
            subscription: None,
            amount: Some(attempt.amount),
            occurred_at: Some(self.billing.env.now()),
            provisional: false,
            decline: None,
            card: None,
            also: Vec::new(),
            stored: None,
            words: "auth sale yes".to_owned(),
        }
    }

    /// Something else it tells about an attempt, under a transaction of its own.
    pub fn tells(&self, attempt: &Attempt, kind: NoticeKind, minor: i64) -> Notice {
        Notice {
            kind,
            dedupe: format!("{kind:?} {minor} {}", attempt.id),
            reference: None,
            transaction: Some(format!("{kind:?}-{minor}-{}", attempt.id)),
            parent: Some(format!("tran-{}", attempt.id)),
            amount: Some(dollars(minor)),
            ..self.yes(attempt)
        }
    }

    pub fn raw(&self, notices: &[Notice]) -> RawNotice {
        RawNotice {
            method: "POST".to_owned(),
            path_secret: None,
            query: String::new(),
            headers: vec![
                ("x-signature".to_owned(), "good".to_owned()),
                ("authorization".to_owned(), "Basic secret".to_owned()),
            ],
            body: serde_json::to_vec(notices).unwrap(),
            sender: "192.0.2.1".parse().unwrap(),
            received_at: self.billing.env.now(),
        }
    }

    /// A postback comes in and is stored; its row.
    pub async fn hears(&self, notices: &[Notice]) -> NoticeRow {
        self.hears_raw(self.raw(notices), Verdict::Stored).await
    }

    /// The same from another account, where it is applied at once.
    pub async fn applied_from(&self, account: &str, told: &[Notice]) {
        self.billing.env.clock.advance(SignedDuration::from_millis(2));
        let raw = self.raw(told);
        let (given, _) = notices::receive(&self.billing, account, raw).await.unwrap();
        assert_eq!(given, Verdict::Stored);
        let mut reader = self.billing.store.read().await.unwrap();
        let all = notices::list(&mut reader, &notices::Filter::default(), Page::first(1)).await;
        let row = all.unwrap().remove(0);
        assert_eq!(row.filed, notices::Filed::Applied, "{:?}", row.reason);
    }

    pub async fn hears_raw(&self, raw: RawNotice, verdict: Verdict) -> NoticeRow {
        // The newest row is the one with the highest id, and ids count milliseconds.
        self.billing.env.clock.advance(SignedDuration::from_millis(2));
        let (given, _) = notices::receive(&self.billing, "fake", raw).await.unwrap();
        assert_eq!(given, verdict);
        let mut reader = self.billing.store.read().await.unwrap();
        let all = notices::list(&mut reader, &notices::Filter::default(), Page::first(1)).await;
        all.unwrap().remove(0)
    }

    pub async fn payment(&self, id: PaymentId) -> Payment {
        let mut reader = self.billing.store.read().await.unwrap();
        payments::find(&mut reader, id).await.unwrap().unwrap()
    }

    pub async fn attempt(&self, attempt: &Attempt) -> Attempt {
        let mut reader = self.billing.store.read().await.unwrap();
        payments::find_attempt(&mut reader, attempt.id).await.unwrap().unwrap()
    }

    pub async fn balance(&self) -> i64 {
        self.balance_of(self.customer).await
    }

    pub async fn balance_of(&self, customer: CustomerId) -> i64 {
        tokens::wallet(&self.billing, customer).await.unwrap().balance.count()
    }

    pub async fn state(&self, id: PaymentId) -> (PaymentState, Option<String>) {
        let payment = self.payment(id).await;
        (payment.state, payment.reason)
    }

    /// Time passes, and whatever is due by then is worked.
    pub async fn later(&self, seconds: i64) {
        self.billing.env.clock.advance(SignedDuration::from_secs(seconds));
        self.workers.run_until_idle().await.unwrap();
    }

    pub fn tip(&self, tokens: i64) -> tips::Ask {
        tips::Ask {
            id: self.billing.env.id(),
            customer: self.customer,
            creator: self.creator,
            tokens: Tokens::new(tokens).unwrap(),
            note: None,
            replay: None,
        }
    }

    pub async fn leaves(&self, ask: tips::Ask) -> tips::Answer {
        tips::leave(&self.billing, ask).await.unwrap()
    }

    pub async fn events(&self) -> Vec<String> {
        let filter = store::outbox::Filter { limit: 100, ..Default::default() };
        let mut reader = self.billing.store.read().await.unwrap();
        let events = store::outbox::list(&mut reader, &filter).await.unwrap();
        events.into_iter().rev().map(|event| event.kind.into_owned()).collect()
    }

    /// The end of every story: the books are right.
    pub async fn prove(&self) {
        let proof = crate::prove(&self.billing).await.unwrap();
        assert!(proof.holds(), "{proof:#?}");
    }
}

async fn people_and_pack(
    billing: &Billing,
    new: CustomerId,
    creator: CreatorId,
) -> Result<TokenPack, Stop> {
    let tokens = Tokens::new(100).unwrap();
    store::write!(billing.store, |tx| {
        rows::customer(tx, new).await?;
        rows::creator(tx, creator).await?;
        let pack = NewPack::checked("tokens-100", tokens, vec![dollars(1000)])?;
        catalog::add(tx, &billing.env, pack).await
    })
}

/// Runs a story on both databases and proves the books at its end.
macro_rules! stories {
    ($($(#[$doc:meta])* $name:ident($house:ident) $story:block)*) => {
        $(
            $(#[$doc])*
            mod $name {
                use super::*;

                async fn story($house: &House) $story

                async fn on(engine: store::Engine) {
                    let house = House::open(engine).await;
                    story(&house).await;
                    house.prove().await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    on(store::Engine::Sqlite).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    on(store::Engine::Postgres).await;
                }
            }
        )*
    };
}
pub(crate) use stories;
