//! How this room behaves on both databases.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use base::id::EventId;
use base::{Env, Fault, Kind, Refusal, Stop};
use jiff::SignedDuration;
use serde_json::json;

use super::{Event, FanOut, Filter, Listener};
use super::{again, find, list, resting, tell, tell_many, unheard_count};
use crate::scratch::Scratch;
use crate::store::{Engine, Store};
use crate::test_both::on_both;
use crate::tx::Tx;

const NO: Refusal = Refusal::new(Kind::Rule, "no", "no");

fn env() -> Env {
    Env::fixed("2026-05-01T10:20:00Z".parse().unwrap(), 5)
}

fn event(env: &Env, kind: &'static str, subject: &str, sequence: i64) -> Event {
    env.clock.advance(SignedDuration::from_millis(1));
    Event {
        id: env.id(),
        kind: kind.into(),
        subject: subject.to_owned(),
        sequence,
        body: json!({ "amount": sequence, "note": "é \" 💶" }),
        created_at: env.now(),
    }
}

async fn told(store: &Store, events: &[Event]) {
    crate::write!(store, |tx| Ok(tell_many(tx, events).await?)).unwrap();
}

/// Writes down what it heard with the transaction, stumbling over some.
struct Scribe {
    name: &'static str,
    cannot_hear: Mutex<&'static str>,
}

impl Scribe {
    fn new(name: &'static str) -> Arc<Scribe> {
        Arc::new(Scribe { name, cannot_hear: Mutex::new("") })
    }

    fn stumbles_over(&self, kind: &'static str) {
        *self.cannot_hear.lock().unwrap() = kind;
    }
}

#[async_trait]
impl Listener for Scribe {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn hear(&self, tx: &mut Tx, event: &Event) -> Result<(), Fault> {
        tx.execute(
            "INSERT INTO scribbles (who, event, subject) VALUES ($1, $2, $3)",
            (self.name, event.id, &event.subject),
        )
        .await?;
        let cannot = *self.cannot_hear.lock().unwrap();
        assert!(!(cannot == "panic" && event.kind == "odd"), "on purpose");
        if event.kind == cannot {
            return Err(Fault::new("make sense of it"));
        }
        Ok(())
    }
}

async fn paper(store: &Store) {
    crate::write!(store, |tx| {
        tx.execute(
            "CREATE TABLE scribbles (who TEXT, event TEXT, subject TEXT, UNIQUE (who, event))",
            (),
        )
        .await?;
        Ok(())
    })
    .unwrap();
}

async fn scribbles(store: &Store, who: &str) -> Vec<String> {
    use crate::reads::Reads as _;
    let mut reader = store.read().await.unwrap();
    let sql = "SELECT subject FROM scribbles WHERE who = $1 ORDER BY event";
    let rows = reader.fetch_all(sql, (who,)).await.unwrap();
    rows.iter().map(|row| row.text("subject").unwrap()).collect()
}

async fn unheard(store: &Store) -> i64 {
    unheard_count(&mut store.read().await.unwrap()).await.unwrap()
}

on_both! {
    every_listener_hears_every_event_once
    an_event_of_a_refused_deed_was_never_told
    an_event_survives_storage
    what_an_event_says_of_somebody_can_be_emptied
    lists_go_both_ways_and_filter
    a_poison_event_blocks_nobody_and_rests_visibly
    a_panic_of_a_listener_is_its_failure
    another_holder_keeps_this_one_out_until_the_lease_ends
    a_running_fan_out_hears_what_is_told
}

async fn what_an_event_says_of_somebody_can_be_emptied(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    told(store, &[event(&env, "odd", "ana", 1), event(&env, "odd", "ben", 2)]).await;
    for expected in [1, 0] {
        let fields = ["note", "nothing"];
        let emptied = crate::write!(store, |tx| Ok(super::forget(tx, "ana", &fields).await?));
        assert_eq!(emptied.unwrap(), expected, "once");
    }
    let events = list(&mut store.read().await.unwrap(), &Filter::default()).await.unwrap();
    let body =
        |subject: &str| events.iter().find(|event| event.subject == subject).unwrap().body.clone();
    assert_eq!(body("ana"), json!({ "amount": 1, "note": null }));
    assert_eq!(body("ben")["note"], "é \" 💶");
}

