//! Promises over the life of a real case, on both databases.

use std::sync::Arc;

use base::id::CaseId;
use base::{Language, SignedDuration, Stop, Timestamp};
use identity::staff::Role;
use store::jobs::Workers;

use super::promises::{Kind, Promises, Target};
use super::ring::{RING, Ring};
use super::{clocks_of, promise, put_in_force, set_hard};
use crate::cases::{
    self, Author, Case, CaseState, Change, EventKind, NewCase, NewMessage, Origin, Priority, Side,
    Team,
};
use crate::people::{self, AddressKind, Audience, Hint};
use crate::scene::{ENGINES, Scene};

/// Somebody writes.
async fn asks(scene: &Scene) -> Case {
    let env = &scene.env;
    let made: Result<Case, Stop> = store::write!(scene.store, |tx| {
        let hint = Hint { name: None, language: Language::Da, audience: Audience::Customer };
        let met = people::meet(tx, env, AddressKind::Mail, "mia@example.org", &hint).await?;
        let (person, address) = (met.0.id, met.1.id);
        let text = "I was charged twice on Sunday.";
        let first = NewMessage::from_person(person, address, Origin::Mail, Language::Da, text);
        let new = NewCase {
            subject: "Charged twice for tokens on Sunday".to_owned(),
            audience: Audience::Customer,
            side: Side::Mine,
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin: Origin::Mail,
            language: Language::Da,
            requester: person,
            tags: Vec::new(),
            refs: Vec::new(),
            first,
        };
        cases::open(tx, env, new).await
    });
    made.unwrap()
}

/// The customer writes once more.
async fn asks_again(scene: &Scene, case: &Case) {
    let env = &scene.env;
    let said: Result<(), Stop> = store::write!(scene.store, |tx| {
        let hint = Hint { name: None, language: Language::Da, audience: Audience::Customer };
        let met = people::meet(tx, env, AddressKind::Mail, "mia@example.org", &hint).await?;
        let (person, address) = (met.0.id, met.1.id);
        let more = NewMessage::from_person(person, address, Origin::Mail, Language::Da, "And now?");
        cases::add(tx, env, case.id, more).await.map(|_| ())
    });
    said.unwrap();
}

async fn now(scene: &Scene, id: CaseId) -> Case {
    cases::find(&mut scene.store.read().await.unwrap(), id).await.unwrap().unwrap()
}

/// What staff were told of promises, in order.
async fn rung(scene: &Scene, id: CaseId) -> Vec<String> {
    let ring = Ring::new(scene.store.clone(), scene.env.clone());
    let workers = Workers::new(scene.store.clone(), scene.env.clone()).with(Arc::new(ring));
    let asked: Result<(), Stop> = store::write!(scene.store, |tx| {
        let none = serde_json::json!({});
        Ok(store::jobs::enqueue(tx, &scene.env, RING, &none, scene.env.now()).await.map(|_| ())?)
    });
    asked.unwrap();
    workers.run_until_idle().await.unwrap();
    let mut reader = scene.store.read().await.unwrap();
    let told = cases::events(&mut reader, id, 0, 200).await.unwrap();
    let clocks = told.iter().filter(|event| event.kind == EventKind::Clock);
    clocks
        .map(|event| format!("{} {}", event.body["kind"], event.body["what"]).replace('"', ""))
        .collect()
}

fn later(since: Timestamp, hours: i64) -> Option<Timestamp> {
    Some(since + SignedDuration::from_hours(hours))
}

#[tokio::test]
async fn who_asks_is_promised_an_answer_and_staff_hear_when_it_is_late() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let began = scene.env.now();
        let case = asks(&scene).await;
        assert_eq!(case.due_at, later(began, 48));
        assert_eq!(case.due_kind.as_deref(), Some("first_answer"));
        assert!(rung(&scene, case.id).await.is_empty());
        scene.pass(24 * 60);
        assert_eq!(rung(&scene, case.id).await, ["first_answer soon"]);
        scene.pass(24 * 60);
        let told = ["first_answer soon", "first_answer broken"];
        assert_eq!(rung(&scene, case.id).await, told);
        assert_eq!(rung(&scene, case.id).await, told, "each is told once");
        let found = clocks_of(&mut scene.store.read().await.unwrap(), case.id).await.unwrap();
        assert_eq!(found[0].breached_at, later(began, 48));
    }
}

