//! How this room behaves on both databases.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use base::{Env, Fault, Kind, Refusal, Stop, Timestamp};
use jiff::SignedDuration;

use super::{Job, Next, State, Work, Workers, again, drop_job, lease, resting};
use super::{enqueue, enqueue_many, find, open_count};
use crate::scratch::Scratch;
use crate::store::{Engine, Store};
use crate::test_both::on_both;

const NO: Refusal = Refusal::new(Kind::Rule, "no", "no");

fn env() -> Env {
    Env::fixed("2026-05-01T10:20:00Z".parse().unwrap(), 5)
}

/// Does what the payload says, and remembers how often it did which.
#[derive(Default)]
struct Obey {
    done: Mutex<HashMap<String, usize>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    env: Option<Env>,
}

impl Obey {
    fn times(&self, what: &str) -> usize {
        self.done.lock().unwrap().get(what).copied().unwrap_or(0)
    }
}

#[async_trait]
impl Work for Obey {
    fn kind(&self) -> &'static str {
        "obey"
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(now, Ordering::SeqCst);
        let what: String = job.read().unwrap_or_else(|_| job.payload.clone());
        let times = {
            let mut done = self.done.lock().unwrap();
            let times = done.entry(what.clone()).or_default();
            *times += 1;
            *times
        };
        if what.starts_with("slow") {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        match what.as_str() {
            "fail" => Err(Fault::of("obey", Fault::new("find the shoes"))),
            "fail once" if times == 1 => Err(Fault::new("obey at once")),
            "panic" => panic!("on purpose"),
            "later" if times < 4 => {
                let now = self.env.as_ref().map_or(Timestamp::UNIX_EPOCH, Env::now);
                Ok(Next::Later(now + SignedDuration::from_hours(1)))
            }
            _ => Ok(Next::Finished),
        }
    }
}

async fn give(store: &Store, env: &Env, what: &str) -> base::id::JobId {
    crate::write!(store, |tx| Ok(enqueue(tx, env, "obey", &what, env.now()).await?)).unwrap()
}

async fn open(store: &Store) -> i64 {
    open_count(&mut store.read().await.unwrap()).await.unwrap()
}

fn workers(store: &Store, env: &Env) -> (Workers, Arc<Obey>) {
    let obey = Arc::new(Obey { env: Some(env.clone()), ..Obey::default() });
    (Workers::new(store.clone(), env.clone()).with(obey.clone()), obey)
}

on_both! {
    a_job_runs_once_when_it_is_due_and_is_gone
    a_job_of_a_refused_deed_was_never_there
    what_fails_is_tried_ten_times_then_rests_and_may_be_woken_or_dropped
    a_panic_is_a_failure
    later_is_no_failure
    an_unknown_kind_waits_for_a_node_that_knows_it
    a_job_whose_worker_went_away_is_ready_when_its_lease_ends
    a_job_that_ends_its_process_every_time_rests
    a_schedule_comes_round_once_a_period_and_is_no_open_work
    two_nodes_share_a_schedule
    only_one_holds_a_lease
    running_workers_work_and_stop_gracefully
    many_jobs_are_queued_with_one_statement
    a_payload_has_a_limit
}

async fn a_job_runs_once_when_it_is_due_and_is_gone(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, obey) = workers(store, &env);
    let due = env.now() + SignedDuration::from_mins(5);
    let id = crate::write!(store, |tx| Ok(enqueue(tx, &env, "obey", &"walk", due).await?)).unwrap();
    assert_eq!(workers.run_until_idle().await.unwrap(), 0);
    let waiting = find(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!((waiting.state, waiting.due_at, waiting.attempts), (State::Ready, due, 0));
    env.clock.advance(SignedDuration::from_mins(5));
    assert_eq!(workers.run_until_idle().await.unwrap(), 1);
    assert_eq!(obey.times("walk"), 1);
    assert!(find(&mut store.read().await.unwrap(), id).await.unwrap().is_none());
    assert_eq!(workers.run_until_idle().await.unwrap(), 0);
}

async fn a_job_of_a_refused_deed_was_never_there(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let refused: Result<(), Stop> = crate::write!(store, |tx| {
        enqueue(tx, &env, "obey", &"walk", env.now()).await?;
        Err(NO.into())
    });
    assert!(refused.unwrap_err().refusal().is_some());
    assert_eq!(open(store).await, 0);
}