async fn every_listener_hears_every_event_once(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    paper(store).await;
    let fan_out =
        FanOut::new(store.clone(), env.clone(), vec![Scribe::new("ana"), Scribe::new("ben")]);
    let events: Vec<Event> =
        (0..250).map(|nth| event(&env, "odd", &format!("{nth:03}"), nth)).collect();
    told(store, &events).await;
    assert_eq!(unheard(store).await, 250);
    assert_eq!(fan_out.run_until_idle().await.unwrap(), 250);
    assert_eq!(fan_out.run_until_idle().await.unwrap(), 0);
    let expected: Vec<String> = (0..250).map(|nth| format!("{nth:03}")).collect();
    assert_eq!(scribbles(store, "ana").await, expected);
    assert_eq!(scribbles(store, "ben").await, expected);
    assert_eq!(unheard(store).await, 0);
}

async fn an_event_of_a_refused_deed_was_never_told(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let event = event(&env, "odd", "pay_1", 1);
    let refused: Result<(), Stop> = crate::write!(store, |tx| {
        tell(tx, &event).await?;
        Err(NO.into())
    });
    assert!(refused.is_err());
    assert!(find(&mut store.read().await.unwrap(), event.id).await.unwrap().is_none());
}

async fn an_event_survives_storage(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let event = event(&env, "payment.captured", "pay_1", 3);
    told(store, &[]).await;
    told(store, std::slice::from_ref(&event)).await;
    let found = find(&mut store.read().await.unwrap(), event.id).await.unwrap();
    assert_eq!(found, Some(event));
}

async fn lists_go_both_ways_and_filter(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let events: Vec<Event> = (0..20)
        .map(|nth| {
            let kind = if nth % 2 == 0 { "payment.captured" } else { "tip.left" };
            event(&env, kind, if nth % 5 == 0 { "five" } else { "other" }, nth)
        })
        .collect();
    told(store, &events).await;
    let listed = |filter: Filter| async move {
        let found = list(&mut store.read().await.unwrap(), &filter).await.unwrap();
        found.iter().map(|event| event.sequence).collect::<Vec<_>>()
    };
    let some = |limit| Filter { limit, ..Filter::default() };
    let id = |nth: usize| Some(events[nth].id);
    assert_eq!(listed(some(3)).await, [19, 18, 17]);
    assert_eq!(listed(Filter { after: id(17), ..some(3) }).await, [16, 15, 14]);
    assert_eq!(listed(Filter { before: id(14), ..some(3) }).await, [17, 16, 15]);
    assert_eq!(listed(Filter { before: id(19), ..some(3) }).await, [0; 0]);
    let tips = Filter { kind_prefix: Some("tip.".to_owned()), ..some(3) };
    assert_eq!(listed(tips).await, [19, 17, 15]);
    let fives = Filter { subject: Some("five".to_owned()), ..some(3) };
    assert_eq!(listed(fives.clone()).await, [15, 10, 5]);
    assert_eq!(listed(Filter { before: id(0), ..fives.clone() }).await, [15, 10, 5]);
    let both = Filter { kind_prefix: Some("tip".to_owned()), ..fives };
    assert_eq!(listed(both).await, [15, 5]);
    let wild = Filter { kind_prefix: Some("%".to_owned()), ..some(3) };
    assert_eq!(listed(wild).await, [0; 0], "a prefix is no pattern");
}

async fn a_poison_event_blocks_nobody_and_rests_visibly(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    paper(store).await;
    let scribe = Scribe::new("ana");
    scribe.stumbles_over("odd");
    let fan_out = FanOut::new(store.clone(), env.clone(), vec![Scribe::new("ben"), scribe.clone()]);
    let poison = event(&env, "odd", "b", 1);
    told(store, &[event(&env, "even", "a", 1), poison.clone(), event(&env, "even", "c", 1)]).await;
    assert_eq!(fan_out.run_until_idle().await.unwrap(), 2);
    assert_eq!(scribbles(store, "ana").await, ["a", "c"]);
    assert_eq!(scribbles(store, "ben").await, ["a", "c"], "all hear it or nobody does");

    for tries in 1..10 {
        let tired = resting(&mut store.read().await.unwrap(), 10, None).await.unwrap();
        assert!(tired.is_empty(), "after {tries} tries");
        env.clock.advance(SignedDuration::from_hours(2));
        assert_eq!(fan_out.run_until_idle().await.unwrap(), 0);
    }
    let tired = resting(&mut store.read().await.unwrap(), 10, None).await.unwrap();
    assert_eq!((&tired[0].event, tired[0].attempts), (&poison, 10));
    let why = tired[0].last_error.as_deref().unwrap();
    assert_eq!(why, "failed to let ana hear: failed to make sense of it");
    assert_eq!(unheard(store).await, 0);

    scribe.stumbles_over("nothing");
    assert!(crate::write!(store, |tx| Ok(again(tx, &env, poison.id).await?)).unwrap());
    assert_eq!(fan_out.run_until_idle().await.unwrap(), 1);
    assert_eq!(scribbles(store, "ben").await.len(), 3);
    assert!(!crate::write!(store, |tx| Ok(again(tx, &env, poison.id).await?)).unwrap());
}