#[tokio::test]
async fn an_answer_keeps_the_promise_and_the_next_question_begins_another() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ben = scene.staff(Role::Agent).await;
        let case = asks(&scene).await;
        scene.pass(60);
        let by = Author::Staff(ben.id);
        let answer = NewMessage::answer(by, Origin::Mail, Language::Da, "Looking.");
        let said: Result<_, Stop> =
            store::write!(scene.store, |tx| cases::add(tx, &scene.env, case.id, answer.clone())
                .await);
        said.unwrap();
        assert_eq!(now(&scene, case.id).await.due_at, None, "it is the customer's turn");
        scene.pass(600);
        let asked = scene.env.now();
        asks_again(&scene, &case).await;
        let case = now(&scene, case.id).await;
        assert_eq!(
            (case.due_at, case.due_kind.as_deref()),
            (later(asked, 48), Some("next_answer"))
        );
        scene.pass(60);
        let solve = Change::State(CaseState::Solved);
        let solved: Result<_, Stop> = store::write!(scene.store, |tx| {
            cases::change(tx, &scene.env, case.id, None, by, solve.clone()).await
        });
        assert_eq!(solved.unwrap().due_at, None);
        let found = clocks_of(&mut scene.store.read().await.unwrap(), case.id).await.unwrap();
        let kept: Vec<_> = found.iter().map(|clock| (clock.kind, clock.kept())).collect();
        let all = [(Kind::FirstAnswer, Some(true)), (Kind::NextAnswer, Some(true))];
        assert_eq!(kept, all);
    }
}

#[tokio::test]
async fn an_answer_that_is_taken_back_gives_no_more_time() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ben = scene.staff(Role::Agent).await;
        let began = scene.env.now();
        let case = asks(&scene).await;
        scene.pass(47 * 60);
        let by = Author::Staff(ben.id);
        let answer = NewMessage {
            undo: Some(SignedDuration::from_secs(15)),
            ..NewMessage::answer(by, Origin::Mail, Language::Da, "Oops.")
        };
        let said: Result<_, Stop> =
            store::write!(scene.store, |tx| cases::add(tx, &scene.env, case.id, answer.clone())
                .await);
        let message = said.unwrap().message.id;
        let back: Result<_, Stop> =
            store::write!(scene.store, |tx| cases::withdraw(tx, &scene.env, message, by).await);
        back.unwrap();
        assert_eq!(now(&scene, case.id).await.due_at, later(began, 48));
    }
}

#[tokio::test]
async fn what_is_put_away_waits_without_a_clock_and_a_bank_does_not() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ben = scene.staff(Role::Agent).await;
        let began = scene.env.now();
        let case = asks(&scene).await;
        scene.pass(10 * 60);
        let until = scene.env.now() + SignedDuration::from_hours(100);
        let away: Result<_, Stop> = store::write!(scene.store, |tx| {
            let by = Author::Staff(ben.id);
            cases::change(tx, &scene.env, case.id, None, by, Change::Snooze(until)).await
        });
        let away = away.unwrap();
        assert_eq!(away.due_at, None);
        let bank = began + SignedDuration::from_hours(72);
        let due: Result<_, Stop> = store::write!(scene.store, |tx| {
            set_hard(tx, scene.env.now(), &away, bank).await?;
            set_hard(tx, scene.env.now(), &away, bank).await
        });
        assert_eq!(due.unwrap().map(|due| (due.at, due.kind)), Some((bank, Kind::Hard)));
        scene.pass(100 * 60);
        asks_again(&scene, &case).await;
        let case = now(&scene, case.id).await;
        assert_eq!((case.due_at, case.due_kind.as_deref()), (Some(bank), Some("hard")));
        let found = clocks_of(&mut scene.store.read().await.unwrap(), case.id).await.unwrap();
        let first = found.iter().find(|clock| clock.kind == Kind::FirstAnswer).unwrap();
        assert_eq!(first.due_at, later(began, 148), "38 hours were left");
    }
}

#[tokio::test]
async fn a_new_promise_holds_from_now_on() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let began = scene.env.now();
        let old = asks(&scene).await;
        let target = Target { warn_minutes: 60, breach_minutes: 120 };
        let rules = Promises { first_answer: target, ..Promises::default() };
        for _ in 0..2 {
            put_in_force(&scene.store, &scene.env, &rules).await.unwrap();
        }
        let new = asks(&scene).await;
        assert_eq!((old.due_at, new.due_at), (later(began, 48), later(began, 2)));
        let mut reader = scene.store.read().await.unwrap();
        assert_eq!(Some(promise(&mut reader, began).await.unwrap()), later(began, 2));
        assert_eq!(super::rows::in_force(&mut reader).await.unwrap(), Some((1, rules)));
    }
}