async fn what_fails_is_tried_ten_times_then_rests_and_may_be_woken_or_dropped(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, obey) = workers(store, &env);
    let (first, second) = (give(store, &env, "fail").await, give(store, &env, "fail").await);
    let walk = give(store, &env, "walk").await;
    let mut waits = Vec::new();
    for _ in 1..10 {
        workers.run_until_idle().await.unwrap();
        let job = find(&mut store.read().await.unwrap(), first).await.unwrap().unwrap();
        assert_eq!(job.state, State::Ready);
        waits.push(job.due_at.duration_since(env.now()).as_secs());
        env.clock.advance(SignedDuration::from_hours(2));
    }
    assert!(waits[0] <= 7 && waits[8] > 900, "the waits grow: {waits:?}");
    assert!(find(&mut store.read().await.unwrap(), walk).await.unwrap().is_none());
    workers.run_until_idle().await.unwrap();
    assert_eq!(obey.times("fail"), 20);

    env.clock.advance(SignedDuration::from_hours(200));
    assert_eq!(workers.run_until_idle().await.unwrap(), 0);
    assert_eq!(open(store).await, 0);
    let mut reader = store.read().await.unwrap();
    let tired = resting(&mut reader, 10, None).await.unwrap();
    let mut expected = [first, second];
    expected.sort();
    assert_eq!(tired.iter().map(|job| job.id).collect::<Vec<_>>(), expected);
    assert_eq!(tired[0].last_error.as_deref(), Some("failed to obey: failed to find the shoes"));
    let rest = resting(&mut reader, 10, Some(expected[0])).await.unwrap();
    assert_eq!(rest.len(), 1);
    drop(reader);

    assert!(crate::write!(store, |tx| Ok(again(tx, &env, first).await?)).unwrap());
    assert!(crate::write!(store, |tx| Ok(drop_job(tx, second).await?)).unwrap());
    assert!(!crate::write!(store, |tx| Ok(drop_job(tx, first).await?)).unwrap());
    assert_eq!(open(store).await, 1);
    assert_eq!(workers.run_until_idle().await.unwrap(), 1);
    let job = find(&mut store.read().await.unwrap(), first).await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts), (State::Ready, 1));
}

async fn a_panic_is_a_failure(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, _) = workers(store, &env);
    let id = give(store, &env, "panic").await;
    let walk = give(store, &env, "walk").await;
    assert_eq!(workers.run_until_idle().await.unwrap(), 2);
    let mut reader = store.read().await.unwrap();
    let job = find(&mut reader, id).await.unwrap().unwrap();
    assert!(job.last_error.unwrap().contains("it panicked: on purpose"));
    assert!(find(&mut reader, walk).await.unwrap().is_none());
}

async fn later_is_no_failure(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, obey) = workers(store, &env);
    let id = give(store, &env, "later").await;
    for times in 1..=3 {
        assert_eq!(workers.run_until_idle().await.unwrap(), 1);
        let job = find(&mut store.read().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!((obey.times("later"), job.attempts, job.last_error), (times, 0, None));
        env.clock.advance(SignedDuration::from_hours(1));
    }
    workers.run_until_idle().await.unwrap();
    assert_eq!(open(store).await, 0);
}

async fn an_unknown_kind_waits_for_a_node_that_knows_it(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let stranger = Workers::new(store.clone(), env.clone());
    give(store, &env, "walk").await;
    assert_eq!(stranger.run_until_idle().await.unwrap(), 0);
    assert_eq!(open(store).await, 1);
    assert_eq!(workers(store, &env).0.run_until_idle().await.unwrap(), 1);
}

/// Claims without working, as a process that is killed does.
async fn claim_and_die(store: &Store, env: &Env) -> usize {
    let until = env.now() + SignedDuration::from_secs(60);
    let claimed = crate::deed::write_aside!(store, |tx| {
        super::rows::claim(tx, vec!["obey".to_owned()], 10, "dead", env.now(), until).await
    });
    claimed.unwrap().len()
}

async fn a_job_whose_worker_went_away_is_ready_when_its_lease_ends(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, obey) = workers(store, &env);
    let id = give(store, &env, "walk").await;
    assert_eq!(claim_and_die(store, &env).await, 1);
    assert_eq!(workers.run_until_idle().await.unwrap(), 0);
    assert_eq!(open(store).await, 1);
    env.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(workers.run_until_idle().await.unwrap(), 1);
    assert_eq!(obey.times("walk"), 1);
    // The dead come back and settle what is not theirs any more: nothing happens.
    let other = give(store, &env, "fail").await;
    assert_eq!(claim_and_die(store, &env).await, 1);
    env.clock.advance(SignedDuration::from_secs(60));
    workers.run_until_idle().await.unwrap();
    let settled = crate::deed::write_aside!(store, |tx| {
        Ok(super::rows::finish(tx, id, "dead").await?
            + super::rows::finish(tx, other, "dead").await?
            + super::rows::release(tx, other, "dead").await?)
    });
    assert_eq!(settled.unwrap(), 0);
    let job = find(&mut store.read().await.unwrap(), other).await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts), (State::Ready, 2));
}

