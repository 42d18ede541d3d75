//! A desk at which somebody leaves traces wherever one can.

use std::sync::Arc;

use base::id::{CaseId, CustomerId, PersonId, RawMailId};
use base::{Actor, Env, Language, SignedDuration, Stop};
use identity::customers::{self, NewCustomer};
use identity::staff::Role;
use identity::{Email, ExternalRef, Name};
use sha2::{Digest as _, Sha256};
use store::jobs::{self, Workers};
use store::{Engine, Reads as _, blobs};

use crate::cases::{
    self, Author, Case, CaseState, Change, NewCase, NewMessage, Origin, Priority, Ref, RefKind,
    Side, Team,
};
use crate::files::{self, Upload};
use crate::inbox::{Draft, DraftOf};
use crate::people::{self, AddressKind, Audience, Hint, Person, Proof};
use crate::retention::{self, Erasure};
use crate::scene::Scene;
use crate::{DeskSettings, contact, inbox, mail_in};

/// What nothing may be left of.
pub(super) const TRACES: [&str; 9] = [
    "hortensia",
    "777000111",
    "cardamom",
    "saffron",
    "tarragon",
    "turmeric",
    "marjoram",
    "passport-scan",
    "lavender",
];
/// Where she reads mail.
pub(super) const MAIL: &str = "Hortensia@Example.org";

pub(super) struct House {
    pub(super) scene: Scene,
}

/// Who and what one left.
pub(super) struct Left {
    pub(super) customer: CustomerId,
    pub(super) person: PersonId,
    pub(super) mailed: Case,
    pub(super) others: Case,
}

impl House {
    pub(super) async fn open(engine: Engine) -> House {
        House::with(engine, |_| {}).await
    }

    pub(super) async fn with(engine: Engine, set: impl FnOnce(&mut DeskSettings)) -> House {
        let mut settings = DeskSettings::default();
        settings.mail_in.addresses = vec!["help@house.example".to_owned()];
        set(&mut settings);
        House { scene: Scene::with(engine, settings).await }
    }

    pub(super) fn env(&self) -> &Env {
        &self.scene.env
    }

    pub(super) fn days(&self, days: i64) {
        self.env().clock.advance(SignedDuration::from_hours(24 * days));
    }

    /// Works everything that is due, and one round of retention with it.
    pub(super) async fn round(&self) {
        let env = self.env();
        let now = env.now();
        let begun: Result<_, Stop> = store::write!(self.scene.store, |tx| {
            Ok(jobs::enqueue(tx, env, retention::KEEP, &serde_json::json!({}), now).await?)
        });
        begun.unwrap();
        self.works().await;
    }

    pub(super) async fn works(&self) {
        self.workers().run_until_idle().await.unwrap();
    }

    pub(super) fn workers(&self) -> Workers {
        let workers = Workers::new(self.scene.store.clone(), self.env().clone());
        crate::works(&self.scene.desk).into_iter().fold(workers, Workers::with)
    }

    pub(super) async fn person(&self, kind: AddressKind, value: &str, name: &str) -> Person {
        let hint = Hint {
            name: Some(name.to_owned()),
            language: Language::En,
            audience: Audience::Customer,
        };
        let env = self.env();
        let met = store::write!(self.scene.store, |tx| {
            people::meet(tx, env, kind, value, &hint).await
        });
        met.unwrap().0
    }

    pub(super) async fn case(&self, requester: &Person, origin: Origin, text: &str) -> Case {
        self.case_about(requester, origin, text, Vec::new()).await
    }

    pub(super) async fn case_about(
        &self,
        requester: &Person,
        origin: Origin,
        text: &str,
        refs: Vec<Ref>,
    ) -> Case {
        let env = self.env();
        let made = store::write!(self.scene.store, |tx| {
            let address = people::addresses_of(tx, requester.id).await?.remove(0);
            // Only messengers' names for messages carry those of people.
            let social = matches!(origin, Origin::Telegram | Origin::WhatsApp | Origin::Other);
            let source_id = social.then(|| format!("tg:{}:1", address.value));
            let first = NewMessage {
                source_id,
                ..NewMessage::from_person(requester.id, address.id, origin, Language::En, text)
            };
            let new = NewCase {
                subject: text.to_owned(),
                audience: Audience::Customer,
                side: Side::Mine,
                topic: Some("tokens".to_owned()),
                team: Team::Support,
                priority: Priority::Normal,
                origin,
                language: Language::En,
                requester: requester.id,
                tags: Vec::new(),
                refs: refs.clone(),
                first,
            };
            cases::open(tx, env, new).await
        });
        made.unwrap()
    }

    pub(super) async fn changes(&self, case: CaseId, change: Change) {
        let by = Author::Staff(self.scene.staff(Role::Admin).await.id);
        let env = self.env();
        let changed = store::write!(self.scene.store, |tx| {
            cases::change(tx, env, case, None, by, change.clone()).await
        });
        changed.unwrap();
    }

