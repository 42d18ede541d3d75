//! Who may give how much to whom, on both databases.

use base::id::{CustomerId, StaffId};
use base::{SignedDuration, Stop, Tokens};
use billing::tokens::{self, Credited};
use identity::staff::{self, Role};
use store::Page;

use super::*;
use crate::audit::{self, WALLET_CREDITED};
use crate::cases::{
    self, Author, Case, Change, EventKind, NewCase, NewMessage, Origin, Priority, RefKind, Side,
    Team,
};
use crate::people::{self, AddressKind, Audience, Hint};
use crate::scene::{ENGINES, Scene};

fn case_of(message: NewMessage, requester: base::id::PersonId) -> NewCase {
    NewCase {
        subject: "The show broke off too early".to_owned(),
        audience: Audience::Customer,
        side: Side::Unknown,
        topic: None,
        team: Team::Support,
        priority: Priority::Normal,
        origin: message.channel,
        language: message.language,
        requester,
        tags: Vec::new(),
        refs: Vec::new(),
        first: message,
    }
}

/// A case of a customer, by mail from the address the host site vouched for.
async fn asks(scene: &Scene, customer: CustomerId) -> Case {
    let env = &scene.env;
    let case: Result<Case, Stop> = store::write!(scene.store, |tx| {
        let person = people::of_customer(tx, env, customer).await?;
        let address = people::addresses_of(tx, person.id).await?.remove(0);
        let language = base::Language::En;
        let said = NewMessage::from_person(person.id, address.id, Origin::Mail, language, "Help");
        cases::open(tx, env, case_of(said, person.id)).await
    });
    case.unwrap()
}

fn of(case: &Case, customer: CustomerId, staff: StaffId, tokens: i64) -> Give {
    Give {
        case: case.id,
        customer,
        tokens: Tokens::new(tokens).unwrap(),
        reason: "the show broke off".to_owned(),
        staff,
        key: format!("form {staff} {tokens}"),
    }
}

async fn gives(scene: &Scene, ask: Give) -> Result<Credited, Stop> {
    give(&scene.desk, ask).await
}

fn no(answer: Result<Credited, Stop>) -> (&'static str, String) {
    let stop = answer.unwrap_err();
    let refusal = stop.refusal().unwrap();
    (refusal.code, refusal.detail.to_string())
}

async fn balance(scene: &Scene, customer: CustomerId) -> i64 {
    tokens::wallet(&scene.desk.billing, customer).await.unwrap().balance.count()
}

#[tokio::test]
async fn a_credit_is_in_the_wallet_in_the_case_and_in_the_audit_log_once() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await.id;
        let agent = scene.staff(Role::Agent).await.id;
        let case = asks(&scene, ana).await;
        let first = gives(&scene, of(&case, ana, agent, 50)).await.unwrap();
        let again = gives(&scene, of(&case, ana, agent, 50)).await.unwrap();
        assert_eq!((first.earlier, again.earlier), (false, true));
        assert_eq!(balance(&scene, ana).await, 50);
        let mut reader = scene.store.read().await.unwrap();
        let events = cases::events(&mut reader, case.id, 0, 100).await.unwrap();
        let lines: Vec<_> =
            events.iter().filter(|event| event.kind == EventKind::Billing).collect();
        let [line] = &lines[..] else { panic!("one line: {lines:?}") };
        assert_eq!(line.author, Author::Staff(agent));
        assert_eq!(line.body["tokens"], serde_json::json!({ "amount": 50, "unit": "TOK" }));
        assert!(!line.body.to_string().contains("broke"), "no reason in the events");
        let filter = audit::Filter { what: WALLET_CREDITED.to_owned(), ..Default::default() };
        let notes = audit::list(&mut reader, &filter, Page::first(10)).await.unwrap();
        let [note] = &notes[..] else { panic!("one note: {notes:?}") };
        assert_eq!(
            (note.actor.clone(), note.about.clone()),
            (agent.to_string(), first.given.id.to_string())
        );
        assert!(note.why.as_deref().unwrap().contains("the show broke off"));
        drop(reader);
        let found = scene.cases_of(RefKind::Credit, &first.given.id.to_string()).await;
        assert_eq!(found.len(), 1);
        assert!(billing::prove(&scene.desk.billing).await.unwrap().holds());
    }
}

#[tokio::test]
async fn each_role_has_its_limits_and_the_refusal_says_them() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await.id;
        let case = asks(&scene, ana).await;
        for (role, deed, day) in [
            (Role::Agent, 100, 300),
            (Role::Lead, 1_000, 5_000),
            (Role::Finance, 10_000, 50_000),
            (Role::Admin, 10_000, 50_000),
        ] {
            let staff = scene.staff(role).await.id;
            let (code, why) = no(gives(&scene, of(&case, ana, staff, deed + 1)).await);
            assert_eq!(code, "credit_above_limit");
            assert!(why.contains(&deed.to_string()), "{why}");
            let mut left = day;
            let mut nth = 0;
            while left > 0 {
                nth += 1;
                let key = format!("{role} {nth}");
                gives(&scene, Give { key, ..of(&case, ana, staff, deed) }).await.unwrap();
                left -= deed;
            }
            let (code, why) = no(gives(&scene, of(&case, ana, staff, 1)).await);
            assert_eq!(code, "credit_above_day_limit");
            assert!(why.contains(&day.to_string()) && why.contains(" 0 "), "{why}");
            // The same form again is no new credit, so it is above nothing.
            let key = format!("{role} 1");
            let again = gives(&scene, Give { key, ..of(&case, ana, staff, deed) }).await.unwrap();
            assert!(again.earlier);
            scene.env.clock.advance(SignedDuration::from_hours(25));
            gives(&scene, of(&case, ana, staff, 1)).await.unwrap();
            let mut reader = scene.store.read().await.unwrap();
            let room = room(&mut reader, &scene.desk, staff, role).await.unwrap();
            assert_eq!(room.left.count(), day - 1);
        }
    }
}

