//! How this room behaves on both databases.

use base::{SignedDuration, Timestamp};

use super::{Limit, forget, passes};
use crate::reads::Reads as _;
use crate::scratch::Scratch;
use crate::test_both::on_both;

on_both! {
    a_burst_is_stopped_and_time_heals
    many_at_once_are_all_counted
    what_is_over_is_forgotten
}

const THREE: Limit = Limit::new(3, SignedDuration::from_mins(1));

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

async fn tries(scratch: &Scratch, subject: &str, now: Timestamp) -> bool {
    let store = &scratch.store;
    crate::write!(store, |tx| Ok(passes(tx, subject, THREE, now).await?)).unwrap()
}

async fn a_burst_is_stopped_and_time_heals(scratch: Scratch) {
    for second in 0..3 {
        assert!(tries(&scratch, "one", at(second)).await);
    }
    assert!(!tries(&scratch, "one", at(59)).await);
    assert!(tries(&scratch, "two", at(59)).await, "others count apart");
    assert!(tries(&scratch, "one", at(60)).await, "a minute after the first");
}

async fn many_at_once_are_all_counted(scratch: Scratch) {
    let all = (0..12).map(|_| tries(&scratch, "one", at(0)));
    let passed = futures_util::future::join_all(all).await;
    assert_eq!(passed.iter().filter(|passed| **passed).count(), 3);
}

async fn what_is_over_is_forgotten(scratch: Scratch) {
    let store = &scratch.store;
    tries(&scratch, "early", at(0)).await;
    tries(&scratch, "late", at(30)).await;
    crate::write!(store, |tx| Ok(forget(tx, at(60)).await?)).unwrap();
    let mut reader = store.read().await.unwrap();
    let left = reader.fetch_all("SELECT subject FROM limit_counts", ()).await.unwrap();
    let left: Vec<String> = left.iter().map(|row| row.text("subject").unwrap()).collect();
    assert_eq!(left, ["late"]);
}