    /// Solved and closed by staff.
    pub(super) async fn closes(&self, case: CaseId) {
        self.changes(case, Change::State(CaseState::Solved)).await;
        self.changes(case, Change::State(CaseState::Closed)).await;
    }

    pub(super) async fn says(&self, case: CaseId, new: NewMessage) {
        let env = self.env();
        let said =
            store::write!(self.scene.store, |tx| cases::add(tx, env, case, new.clone()).await);
        said.unwrap();
    }

    /// A file of a person in a case; the name of its bytes.
    pub(super) async fn file(&self, case: &Case, name: &str, bytes: &[u8]) -> String {
        let env = self.env();
        let kept = store::write!(self.scene.store, |tx| {
            let file = files::keep(tx, env, Upload { name, declared: "", bytes }).await?;
            let address = people::addresses_of(tx, case.requester).await?.remove(0);
            let new = NewMessage {
                files: vec![file.id],
                ..NewMessage::from_person(
                    case.requester,
                    address.id,
                    Origin::Form,
                    Language::En,
                    "see",
                )
            };
            cases::add(tx, env, case.id, new).await?;
            Ok::<String, Stop>(file.blob)
        });
        kept.unwrap()
    }

    pub(super) async fn arrives(&self, raw: &str) -> RawMailId {
        let env = self.env();
        let arrived = mail_in::Arrived::whole("lmtp", raw.as_bytes());
        let kept =
            store::write!(self.scene.store, |tx| mail_in::keep(tx, env, &arrived).await).unwrap();
        self.works().await;
        kept.id()
    }

    pub(super) async fn asks(&self, person: PersonId) -> Erasure {
        let by = Actor::Staff(self.scene.staff(Role::Admin).await.id);
        let env = self.env();
        let asked = store::write!(self.scene.store, |tx| {
            retention::ask(tx, env, person, (by, "letter of today")).await
        });
        asked.unwrap()
    }

    pub(super) async fn stands(&self, erasure: &Erasure) -> Erasure {
        let mut reader = self.scene.store.read().await.unwrap();
        retention::find(&mut reader, erasure.id).await.unwrap().unwrap()
    }

    pub(super) async fn runs(&self, sql: &'static str) {
        let done: Result<u64, Stop> =
            store::write!(self.scene.store, |tx| Ok(tx.execute(sql, ()).await?));
        done.unwrap();
    }

    pub(super) async fn counts(&self, sql: &'static str) -> i64 {
        let mut reader = self.scene.store.read().await.unwrap();
        reader.fetch_one(sql, ()).await.unwrap().int("many").unwrap()
    }

    /// A customer who is known by a name, a mail address and a messenger, and leaves words in
    /// every room; and Ben, who stays.
    pub(super) async fn left_everywhere(&self) -> Left {
        let env = self.env();
        let new = NewCustomer {
            email: Some(Email::checked(MAIL).unwrap()),
            name: Some(Name::checked("Hortensia Lind").unwrap()),
            external_ref: Some(ExternalRef::checked("user-4711").unwrap()),
            ..NewCustomer::default()
        };
        let (customer, person) = store::write!(self.scene.store, |tx| {
            let customer = customers::register(tx, env, new.clone()).await?;
            Ok::<_, Stop>((customer.id, people::of_customer(tx, env, customer.id).await?))
        })
        .unwrap();
        let raw = "Return-Path: <Hortensia@example.org>\r\nFrom: Hortensia Lind \
                   <hortensia@example.org>\r\nTo: help@house.example\r\nSubject: My saffron\r\n\
                   Message-ID: <1@hortensia.example.org>\r\nDate: Sun, 22 Nov 2026 12:00:00 \
                   +0000\r\n\r\nWhere is my cardamom?\r\n";
        self.arrives(raw).await;
        let mut reader = self.scene.store.read().await.unwrap();
        let row =
            reader.fetch_one("SELECT id FROM cases ORDER BY id DESC LIMIT 1", ()).await.unwrap();
        let mailed = cases::find(&mut reader, row.id("id").unwrap()).await.unwrap().unwrap();
        drop(reader);
        self.messenger(customer).await;
        self.staff_writes(&mailed).await;
        let ben = self.person(AddressKind::Mail, "ben@example.org", "Ben").await;
        let others = self.case(&ben, Origin::Form, "Ben lost his oregano").await;
        let shared = self.file(&mailed, "passport-scan.txt", b"the same bytes of both").await;
        assert_eq!(self.file(&others, "mine.txt", b"the same bytes of both").await, shared);
        self.file(&mailed, "passport-scan.txt", b"lavender in the picture").await;
        self.speaks_in(&person, &others).await;
        self.chats(&person, &mailed).await;
        Left { customer, person: person.id, mailed, others }
    }

