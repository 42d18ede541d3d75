//! What only a server can do to us: races between nodes, and connections that are cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base::{Fault, Stop};
use store::{Engine, Group, Pipeline, Reads as _, Store, Tx};

use crate::world::{NOT_ENOUGH, amount, move_amount, set, sum, with_rows};

/// Both look at the sum of two rows and take from different ones: together they may not overdraw.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deeds_that_read_the_same_and_write_apart_act_as_if_one_after_the_other() {
    let scratch = with_rows(Engine::Postgres, 2).await;
    for round in 0..20 {
        store::write!(scratch.store, |tx| {
            set(tx, 0, 100).await?;
            set(tx, 1, 100).await?;
            Ok(())
        })
        .unwrap();
        let both = [0_i64, 1].map(|mine| {
            let store = scratch.store.clone();
            tokio::spawn(async move {
                store::write!(store, |tx| {
                    let (a, b) = (amount(tx, 0).await?, amount(tx, 1).await?);
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    if a + b < 150 {
                        return Err(NOT_ENOUGH.into());
                    }
                    set(tx, mine, if mine == 0 { a } else { b } - 150).await?;
                    Ok(())
                })
            })
        });
        let mut kept = 0;
        for deed in both {
            match deed.await.unwrap() {
                Ok(()) => kept += 1,
                Err(stop) => assert!(stop.refusal().is_some(), "{stop:?}"),
            }
        }
        assert_eq!((kept, sum(&scratch.store).await), (1, 50), "round {round}");
    }
}

struct Add;

impl Group for Add {
    type Ask = i64;
    type Answer = i64;

    async fn decide(&self, tx: &mut Tx, asks: &[i64]) -> Result<Vec<i64>, Fault> {
        tx.fetch_all("SELECT id FROM rows WHERE id = 0 FOR UPDATE", ()).await?;
        let mut now = amount(tx, 0).await?;
        let answers = asks
            .iter()
            .map(|ask| {
                now += ask;
                now
            })
            .collect();
        set(tx, 0, now).await?;
        Ok(answers)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stream_of_spends_on_a_hot_row_does_not_starve_a_deed() {
    let scratch = with_rows(Engine::Postgres, 2).await;
    let other = Store::open_postgres(scratch.url().unwrap(), 5).await.unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let mut tasks = tokio::task::JoinSet::new();
    for pipeline in
        [Pipeline::start(scratch.store.clone(), Add), Pipeline::start(other.clone(), Add)]
    {
        for _ in 0..8 {
            let (pipeline, stop) = (pipeline.clone(), Arc::clone(&stop));
            tasks.spawn(async move {
                let mut added = 0;
                while !stop.load(Ordering::SeqCst) {
                    pipeline.ask(1).await.unwrap();
                    added += 1;
                }
                added
            });
        }
    }
    let mut slowest = Duration::ZERO;
    for _ in 0..40 {
        let begun = std::time::Instant::now();
        // A slow deed that reads first: without a turn of its own it would lose every race.
        store::write!(scratch.store, |tx| {
            let before = amount(tx, 0).await?;
            tokio::time::sleep(Duration::from_millis(3)).await;
            set(tx, 0, before - 1).await?;
            let other = amount(tx, 1).await?;
            set(tx, 1, other + 1).await?;
            Ok(())
        })
        .unwrap();
        slowest = slowest.max(begun.elapsed());
    }
    stop.store(true, Ordering::SeqCst);
    let added: i64 = tasks.join_all().await.iter().sum();
    println!("{added} spends beside 40 deeds, the slowest {slowest:?}");
    assert_eq!(sum(&scratch.store).await, 2000 + added);
    assert!(added > 40, "the spends went on: {added}");
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}

const CUT_OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid()";
const CUT_LISTENERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND query LIKE 'LISTEN%'";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_connection_cut_in_the_middle_of_a_deed_is_a_fault_and_leaves_no_half() {
    let scratch = with_rows(Engine::Postgres, 4).await;
    let knife = Store::open_postgres(scratch.url().unwrap(), 2).await.unwrap();
    for round in 0..10 {
        let cut = store::write!(scratch.store, |tx| {
            set(tx, 0, 0).await?;
            knife.read().await?.fetch_all(CUT_OTHERS, ()).await?;
            set(tx, 1, 0).await?;
            Ok(())
        });
        assert!(matches!(cut, Err(Stop::Fault(_))), "{cut:?}");
        // The pool notices by itself which connections are gone.
        let moved = store::write!(scratch.store, |tx| move_amount(tx, 2, 3, 1).await);
        assert!(moved.is_ok(), "round {round}: {moved:?}");
        assert_eq!(sum(&scratch.store).await, 4000);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_signal_crosses_nodes_and_a_cut_listener_comes_back() {
    let scratch = with_rows(Engine::Postgres, 1).await;
    let other = Store::open_postgres(scratch.url().unwrap(), 3).await.unwrap();
    // Both begin by saying "look again".
    tokio::time::sleep(Duration::from_millis(500)).await;
    for round in 0..2 {
        let mut bus = other.bus().listen();
        store::write!(scratch.store, |tx| {
            tx.signal("events");
            Ok(())
        })
        .unwrap();
        let said = tokio::time::timeout(Duration::from_secs(3), bus.recv()).await;
        assert_eq!(said.expect("nothing was heard").unwrap(), "events", "round {round}");

        let mut bus = other.bus().listen();
        let mut reader = scratch.store.read().await.unwrap();
        let cut = reader.fetch_all(CUT_LISTENERS, ()).await.unwrap();
        assert!(!cut.is_empty(), "there was no listener to cut");
        // Back again, it says every topic, for whatever was said while it was away.
        let said = tokio::time::timeout(Duration::from_secs(5), bus.recv()).await;
        assert!(said.expect("the listener did not come back").is_ok());
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_deed_that_was_given_up_does_not_leave_its_transaction_to_the_next() {
    let scratch = with_rows(Engine::Postgres, 2).await;
    let small = Store::open_postgres(scratch.url().unwrap(), 2).await.unwrap();
    for _ in 0..10 {
        let given_up = async {
            store::write!(small, |tx| {
                set(tx, 0, 0).await?;
                tokio::time::sleep(Duration::from_secs(60)).await;
                Ok(())
            })
        };
        let ended = tokio::time::timeout(Duration::from_millis(20), given_up).await;
        assert!(ended.is_err());
        store::write!(small, |tx| move_amount(tx, 0, 1, 1).await).unwrap();
    }
    assert_eq!(sum(&scratch.store).await, 2000);
    assert_eq!(amount(&mut scratch.store.read().await.unwrap(), 1).await.unwrap(), 1010);
}