async fn a_job_that_ends_its_process_every_time_rests(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, obey) = workers(store, &env);
    give(store, &env, "walk").await;
    for _ in 0..10 {
        assert_eq!(claim_and_die(store, &env).await, 1);
        env.clock.advance(SignedDuration::from_secs(60));
    }
    workers.run_until_idle().await.unwrap();
    assert_eq!(obey.times("walk"), 0);
    let tired = resting(&mut store.read().await.unwrap(), 10, None).await.unwrap();
    assert!(tired[0].last_error.as_ref().unwrap().contains("went away every time"));
}

async fn a_schedule_comes_round_once_a_period_and_is_no_open_work(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, obey) = workers(store, &env);
    let workers = workers.every("hourly look", SignedDuration::from_hours(1), "obey");
    let ran = |obey: &Obey| obey.done.lock().unwrap().values().sum::<usize>();
    assert_eq!(workers.run_until_idle().await.unwrap(), 0);
    assert_eq!(open(store).await, 0, "its next run is no open work");
    env.clock.advance(SignedDuration::from_mins(39));
    assert_eq!(workers.run_until_idle().await.unwrap(), 0);
    env.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(workers.run_until_idle().await.unwrap(), 1, "at the full hour");
    assert_eq!(workers.run_until_idle().await.unwrap(), 0);
    // A long sleep is made up for with one run, not with ten.
    env.clock.advance(SignedDuration::from_hours(10));
    assert_eq!(workers.run_until_idle().await.unwrap(), 1);
    assert_eq!((ran(&obey), open(store).await), (2, 0));
}

async fn two_nodes_share_a_schedule(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let obey = Arc::new(Obey::default());
    let node = || {
        Workers::new(store.clone(), env.clone()).with(obey.clone()).every(
            "hourly look",
            SignedDuration::from_hours(1),
            "obey",
        )
    };
    let (a, b) = (node(), node());
    let mut tries = 0;
    for _ in 0..5 {
        let (one, other) = tokio::join!(a.run_until_idle(), b.run_until_idle());
        tries += one.unwrap() + other.unwrap();
        env.clock.advance(SignedDuration::from_hours(1));
    }
    assert_eq!(tries, 4);
}

async fn only_one_holds_a_lease(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let take = |who: &'static str, now: Timestamp| async move {
        let until = now + SignedDuration::from_secs(10);
        crate::write!(store, |tx| Ok(lease::take(tx, "mailbox", who, now, until).await?)).unwrap()
    };
    let now = env.now();
    let later = |seconds| now + SignedDuration::from_secs(seconds);
    assert!(take("ana", now).await);
    assert!(!take("ben", later(9)).await);
    assert!(take("ana", later(9)).await, "it is extended");
    assert!(!take("ben", later(18)).await);
    assert!(take("ben", later(19)).await, "it has ended");
    crate::write!(store, |tx| Ok(lease::release(tx, "mailbox", "ana").await?)).unwrap();
    assert!(!take("ana", later(20)).await, "it was not hers to give back");
    crate::write!(store, |tx| Ok(lease::release(tx, "mailbox", "ben").await?)).unwrap();
    assert!(take("ana", later(20)).await);
    // Many at once: one gets it.
    let who: Vec<String> = (0..12).map(|nth| format!("node {nth}")).collect();
    let takes = who.iter().map(|who| async {
        crate::write!(store, |tx| Ok(lease::take(tx, "outlet", who, now, later(10)).await?))
            .unwrap()
    });
    let taken = futures_util::future::join_all(takes).await;
    assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
}

