//! Deeds: all or nothing, one after another, heard of once they are durable.

use std::time::Duration;

use base::{Stop, Timestamp};
use store::scratch::Scratch;
use store::{Reads as _, Store};

use crate::world::{NOT_ENOUGH, amount, make_rows, move_amount, on_both, set, sum};

on_both! {
    a_refused_deed_leaves_nothing
    a_deed_that_overlooks_a_failed_statement_is_not_kept
    nothing_runs_after_a_failed_statement
    counting_by_reading_and_writing_loses_nothing
    refused_and_kept_deeds_side_by_side_keep_the_sum
    a_signal_comes_after_the_deed_and_not_after_a_refused_one
    a_dropped_frozen_view_is_not_handed_on
    a_frozen_view_is_of_one_moment
    texts_have_one_order
    a_key_that_is_there_is_a_fault_and_not_for_ever
}

async fn a_refused_deed_leaves_nothing(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 2).await;
    let refused = store::write!(store, |tx| {
        set(tx, 0, 5).await?;
        Err::<(), Stop>(NOT_ENOUGH.into())
    });
    assert_eq!(refused.unwrap_err().refusal(), Some(&NOT_ENOUGH));
    assert_eq!(amount(&mut store.read().await.unwrap(), 0).await.unwrap(), 1000);
}

async fn a_deed_that_overlooks_a_failed_statement_is_not_kept(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 2).await;
    let fault = store::write!(store, |tx| {
        set(tx, 0, 5).await?;
        let _ = tx.execute("INSERT INTO rows (id, amount) VALUES (1, NULL)", ()).await;
        Ok("done")
    })
    .unwrap_err();
    assert!(matches!(fault, Stop::Fault(_)), "{fault}");
    assert_eq!(amount(&mut store.read().await.unwrap(), 0).await.unwrap(), 1000);
}

async fn nothing_runs_after_a_failed_statement(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 2).await;
    store::write!(store, |tx| {
        assert!(tx.execute("UPDATE nowhere SET a = 1", ()).await.is_err());
        let later = tx.execute("UPDATE rows SET amount = 1", ()).await.unwrap_err().to_string();
        assert!(later.contains("after a statement of the same deed has failed"), "{later}");
        Ok(())
    })
    .unwrap_err();
    assert_eq!(sum(store).await, 2000);
}

async fn counting_by_reading_and_writing_loses_nothing(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 1).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let store = store.clone();
        tasks.spawn(async move {
            for _ in 0..25 {
                store::write!(store, |tx| {
                    let before = amount(tx, 0).await?;
                    set(tx, 0, before + 1).await?;
                    Ok(())
                })
                .unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(sum(store).await, 1200);
}

async fn refused_and_kept_deeds_side_by_side_keep_the_sum(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 4).await;
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..8_i64 {
        let store = store.clone();
        tasks.spawn(async move {
            let mut refused = 0;
            for nth in 0..30_i64 {
                // One in three asks for more than there ever is.
                let by = if nth % 3 == 0 { 5_000 } else { 1 };
                let (from, to) = ((task + nth) % 4, (task + nth + 1) % 4);
                let moved = store::write!(store, |tx| move_amount(tx, from, to, by).await);
                refused += i64::from(moved.is_err_and(|stop| stop.refusal().is_some()));
            }
            refused
        });
    }
    assert_eq!(tasks.join_all().await, [10; 8]);
    assert_eq!(sum(store).await, 4000);
}

async fn a_signal_comes_after_the_deed_and_not_after_a_refused_one(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 1).await;
    // The first words of a bus between nodes are "look again".
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut bus = store.bus().listen();
    store::write!(store, |tx| {
        tx.signal("console");
        Err::<(), Stop>(NOT_ENOUGH.into())
    })
    .unwrap_err();
    store::write!(store, |tx| {
        tx.signal("jobs");
        tx.signal("jobs");
        set(tx, 0, 7).await?;
        Ok(())
    })
    .unwrap();
    assert_eq!(bus.recv().await.unwrap(), "jobs");
    assert_eq!(sum(store).await, 7);
}

async fn a_dropped_frozen_view_is_not_handed_on(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 1).await;
    for _ in 0..12 {
        let mut reader = store.read().await.unwrap();
        reader.freeze().await.unwrap();
        assert!(amount(&mut reader, 0).await.is_ok());
    }
    store::write!(store, |tx| {
        set(tx, 0, 3).await?;
        Ok(())
    })
    .unwrap();
    for _ in 0..12 {
        let mut reader = store.read().await.unwrap();
        assert_eq!(amount(&mut reader, 0).await.unwrap(), 3);
    }
}

async fn a_frozen_view_is_of_one_moment(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 1).await;
    let mut reader = store.read().await.unwrap();
    reader.freeze().await.unwrap();
    assert_eq!(amount(&mut reader, 0).await.unwrap(), 1000);
    write_one(store, 4).await;
    assert_eq!(amount(&mut reader, 0).await.unwrap(), 1000);
    reader.unfreeze().await.unwrap();
    assert_eq!(amount(&mut reader, 0).await.unwrap(), 4);
}

async fn write_one(store: &Store, amount: i64) {
    store::write!(store, |tx| {
        set(tx, 0, amount).await?;
        Ok(())
    })
    .unwrap();
}

async fn texts_have_one_order(scratch: Scratch) {
    let now = Timestamp::UNIX_EPOCH;
    let given = ["a_b", "aB", "a1", "ab", "Zz", "é", "a-b", "_", "~"];
    let mut expected = given.to_vec();
    expected.sort_unstable();
    store::write!(scratch.store, |tx| {
        for key in given {
            store::replays::begin(tx, now, key, "").await?;
        }
        Ok(())
    })
    .unwrap();
    let mut reader = scratch.store.read().await.unwrap();
    let rows = reader.fetch_all("SELECT key FROM replays ORDER BY key", ()).await.unwrap();
    let found: Vec<String> = rows.iter().map(|row| row.text("key").unwrap()).collect();
    assert_eq!(found, expected);
}

async fn a_key_that_is_there_is_a_fault_and_not_for_ever(scratch: Scratch) {
    let store = &scratch.store;
    make_rows(store, 1).await;
    let tries = std::sync::atomic::AtomicU32::new(0);
    let fault = store::write!(store, |tx| {
        tries.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        tx.execute("INSERT INTO rows (id, amount) VALUES (0, 0)", ()).await?;
        Ok(())
    })
    .unwrap_err();
    assert!(fault.to_string().contains("INSERT INTO rows"), "{fault}");
    assert!(tries.into_inner() <= 3);
}