    /// What a messenger brought, as it was, and the case it became.
    async fn messenger(&self, customer: CustomerId) {
        let env = self.env();
        let on = self.person(AddressKind::Telegram, "777000111", "Hortensia").await;
        self.case(&on, Origin::Telegram, "tarragon by messenger").await;
        let body = br#"{"message":{"from":{"id":777000111},"text":"tarragon by messenger"}}"#;
        let hash = hex::encode(Sha256::digest(body));
        let done = store::write!(self.scene.store, |tx| {
            people::attach_customer(tx, env, on.id, customer, Proof::Code).await?;
            blobs::put(tx, env.now(), body).await?;
            let sql = "INSERT INTO social_notices (id, channel, hash, state, received_at)
                       VALUES ('evt_1', 'tg', $1, 'read', $2)";
            tx.execute(sql, (&hash, env.now())).await?;
            Ok::<_, Stop>(())
        });
        done.unwrap();
    }

    /// An answer that leaves, a note, a draft; and what she thought of it.
    async fn staff_writes(&self, case: &Case) {
        let staff = self.scene.staff(Role::Agent).await;
        let by = Author::Staff(staff.id);
        let answer = NewMessage::answer(by, Origin::Staff, Language::En, "Dear Hortensia, wait.");
        self.says(case.id, answer).await;
        self.says(case.id, NewMessage::note(by, Language::En, "wants turmeric")).await;
        self.env().clock.advance(SignedDuration::from_mins(5));
        self.works().await;
        let draft = Draft {
            of: DraftOf {
                staff: staff.id,
                case: case.id,
                thread: crate::cases::ThreadKind::Customer,
            },
            partner: None,
            text: "Dear Hortensia".to_owned(),
            seen: 1,
            updated_at: self.env().now(),
        };
        let env = self.env();
        self.changes(case.id, Change::State(CaseState::Solved)).await;
        let done = store::write!(self.scene.store, |tx| {
            inbox::keep_draft(tx, env, draft.clone()).await?;
            contact::rate(tx, env, case.id, case.requester, (2, "marjoram was late")).await?;
            contact::links::make(tx, env, case.id, case.requester, contact::links::USUAL).await?;
            mail_in::suppress(tx, env, "hortensia@example.org", "bounce", None, None).await
        });
        done.unwrap();
    }

    /// She is in copy of somebody else's case and says something there.
    async fn speaks_in(&self, person: &Person, case: &Case) {
        let env = self.env();
        let mut reader = self.scene.store.read().await.unwrap();
        let address = people::addresses_of(&mut reader, person.id).await.unwrap().remove(0);
        drop(reader);
        let new = NewMessage::from_person(
            person.id,
            address.id,
            Origin::Mail,
            Language::En,
            "I have cardamom too, says Hortensia",
        );
        let done =
            store::write!(self.scene.store, |tx| cases::add(tx, env, case.id, new.clone()).await);
        done.unwrap();
    }

    async fn chats(&self, person: &Person, case: &Case) {
        let now = self.env().now();
        let done: Result<(), Stop> = store::write!(self.scene.store, |tx| {
            let sql = "INSERT INTO chat_sessions (id, hash, channel, name, vouched_mail, language,
                       page, person, case_id, created_at, seen_at, expires_at)
                       VALUES ($1, 'h', 'site', 'Hortensia', $2, 'en', '/lavender', $3, $4, $5,
                       $5, $5)";
            let id = self.env().id::<base::id::ChatSession>();
            tx.execute(sql, (id, MAIL, person.id, case.id, now)).await?;
            Ok(())
        });
        done.unwrap();
    }

    /// A payment of hers, and a case about it.
    pub(super) async fn paid(&self, left: &Left) -> (base::id::PaymentId, Case) {
        let payment = self.scene.payment(left.customer).await;
        let mut reader = self.scene.store.read().await.unwrap();
        let person = people::find(&mut reader, left.person).await.unwrap().unwrap();
        drop(reader);
        let refs = vec![Ref::subject(RefKind::Payment, payment)];
        (payment, self.case_about(&person, Origin::Form, "cardamom was paid", refs).await)
    }

    /// Two rounds at once, as two nodes make them.
    pub(super) async fn two_rounds(&self) {
        let round = || {
            let workers = Arc::new(self.workers());
            async move { workers.run_until_idle().await.unwrap() }
        };
        let env = self.env();
        let now = env.now();
        for _ in 0..2 {
            let begun: Result<_, Stop> = store::write!(self.scene.store, |tx| {
                Ok(jobs::enqueue(tx, env, retention::KEEP, &serde_json::json!({}), now).await?)
            });
            begun.unwrap();
        }
        tokio::join!(round(), round());
    }
}