#[tokio::test]
async fn two_at_once_cannot_pass_the_limit_of_the_day() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await.id;
        let case = asks(&scene, ana).await;
        let agent = scene.staff(Role::Agent).await.id;
        let mut givers = tokio::task::JoinSet::new();
        for nth in 0..6 {
            let ask = Give { key: format!("tab {nth}"), ..of(&case, ana, agent, 100) };
            let desk = scene.desk.clone();
            givers.spawn(async move { give(&desk, ask).await });
        }
        let answers = givers.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3, "{answers:?}");
        assert_eq!(balance(&scene, ana).await, 300);
    }
}

#[tokio::test]
async fn nobody_but_the_proved_customer_of_the_case_gets_anything() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let (ana, eve) = (
            scene.customer("ana@example.org").await.id,
            scene.customer("eve@example.org").await.id,
        );
        let lead = scene.staff(Role::Lead).await.id;
        let case = asks(&scene, ana).await;
        let stranger = gives(&scene, of(&case, eve, lead, 5)).await;
        assert_eq!(no(stranger).0, "credit_not_their_customer");
        // Somebody writes as the same person from an address that nobody has proved.
        let env = &scene.env;
        let claimed: Result<Case, Stop> = store::write!(scene.store, |tx| {
            let person = people::of_customer(tx, env, ana).await?;
            let kind = AddressKind::Telegram;
            let address = people::add_address(tx, env, person.id, kind, "12345").await?;
            let language = base::Language::En;
            let (id, channel) = (person.id, Origin::Telegram);
            let said = NewMessage::from_person(id, address.id, channel, language, "It is me");
            cases::open(tx, env, case_of(said, person.id)).await
        });
        let claimed = gives(&scene, of(&claimed.unwrap(), ana, lead, 5)).await;
        assert_eq!(no(claimed).0, "credit_not_their_customer");
        // Nobody vouches that the last message is from the address it names.
        let env = &scene.env;
        let forged: Result<Case, Stop> = store::write!(scene.store, |tx| {
            let person = people::of_customer(tx, env, ana).await?;
            let address = people::addresses_of(tx, person.id).await?.remove(0);
            let language = base::Language::En;
            let (id, channel) = (person.id, Origin::Mail);
            let said = NewMessage::from_person(id, address.id, channel, language, "It is me");
            let said = NewMessage { verdict: Some("none".into()), ..said };
            cases::open(tx, env, case_of(said, person.id)).await
        });
        let forged = gives(&scene, of(&forged.unwrap(), ana, lead, 5)).await;
        assert_eq!(no(forged).0, "credit_not_their_customer");
        let unknown: Result<Case, Stop> = store::write!(scene.store, |tx| {
            let (language, audience) = (base::Language::En, Audience::Customer);
            let hint = Hint { name: None, language, audience };
            let mail = "somebody@example.net";
            let (person, address) = people::meet(tx, env, AddressKind::Mail, mail, &hint).await?;
            let (id, channel) = (person.id, Origin::Mail);
            let said = NewMessage::from_person(id, address.id, channel, language, "Hello");
            cases::open(tx, env, case_of(said, person.id)).await
        });
        let nobody = gives(&scene, of(&unknown.unwrap(), ana, lead, 5)).await;
        assert_eq!(no(nobody).0, "credit_not_their_customer");
        assert_eq!((balance(&scene, ana).await, balance(&scene, eve).await), (0, 0));
    }
}

#[tokio::test]
async fn whoever_does_not_see_the_case_or_does_not_work_here_gives_nothing() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await.id;
        let (agent, finance) =
            (scene.staff(Role::Agent).await.id, scene.staff(Role::Finance).await);
        let case = asks(&scene, ana).await;
        let env = &scene.env;
        let handed = store::write!(scene.store, |tx| {
            cases::change(tx, env, case.id, None, Author::System, Change::Team(Team::Finance)).await
        });
        handed.unwrap();
        assert_eq!(no(gives(&scene, of(&case, ana, agent, 5)).await).0, "case_unknown");
        gives(&scene, of(&case, ana, finance.id, 5)).await.unwrap();
        scene.staff(Role::Admin).await;
        let left = store::write!(scene.store, |tx| staff::disable(tx, env, finance.id).await);
        left.unwrap();
        for gone in [finance.id, env.id()] {
            assert_eq!(no(gives(&scene, of(&case, ana, gone, 6)).await).0, "credit_not_allowed");
        }
    }
}
