//! The spend pipeline: in order, together, durable before it is answered.

use std::time::Duration;

use base::Fault;
use store::scratch::Scratch;
use store::{Group, Pipeline, Reads as _, Tx};

use crate::world::{amount, make_rows, on_both, set, sum};

on_both! {
    asks_are_answered_in_the_order_they_came
    a_refusal_inside_of_a_group_stops_nobody_else
    a_group_that_fails_answers_everybody_with_a_fault_and_the_next_goes_on
    a_panic_fails_its_group_only
    a_group_that_forgets_an_answer_is_not_kept
    a_caller_that_goes_away_stops_nobody
    spends_gather_while_a_group_is_committed
}

/// Takes from row 0; a negative ask breaks something.
struct Take;

const PANIC: i64 = -1;
const FAIL: i64 = -2;
const FORGET: i64 = -3;

impl Group for Take {
    type Ask = i64;
    type Answer = Result<i64, &'static str>;

    async fn decide(&self, tx: &mut Tx, asks: &[i64]) -> Result<Vec<Self::Answer>, Fault> {
        let mut left = amount(tx, 0).await?;
        let mut answers = Vec::new();
        for ask in asks {
            match *ask {
                PANIC => panic!("on purpose"),
                FAIL => drop(tx.execute("UPDATE nowhere SET a = 1", ()).await?),
                FORGET => {}
                by if by > left => answers.push(Err("not enough")),
                by => {
                    left -= by;
                    answers.push(Ok(left));
                }
            }
        }
        set(tx, 0, left).await?;
        tx.execute("INSERT INTO groups (size) VALUES ($1)", (asks.len() as i64,)).await?;
        Ok(answers)
    }
}

async fn start(scratch: &Scratch) -> Pipeline<Take> {
    make_rows(&scratch.store, 1).await;
    store::write!(scratch.store, |tx| {
        tx.execute("CREATE TABLE groups (size BIGINT)", ()).await?;
        Ok(())
    })
    .unwrap();
    Pipeline::start(scratch.store.clone(), Take)
}

async fn asks_are_answered_in_the_order_they_came(scratch: Scratch) {
    let pipeline = start(&scratch).await;
    // Joined futures ask in the order they stand in, as long as tokio lets them go on.
    let all = futures_util::future::join_all((0..100).map(|_| pipeline.ask(1))).await;
    let left: Vec<i64> = all.into_iter().map(|answer| answer.unwrap().unwrap()).collect();
    assert_eq!(left, (900..1000).rev().collect::<Vec<_>>());
    assert_eq!(sum(&scratch.store).await, 900);
}

async fn a_refusal_inside_of_a_group_stops_nobody_else(scratch: Scratch) {
    let pipeline = start(&scratch).await;
    let (a, b, c) = tokio::join!(pipeline.ask(600), pipeline.ask(600), pipeline.ask(400));
    assert_eq!((a.unwrap(), b.unwrap(), c.unwrap()), (Ok(400), Err("not enough"), Ok(0)));
    assert_eq!(sum(&scratch.store).await, 0);
}

async fn everybody_hears_of(scratch: &Scratch, what: i64) {
    let pipeline = start(scratch).await;
    let (a, b, c) = tokio::join!(pipeline.ask(1), pipeline.ask(what), pipeline.ask(2));
    let (a, b, c) = (a.is_err(), b.is_err(), c.is_err());
    assert!(b, "the one who broke it");
    // The first may have gone into a group of its own; nobody is told "done" of what is not.
    let done = i64::from(!a) + 2 * i64::from(!c);
    assert_eq!(sum(&scratch.store).await, 1000 - done);
    let left = tokio::time::timeout(Duration::from_secs(5), pipeline.ask(10)).await.unwrap();
    assert_eq!(left.unwrap(), Ok(990 - done), "the pipeline goes on");
}

async fn a_group_that_fails_answers_everybody_with_a_fault_and_the_next_goes_on(scratch: Scratch) {
    everybody_hears_of(&scratch, FAIL).await;
}

async fn a_panic_fails_its_group_only(scratch: Scratch) {
    everybody_hears_of(&scratch, PANIC).await;
}

async fn a_group_that_forgets_an_answer_is_not_kept(scratch: Scratch) {
    everybody_hears_of(&scratch, FORGET).await;
}

async fn a_caller_that_goes_away_stops_nobody(scratch: Scratch) {
    let pipeline = start(&scratch).await;
    let mut tasks = tokio::task::JoinSet::new();
    for nth in 0..200_u64 {
        let pipeline = pipeline.clone();
        tasks.spawn(async move {
            let ask = pipeline.ask(1);
            if nth % 2 == 0 {
                let _ = tokio::time::timeout(Duration::from_micros(nth * 5), ask).await;
                0
            } else {
                ask.await.unwrap().unwrap();
                1
            }
        });
    }
    let answered: i64 = tasks.join_all().await.iter().sum();
    assert_eq!(answered, 100);
    // One more, so that whatever was still under way is over.
    let left = pipeline.ask(0).await.unwrap().unwrap();
    assert!((800..=900).contains(&left), "{left}");
    assert_eq!(sum(&scratch.store).await, left);
}

async fn spends_gather_while_a_group_is_committed(scratch: Scratch) {
    let pipeline = start(&scratch).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let pipeline = pipeline.clone();
        tasks.spawn(async move {
            for _ in 0..10 {
                pipeline.ask(1).await.unwrap().unwrap();
            }
        });
    }
    tasks.join_all().await;
    let mut reader = scratch.store.read().await.unwrap();
    let row = reader.fetch_one("SELECT COUNT(*) AS n FROM groups", ()).await.unwrap();
    let groups = row.int("n").unwrap();
    println!("640 spends in {groups} groups");
    assert!(groups < 640 / 3, "{groups} groups");
    assert_eq!(sum(&scratch.store).await, 360);
}