async fn running_workers_work_and_stop_gracefully(scratch: Scratch) {
    let store = &scratch.store;
    let env = Env { clock: base::Clock::system(), ..env() };
    let (workers, obey) = workers(store, &env);
    let workers = Arc::new(workers.at_once(3));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(Arc::clone(&workers).run(async { drop(stopped.await) }));
    tokio::time::sleep(Duration::from_millis(100)).await;
    for nth in 0..8 {
        give(store, &env, &format!("slow {nth}")).await;
    }
    tokio::time::timeout(Duration::from_secs(20), async {
        while open(store).await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the jobs were not worked");
    assert_eq!(obey.most_at_once.load(Ordering::SeqCst), 3, "a bounded number at once");

    for nth in 10..20 {
        give(store, &env, &format!("slow {nth}")).await;
    }
    while obey.at_once.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stop.send(()).unwrap();
    running.await.unwrap();
    let begun: usize = obey.done.lock().unwrap().values().sum();
    assert!(begun < 18, "it stopped claiming");
    assert_eq!(open(store).await, 18 - begun as i64, "what was begun was finished");
    assert_eq!(obey.at_once.load(Ordering::SeqCst), 0);
}

async fn many_jobs_are_queued_with_one_statement(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let (workers, obey) = workers(store, &env);
    let payloads: Vec<String> = (0..300).map(|nth| format!("walk {nth}")).collect();
    crate::write!(store, |tx| {
        enqueue_many(tx, &env, "obey", &payloads, env.now()).await?;
        enqueue_many(tx, &env, "obey", &[] as &[String], env.now()).await?;
        Ok(())
    })
    .unwrap();
    assert_eq!(open(store).await, 300);
    assert_eq!(workers.run_until_idle().await.unwrap(), 300);
    assert!(obey.done.lock().unwrap().values().all(|times| *times == 1));
}

async fn a_payload_has_a_limit(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let huge = "x".repeat(super::LARGEST_PAYLOAD);
    let queued = crate::write!(store, |tx| Ok(enqueue(tx, &env, "obey", &huge, env.now()).await?));
    assert!(queued.unwrap_err().to_string().contains("too large"));
}

/// Two nodes on one database, eight workers between them, two thousand jobs: each worked once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_heavy_soak_over_two_nodes_works_each_job_once() {
    let scratch = Scratch::new(Engine::Postgres).await;
    let other = Store::open_postgres(scratch.url().unwrap(), 10).await.unwrap();
    let env = Env { clock: base::Clock::system(), ..env() };
    let obey = Arc::new(Obey::default());
    let mut stops = Vec::new();
    let mut nodes = tokio::task::JoinSet::new();
    for store in [scratch.store.clone(), other.clone()] {
        let workers = Workers::new(store, env.clone()).with(obey.clone()).at_once(4);
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        stops.push(stop);
        nodes.spawn(Arc::new(workers).run(async { drop(stopped.await) }));
    }
    let begun = std::time::Instant::now();
    for part in 0..20 {
        let payloads: Vec<String> = (0..100).map(|nth| format!("walk {part} {nth}")).collect();
        crate::write!(scratch.store, |tx| {
            Ok(enqueue_many(tx, &env, "obey", &payloads, env.now()).await?)
        })
        .unwrap();
    }
    for _ in 0..6_000 {
        if open(&other).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("2000 jobs in {:?}", begun.elapsed());
    assert_eq!(open(&other).await, 0);
    drop(stops);
    nodes.join_all().await;
    let done = obey.done.lock().unwrap();
    assert_eq!(done.len(), 2_000);
    assert!(done.values().all(|times| *times == 1), "some were worked twice");
}

#[tokio::test]
async fn a_restart_does_not_wait_for_the_leases_of_the_process_that_died() {
    let folder = tempfile::tempdir().unwrap();
    let env = env();
    let before = Store::open_sqlite(folder.path(), crate::Access::Owner).await.unwrap();
    give(&before, &env, "walk").await;
    assert_eq!(claim_and_die(&before, &env).await, 1);
    before.close().await;
    drop(before);
    let after = Store::open_sqlite(folder.path(), crate::Access::Owner).await.unwrap();
    assert_eq!(workers(&after, &env).0.run_until_idle().await.unwrap(), 1);
    assert_eq!(open(&after).await, 0);
}

#[tokio::test]
async fn a_long_queue_is_claimed_from_by_index() {
    use crate::reads::Reads as _;
    let scratch = Scratch::new(Engine::Sqlite).await;
    let plan: &'static str = format!("EXPLAIN QUERY PLAN {}", super::rows::CLAIM).leak();
    let args = ("token", 1_i64, vec!["obey".to_owned()], 1_i64, 10_i64);
    let rows = crate::write!(scratch.store, |tx| {
        Ok(tx.fetch_all(plan, (args.0, args.1, args.2.clone(), args.3, args.4)).await?)
    });
    let plan: Vec<String> = rows.unwrap().iter().map(|row| row.text("detail").unwrap()).collect();
    let plan = plan.join("; ");
    assert!(plan.contains("INDEX jobs_due (due_at<?)"), "{plan}");
    assert!(!plan.contains("SCAN jobs") && !plan.contains("TEMP B-TREE"), "{plan}");
}
