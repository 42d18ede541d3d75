//! A desk for tests: people who write, staff who answer, and a carrier that remembers.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base::id::{AddressId, CaseId, CreatorId, MessageId, PersonId, StaffId};
use base::{Env, Language, SignedDuration, Stop};
use identity::staff::Role;
use identity::{creators, staff};
use store::jobs::Workers;
use store::scratch::Scratch;
use store::{Engine, Store, Tx};

use crate::cases::*;
use crate::people::{Address, AddressKind, Audience, Hint, Person, meet};

pub(super) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

pub(super) struct Office {
    _scratch: Scratch,
    pub(super) store: Store,
    pub(super) env: Env,
    pub(super) van: Arc<Van>,
    pub(super) ana: (Person, Address),
    pub(super) agent: StaffId,
    pub(super) finance: StaffId,
}

/// Takes everything that goes by mail, and remembers what and where to.
#[derive(Default)]
pub(super) struct Van(pub(super) Mutex<Vec<(MessageId, String)>>);

#[async_trait]
impl Carrier for Van {
    fn carries(&self, kind: AddressKind, _: &Case, _: &Message) -> bool {
        kind == AddressKind::Mail
    }

    async fn carry(
        &self,
        _: &mut Tx,
        _: &Env,
        _: &Case,
        message: &Message,
        to: &Address,
    ) -> Result<Delivery, Stop> {
        if to.value.starts_with("refused") {
            return Err(UNKNOWN.into());
        }
        self.0.lock().unwrap().push((message.id, to.value.clone()));
        Ok(Delivery::Sent)
    }
}

pub(super) fn code<T: std::fmt::Debug>(answer: Result<T, Stop>) -> &'static str {
    answer.unwrap_err().refusal().unwrap().code
}

impl Office {
    pub(super) async fn open(engine: Engine) -> Office {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
        let store = scratch.store.clone();
        let ana = met(&store, &env, "ana@example.org").await;
        let agent = hired(&store, &env, "agent@shop.example", Role::Agent).await;
        let finance = hired(&store, &env, "books@shop.example", Role::Finance).await;
        Office { _scratch: scratch, store, env, van: Arc::default(), ana, agent, finance }
    }

    pub(super) async fn meet(&self, mail: &str) -> (Person, Address) {
        met(&self.store, &self.env, mail).await
    }

    pub(super) async fn creator(&self, name: &str) -> CreatorId {
        let form = creators::Form { name: name.to_owned(), ..creators::Form::default() };
        let new = creators::NewCreator::checked(&form).unwrap();
        let env = &self.env;
        let made: Result<_, Stop> =
            store::write!(self.store, |tx| creators::register(tx, env, new.clone()).await);
        made.unwrap().id
    }

    pub(super) fn by_agent(&self) -> Author {
        Author::Staff(self.agent)
    }

    pub(super) fn asked(&self, text: &str) -> NewMessage {
        from(&self.ana, text)
    }

    pub(super) fn reply(&self, text: &str) -> NewMessage {
        NewMessage::answer(self.by_agent(), Origin::Mail, Language::En, text)
    }

    pub(super) fn new_case(&self, first: NewMessage) -> NewCase {
        NewCase {
            subject: "I was charged twice".to_owned(),
            audience: Audience::Customer,
            side: Side::Unknown,
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin: first.channel,
            language: Language::En,
            requester: self.ana.0.id,
            tags: Vec::new(),
            refs: Vec::new(),
            first,
        }
    }

    pub(super) async fn open_case(&self, new: NewCase) -> Case {
        let env = &self.env;
        store::write!(self.store, |tx| open(tx, env, new.clone()).await).unwrap()
    }

    pub(super) async fn case(&self) -> Case {
        self.open_case(self.new_case(self.asked("Why did I pay twice?"))).await
    }