async fn a_panic_of_a_listener_is_its_failure(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    paper(store).await;
    let scribe = Scribe::new("ana");
    scribe.stumbles_over("panic");
    let fan_out = FanOut::new(store.clone(), env.clone(), vec![scribe]);
    told(store, &[event(&env, "odd", "a", 1), event(&env, "even", "b", 1)]).await;
    assert_eq!(fan_out.run_until_idle().await.unwrap(), 1);
    assert_eq!(scribbles(store, "ana").await, ["b"]);
}

async fn another_holder_keeps_this_one_out_until_the_lease_ends(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let fan_out = FanOut::new(store.clone(), env.clone(), vec![]);
    let (now, until) = (env.now(), env.now() + SignedDuration::from_secs(15));
    crate::write!(store, |tx| {
        Ok(crate::jobs::lease::take(tx, "fan-out", "a dead node", now, until).await?)
    })
    .unwrap();
    told(store, &[event(&env, "even", "a", 1)]).await;
    assert_eq!(fan_out.run_until_idle().await.unwrap(), 0);
    env.clock.advance(SignedDuration::from_secs(15));
    assert_eq!(fan_out.run_until_idle().await.unwrap(), 1);
}

async fn a_running_fan_out_hears_what_is_told(scratch: Scratch) {
    let store = &scratch.store;
    let env = Env { clock: base::Clock::system(), ..env() };
    paper(store).await;
    let fan_out = Arc::new(FanOut::new(store.clone(), env.clone(), vec![Scribe::new("ana")]));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = {
        let fan_out = Arc::clone(&fan_out);
        tokio::spawn(async move { fan_out.run(async { drop(stopped.await) }).await })
    };
    tokio::time::sleep(Duration::from_millis(50)).await;
    for nth in 0..5 {
        told(store, &[event(&env, "even", "a", nth)]).await;
    }
    tokio::time::timeout(Duration::from_secs(10), async {
        while unheard(store).await > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("nobody heard");
    stop.send(()).unwrap();
    running.await.unwrap();
    assert_eq!(scribbles(store, "ana").await.len(), 5);
    let mut reader = store.read().await.unwrap();
    let holder = crate::jobs::lease::holder(&mut reader, "fan-out").await.unwrap();
    assert_eq!(holder, None, "it let go when it stopped");
}

/// Events told by transactions that commit in any order, heard by two nodes at once: each once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_event_is_missed_or_heard_twice_whatever_the_order_of_commits() {
    let scratch = Scratch::new(Engine::Postgres).await;
    let other = Store::open_postgres(scratch.url().unwrap(), 10).await.unwrap();
    let env = Env { clock: base::Clock::system(), ..env() };
    paper(&scratch.store).await;
    let mut stops = Vec::new();
    let mut nodes = tokio::task::JoinSet::new();
    for store in [scratch.store.clone(), other.clone()] {
        let fan_out = FanOut::new(store, env.clone(), vec![Scribe::new("ana")]);
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        stops.push(stop);
        nodes.spawn(async move { fan_out.run(async { drop(stopped.await) }).await });
    }
    let mut tellers = tokio::task::JoinSet::new();
    for teller in 0..8_u64 {
        let (store, env) = (if teller % 2 == 0 { &scratch.store } else { &other }, env.clone());
        let store = store.clone();
        tellers.spawn(async move {
            for nth in 0..25 {
                let event = event(&env, "even", "a", nth);
                crate::write!(store, |tx| {
                    tell(tx, &event).await?;
                    // Commits long after its id was made, so that later ids are heard before.
                    tokio::time::sleep(Duration::from_millis(teller * 3)).await;
                    Ok(())
                })
                .unwrap();
            }
        });
    }
    tellers.join_all().await;
    for _ in 0..3_000 {
        if unheard(&other).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(stops);
    nodes.join_all().await;
    assert_eq!(scribbles(&other, "ana").await.len(), 200);
    let none: Vec<EventId> = resting(&mut other.read().await.unwrap(), 10, None)
        .await
        .unwrap()
        .iter()
        .map(|unheard| unheard.event.id)
        .collect();
    assert_eq!(none, []);
}
