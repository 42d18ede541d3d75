//! A desk for tests: a fresh database, people, and payments that stand wherever a test wants them.

mod rows;

use base::id::{AttemptId, CustomerId, NoticeId, PaymentId};
use base::{Env, SignedDuration, Stop};
use billing::{Accounts, Billing, Ledger, Site};
use identity::customers::{self, NewCustomer};
use identity::staff::{self, NewStaff, Role, Staff};
use identity::{Customer, Email, Identity, Name};
use serde_json::json;
use store::outbox::{self, Event, FanOut};
use store::scratch::Scratch;
use store::{Engine, Store, Vault};

use crate::cases::{self, Case, CaseEvent, RefKind};
use crate::mail::Post;
use crate::watch::Watcher;
use crate::{Desk, DeskSettings};

pub(crate) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// A desk and everything under it.
pub(crate) struct Scene {
    pub(crate) desk: Desk,
    pub(crate) store: Store,
    pub(crate) env: Env,
    _scratch: Scratch,
}

impl Scene {
    pub(crate) async fn open(engine: Engine) -> Scene {
        Scene::with(engine, DeskSettings::default()).await
    }

    pub(crate) async fn with(engine: Engine, settings: DeskSettings) -> Scene {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-22T12:00:00Z".parse().unwrap(), 7);
        let store = scratch.store.clone();
        let ledger = Ledger::open(&store, env.clock.clone()).await.unwrap();
        let site = Site {
            name: "House".to_owned(),
            base_url: "https://house.example/".parse().unwrap(),
            support_mail: "help@house.example".to_owned(),
            legal_name: "House Ltd".to_owned(),
        };
        let none = Accounts::new(Vec::new()).unwrap();
        let billing = Billing::new(store.clone(), ledger, env.clone(), none, site);
        let identity = Identity::new(store.clone(), env.clone(), Vault::new(&[7; 32]));
        let desk = Desk::new(billing, identity, Post::Kept, settings);
        Scene { desk, store, env, _scratch: scratch }
    }

    pub(crate) fn pass(&self, minutes: i64) {
        self.env.clock.advance(SignedDuration::from_mins(minutes));
    }

    pub(crate) async fn staff(&self, role: Role) -> Staff {
        let nth = self.env.id::<base::id::Staff>().to_string();
        let new = NewStaff {
            email: Email::checked(&format!("{nth}@house.example")).unwrap(),
            name: Name::checked("Ben").unwrap(),
            role,
        };
        let made = store::write!(self.store, |tx| staff::add(tx, &self.env, new.clone()).await);
        made.unwrap().0
    }

    pub(crate) async fn customer(&self, mail: &str) -> Customer {
        let new =
            NewCustomer { email: Some(Email::checked(mail).unwrap()), ..NewCustomer::default() };
        let made =
            store::write!(self.store, |tx| customers::register(tx, &self.env, new.clone()).await);
        made.unwrap()
    }

    /// A payment that was collected, of a customer.
    pub(crate) async fn payment(&self, of: CustomerId) -> PaymentId {
        let (payment, attempt): (PaymentId, AttemptId) = (self.env.id(), self.env.id());
        let made: Result<(), Stop> = store::write!(self.store, |tx| {
            Ok(rows::payment(tx, payment, attempt, of, self.env.now()).await?)
        });
        made.unwrap();
        payment
    }

    /// Somebody must look at a payment, or nobody any more.
    pub(crate) async fn needs(&self, payment: PaymentId, says: Option<&str>, disputed: i64) {
        let now = self.env.now();
        let told: Result<(), Stop> = store::write!(self.store, |tx| {
            Ok(rows::needs(tx, payment, says, disputed, now).await?)
        });
        told.unwrap();
    }

    /// The last attempt of a payment stands there now.
    pub(crate) async fn attempt(&self, payment: PaymentId, state: &str) {
        let now = self.env.now();
        let told: Result<(), Stop> =
            store::write!(self.store, |tx| Ok(rows::attempt(tx, payment, state, now).await?));
        told.unwrap();
    }

    /// A notice that was filed so.
    pub(crate) async fn notice(&self, filed: &str) -> NoticeId {
        let id = self.env.id();
        let now = self.env.now();
        let told: Result<(), Stop> =
            store::write!(self.store, |tx| Ok(rows::notice(tx, id, filed, now).await?));
        told.unwrap();
        id
    }

    /// The money side tells something, and the desk hears it.
    pub(crate) async fn tells(&self, kind: &'static str, payment: PaymentId) {
        let event = Event {
            id: self.env.id(),
            kind: kind.into(),
            subject: payment.to_string(),
            sequence: 1,
            body: json!({ "id": payment }),
            created_at: self.env.now(),
        };
        let told: Result<(), Stop> =
            store::write!(self.store, |tx| Ok(outbox::tell(tx, &event).await?));
        told.unwrap();
        self.hears().await;
    }

    pub(crate) async fn hears(&self) {
        let watcher = std::sync::Arc::new(Watcher::new(self.desk.clone()));
        let fan_out = FanOut::new(self.store.clone(), self.env.clone(), vec![watcher]);
        fan_out.run_until_idle().await.unwrap();
        let mut reader = self.store.read().await.unwrap();
        assert_eq!(outbox::unheard_count(&mut reader).await.unwrap(), 0);
        assert!(outbox::resting(&mut reader, 9, None).await.unwrap().is_empty());
    }

    pub(crate) async fn cases_of(&self, kind: RefKind, id: &str) -> Vec<Case> {
        let mut reader = self.store.read().await.unwrap();
        cases::of_ref(&mut reader, kind, id).await.unwrap()
    }

    pub(crate) async fn case(&self, case: &Case) -> Case {
        let mut reader = self.store.read().await.unwrap();
        cases::find(&mut reader, case.id).await.unwrap().unwrap()
    }

    /// What the money side has told a case, as the words of its lines.
    pub(crate) async fn told(&self, case: &Case) -> Vec<String> {
        let mut reader = self.store.read().await.unwrap();
        let events = cases::events(&mut reader, case.id, 0, 100).await.unwrap();
        let billing = |event: &&CaseEvent| event.kind == cases::EventKind::Billing;
        let word = |event: &CaseEvent| event.body["told"].as_str().unwrap().to_owned();
        events.iter().filter(billing).map(word).collect()
    }
}