    pub(super) async fn add(&self, id: CaseId, new: NewMessage) -> Result<Added, Stop> {
        let env = &self.env;
        self.pass(1);
        store::write!(self.store, |tx| add(tx, env, id, new.clone()).await)
    }

    pub(super) async fn change(&self, id: CaseId, what: Change) -> Result<Case, Stop> {
        self.change_as(id, self.by_agent(), what).await
    }

    pub(super) async fn change_as(
        &self,
        id: CaseId,
        by: Author,
        what: Change,
    ) -> Result<Case, Stop> {
        let env = &self.env;
        self.pass(1);
        store::write!(self.store, |tx| change(tx, env, id, None, by, what.clone()).await)
    }

    pub(super) async fn look(&self, id: CaseId) -> Case {
        let mut reader = self.store.read().await.unwrap();
        find(&mut reader, id).await.unwrap().unwrap()
    }

    pub(super) async fn said(&self, id: CaseId, threads: &[ThreadKind]) -> Vec<Message> {
        let mut reader = self.store.read().await.unwrap();
        messages(&mut reader, id, threads, 0, 100).await.unwrap()
    }

    /// Proves that events have no gaps, and gives their kinds.
    pub(super) async fn story(&self, id: CaseId) -> Vec<EventKind> {
        let mut reader = self.store.read().await.unwrap();
        let case = find(&mut reader, id).await.unwrap().unwrap();
        let all = events(&mut reader, id, 0, 1_000).await.unwrap();
        let numbers: Vec<i64> = all.iter().map(|event| event.seq).collect();
        assert_eq!(numbers, (1..=case.seq).collect::<Vec<_>>(), "no gaps");
        all.iter().map(|event| event.kind).collect()
    }

    /// Works everything that is due now; how many tries that took.
    pub(super) async fn work(&self) -> usize {
        let (store, env) = (self.store.clone(), self.env.clone());
        let carriers = Carriers::new(vec![Arc::clone(&self.van) as Arc<dyn Carrier>]);
        let week = SignedDuration::from_hours(7 * 24);
        Workers::new(store.clone(), env.clone())
            .with(Arc::new(Deliver::new(store.clone(), env.clone(), carriers)))
            .with(Arc::new(Wake::new(store.clone(), env.clone())))
            .with(Arc::new(CloseSolved::new(store, env, week)))
            .every("desk.close", CLOSE_EVERY, CLOSE)
            .run_until_idle()
            .await
            .unwrap()
    }

    pub(super) fn carried(&self) -> Vec<String> {
        self.van.0.lock().unwrap().iter().map(|(_, to)| to.clone()).collect()
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.env.clock.advance(SignedDuration::from_secs(seconds));
    }
}

pub(super) fn from(who: &(Person, Address), text: &str) -> NewMessage {
    NewMessage::from_person(who.0.id, who.1.id, Origin::Mail, Language::En, text)
}

pub(super) fn to_creator(creator: CreatorId, message: NewMessage) -> NewMessage {
    NewMessage { thread: To::Creator(creator), ..message }
}

async fn met(store: &Store, env: &Env, mail: &str) -> (Person, Address) {
    let hint = Hint { name: None, language: Language::En, audience: Audience::Customer };
    let met: Result<_, Stop> =
        store::write!(store, |tx| meet(tx, env, AddressKind::Mail, mail, &hint).await);
    met.unwrap()
}

async fn hired(store: &Store, env: &Env, mail: &str, role: Role) -> StaffId {
    let form =
        staff::Form { email: mail.to_owned(), name: "Kim".to_owned(), role: role.to_string() };
    let new = staff::NewStaff::checked(&form).unwrap();
    let hired: Result<_, Stop> = store::write!(store, |tx| staff::add(tx, env, new.clone()).await);
    hired.unwrap().0.id
}

/// Ids of people and addresses, so that tests need not spell the types.
pub(super) fn ids(who: &(Person, Address)) -> (PersonId, AddressId) {
    (who.0.id, who.1.id)
}
