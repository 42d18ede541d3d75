//! The file: one owner, visitors beside it, copies while it is written.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use store::{Access, Engine, FILE, Reads as _, Store};

use crate::world::{move_amount, sum, with_rows};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_second_owner_is_refused_and_a_visitor_is_not() {
    let scratch = with_rows(Engine::Sqlite, 2).await;
    let folder = scratch.folder().unwrap();
    let refused = Store::open_sqlite(folder, Access::Owner).await.err().unwrap().to_string();
    assert!(refused.contains("another paydesk is running on it"), "{refused}");
    let visitor = Store::open_sqlite(folder, Access::Visitor).await.unwrap();
    assert_eq!(sum(&visitor).await, 2000);
}

#[tokio::test]
async fn a_visitor_of_an_empty_folder_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Store::open_sqlite(folder.path(), Access::Visitor).await.err().unwrap();
    assert!(refused.to_string().contains("start one on it first"), "{refused}");
    assert!(!folder.path().join(FILE).exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn owner_and_visitor_write_side_by_side() {
    let scratch = with_rows(Engine::Sqlite, 4).await;
    let visitor = Store::open_sqlite(scratch.folder().unwrap(), Access::Visitor).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for (store, moves) in [
        (scratch.store.clone(), 150_i64),
        (scratch.store.clone(), 150),
        (scratch.store.clone(), 150),
        (visitor, 40),
    ] {
        tasks.spawn(async move {
            for nth in 0..moves {
                let (from, to) = (nth % 4, (nth + 1) % 4);
                store::write!(store, |tx| move_amount(tx, from, to, 1).await).unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(sum(&scratch.store).await, 4000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_copy_taken_while_writing_is_whole() {
    let scratch = with_rows(Engine::Sqlite, 20).await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..4_i64 {
        let (store, stop) = (scratch.store.clone(), Arc::clone(&stop));
        tasks.spawn(async move {
            for nth in 0.. {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (from, to) = ((task + nth) % 20, (task + nth + 3) % 20);
                store::write!(store, |tx| move_amount(tx, from, to, 1).await).unwrap();
            }
        });
    }
    for nth in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join(FILE);
        scratch.store.copy_to(&target).await.unwrap();
        let again = scratch.store.copy_to(&target).await;
        assert!(again.is_err(), "a copy never overwrites");
        let copy = Store::open_sqlite(folder.path(), Access::Owner).await.unwrap();
        assert_eq!(sum(&copy).await, 20_000, "copy {nth}");
        let mut reader = copy.read().await.unwrap();
        let check = reader.fetch_one("PRAGMA integrity_check", ()).await.unwrap();
        assert_eq!(check.text("integrity_check").unwrap(), "ok");
    }
    stop.store(true, Ordering::SeqCst);
    tasks.join_all().await;
}
