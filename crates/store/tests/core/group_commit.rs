//! Deeds that share a commit on SQLite, and memory that follows them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use base::{Chance, Fault, Stop};
use proptest::prelude::*;
use store::{Companion, Engine, Reader, Reads, Store};

use crate::world::{NOT_ENOUGH, move_amount, set, sum, with_rows};

/// The rows of the file, kept in memory beside the writer, and how often it was told what.
#[derive(Default)]
pub struct Mirror {
    state: Mutex<State>,
    pub kept: AtomicUsize,
    pub discarded: AtomicUsize,
    pub reloaded: AtomicUsize,
}

#[derive(Default)]
struct State {
    now: BTreeMap<i64, i64>,
    mark: BTreeMap<i64, i64>,
    durable: BTreeMap<i64, i64>,
}

async fn rows_of(reads: &mut impl Reads) -> BTreeMap<i64, i64> {
    let rows = reads.fetch_all("SELECT id, amount FROM rows", ()).await.unwrap();
    rows.iter().map(|row| (row.int("id").unwrap(), row.int("amount").unwrap())).collect()
}

impl Mirror {
    pub async fn read_again(&self, reader: &mut Reader) {
        let rows = rows_of(reader).await;
        *self.state.lock().unwrap() =
            State { now: rows.clone(), mark: rows.clone(), durable: rows };
    }

    pub async fn is_like(&self, reader: &mut Reader) {
        let rows = rows_of(reader).await;
        assert_eq!(self.state.lock().unwrap().now, rows);
    }

    /// Moves an amount in the file and in memory. Memory changes in the middle of the deed, as
    /// early as it may, so that a deed that ends behind that must be undone here too.
    pub async fn move_with(&self, store: &Store, from: i64, to: i64, by: i64) -> Result<(), Stop> {
        store::write!(store, |tx| {
            if tx.is_sqlite() {
                let mut state = self.state.lock().unwrap();
                *state.now.entry(from).or_default() -= by;
                *state.now.entry(to).or_default() += by;
            }
            move_amount(tx, from, to, by).await
        })
    }

    fn set(&self, id: i64, amount: i64) {
        self.state.lock().unwrap().now.insert(id, amount);
    }
}

#[async_trait]
impl Companion for Mirror {
    fn mark(&self) {
        let mut state = self.state.lock().unwrap();
        state.mark = state.now.clone();
    }
    fn undo(&self) {
        let mut state = self.state.lock().unwrap();
        state.now = state.mark.clone();
    }
    fn keep(&self) {
        let mut state = self.state.lock().unwrap();
        state.durable = state.now.clone();
        self.kept.fetch_add(1, Ordering::SeqCst);
    }
    fn discard(&self) {
        let mut state = self.state.lock().unwrap();
        state.now = state.durable.clone();
        self.discarded.fetch_add(1, Ordering::SeqCst);
    }
    async fn reload(&self, reader: &mut Reader) -> Result<(), Fault> {
        self.read_again(reader).await;
        self.reloaded.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

async fn mirrored(rows: i64) -> (store::scratch::Scratch, Arc<Mirror>) {
    let scratch = with_rows(Engine::Sqlite, rows).await;
    let mirror = Arc::new(Mirror::default());
    mirror.read_again(&mut scratch.store.read().await.unwrap()).await;
    scratch.store.accompany(mirror.clone());
    (scratch, mirror)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deeds_that_wait_share_commits() {
    let (scratch, mirror) = mirrored(20).await;
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..64_i64 {
        let store = scratch.store.clone();
        tasks.spawn(async move {
            for nth in 0..20 {
                let (from, to) = ((task + nth) % 20, (task + nth + 7) % 20);
                store::write!(store, |tx| move_amount(tx, from, to, 1).await).unwrap();
            }
        });
    }
    tasks.join_all().await;
    let commits = mirror.kept.load(Ordering::SeqCst);
    println!("1280 deeds in {commits} commits");
    assert!(commits < 1280 / 4, "1280 deeds took {commits} commits");
    assert_eq!(sum(&scratch.store).await, 20_000);
}

#[tokio::test]
async fn a_deed_alone_is_committed_at_once() {
    let (scratch, mirror) = mirrored(2).await;
    for nth in 1..=5 {
        scratch.store.read().await.unwrap();
        mirror.move_with(&scratch.store, 0, 1, 1).await.unwrap();
        assert_eq!(mirror.kept.load(Ordering::SeqCst), nth);
    }
}

#[tokio::test]
async fn a_failing_commit_answers_nobody_ok_and_the_writer_goes_on() {
    let (scratch, mirror) = mirrored(8).await;
    let store = &scratch.store;
    store::write!(store, |tx| {
        tx.execute("CREATE TABLE parents (id BIGINT PRIMARY KEY)", ()).await?;
        tx.execute(
            "CREATE TABLE children (parent BIGINT REFERENCES parents (id) \
             DEFERRABLE INITIALLY DEFERRED)",
            (),
        )
        .await?;
        Ok(())
    })
    .unwrap();
    let (mut stopped_others, mut rounds) = (0, 0);
    // A group closes by itself after some milliseconds, so it may take a few rounds until the
    // orphan shares its commit with others.
    while stopped_others == 0 {
        rounds += 1;
        assert!(rounds < 50, "the orphan never shared its commit");
        let before: Vec<i64> = all_of(store).await;
        let orphan = async {
            store::write!(store, |tx| {
                tx.execute("INSERT INTO children (parent) VALUES (99)", ()).await?;
                Ok(())
            })
        };
        let moves = (0..3).map(|nth| mirror.move_with(store, nth, nth + 4, 10));
        let refused = async {
            store::write!(store, |tx| {
                set(tx, 3, 0).await?;
                Err::<(), Stop>(NOT_ENOUGH.into())
            })
        };
        let (orphan, moves, refused) =
            tokio::join!(orphan, futures_util::future::join_all(moves), refused);
        assert!(matches!(orphan, Err(Stop::Fault(_))), "{orphan:?}");
        assert!(refused.is_err());
        let after = all_of(store).await;
        for (nth, moved) in moves.iter().enumerate() {
            let by = if moved.is_ok() { 10 } else { 0 };
            assert_eq!(after[nth], before[nth] - by, "what was answered is what is there");
            assert!(matches!(moved, Ok(()) | Err(Stop::Fault(_))), "{moved:?}");
            stopped_others += usize::from(moved.is_err());
        }
        assert_eq!(after[3], before[3]);
        assert_eq!(mirror.discarded.load(Ordering::SeqCst), rounds);
        mirror.is_like(&mut store.read().await.unwrap()).await;
    }
    mirror.move_with(store, 0, 1, 10).await.unwrap();
    mirror.is_like(&mut store.read().await.unwrap()).await;
}

async fn all_of(store: &Store) -> Vec<i64> {
    rows_of(&mut store.read().await.unwrap()).await.into_values().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_answers_nobody_ok_and_the_writer_goes_on_when_there_is_room() {
    let (scratch, mirror) = mirrored(8).await;
    let store = &scratch.store;
    store::write!(store, |tx| {
        tx.execute("CREATE TABLE filler (bytes BLOB)", ()).await?;
        Ok(())
    })
    .unwrap();
    let pages = {
        let mut reader = store.read().await.unwrap();
        reader.fetch_one("PRAGMA page_count", ()).await.unwrap().int("page_count").unwrap()
    };
    // The limit belongs to the connection, so opening the file again lifts it.
    assert!(pages < 600, "{pages}");
    store::write!(store, |tx| {
        tx.execute("PRAGMA max_page_count = 700", ()).await?;
        Ok(())
    })
    .unwrap();

    let (mut stored, mut failed) = (0, 0);
    for _ in 0..40 {
        let fill = async {
            store::write!(store, |tx| {
                tx.execute("INSERT INTO filler (bytes) VALUES ($1)", (vec![7_u8; 40_000],)).await?;
                Ok(())
            })
        };
        let moves = (0..4).map(|nth| mirror.move_with(store, nth, nth + 4, 1));
        let (filled, moves) = tokio::join!(fill, futures_util::future::join_all(moves));
        stored += i64::from(filled.is_ok());
        failed += i64::from(filled.is_err());
        for moved in moves {
            assert!(matches!(moved, Ok(()) | Err(Stop::Fault(_))), "{moved:?}");
        }
        let mut reader = store.read().await.unwrap();
        let rows = reader.fetch_one("SELECT COUNT(*) AS n FROM filler", ()).await.unwrap();
        assert_eq!(rows.int("n").unwrap(), stored, "what was answered is what is there");
        mirror.is_like(&mut reader).await;
    }
    println!("{stored} stored, {failed} failed, {:?} reloads", mirror.reloaded);
    assert!(failed > 0, "it never got full");
    assert_eq!(sum(store).await, 8_000);
    mirror.move_with(store, 0, 1, 10).await.unwrap();
}

/// The caller behind it in line goes away just when the group is left open for it.
#[tokio::test]
async fn a_waiting_caller_that_goes_away_does_not_strand_the_group() {
    let (scratch, _) = mirrored(4).await;
    let store = &scratch.store;
    for rounds in 0..50 {
        let (go, gone) = tokio::sync::oneshot::channel::<()>();
        let first = {
            let store = store.clone();
            tokio::spawn(async move {
                let gone = Mutex::new(Some(gone));
                store::write!(store, |tx| {
                    set(tx, 0, 1).await?;
                    let gone = gone.lock().unwrap().take();
                    gone.unwrap().await.unwrap();
                    Ok(())
                })
            })
        };
        tokio::time::sleep(Duration::from_millis(5)).await;
        let second = {
            let store = store.clone();
            tokio::spawn(async move { store::write!(store, |tx| Ok(set(tx, 1, 1).await?)) })
        };
        tokio::time::sleep(Duration::from_millis(2)).await;
        go.send(()).unwrap();
        for _ in 0..rounds {
            tokio::task::yield_now().await;
        }
        second.abort();
        let ended = tokio::time::timeout(Duration::from_secs(5), first).await;
        ended.expect("the group was stranded").unwrap().unwrap();
    }
}

#[derive(Clone, Debug)]
enum Step {
    Keep(i64, i64),
    Refuse(i64, i64),
    Fail(i64, i64),
    Panic(i64, i64),
    GiveUp(i64, i64, u64),
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step =
        (0..5_u8, 0..6_i64, 0..100_i64, 0..2_000_u64).prop_map(|(what, id, amount, after)| {
            match what {
                0 => Step::Keep(id, amount),
                1 => Step::Refuse(id, amount),
                2 => Step::Fail(id, amount),
                3 => Step::Panic(id, amount),
                _ => Step::GiveUp(id, amount, after),
            }
        });
    proptest::collection::vec(proptest::collection::vec(step, 1..6), 1..6)
}

async fn take(store: Store, mirror: Arc<Mirror>, step: Step) {
    let (Step::Keep(id, amount)
    | Step::Refuse(id, amount)
    | Step::Fail(id, amount)
    | Step::Panic(id, amount)
    | Step::GiveUp(id, amount, _)) = step;
    let deed = {
        let step = step.clone();
        async move {
            store::write!(store, |tx| {
                mirror.set(id, amount);
                set(tx, id, amount).await?;
                match step {
                    Step::Refuse(..) => Err(NOT_ENOUGH.into()),
                    Step::Fail(..) => {
                        tx.execute("UPDATE rows SET amount = NULL", ()).await?;
                        Ok(())
                    }
                    Step::Panic(..) => panic!("on purpose"),
                    Step::Keep(..) | Step::GiveUp(..) => Ok(()),
                }
            })
        }
    };
    let ended = tokio::spawn(deed);
    match step {
        Step::GiveUp(_, _, after) => {
            tokio::time::sleep(Duration::from_micros(after)).await;
            ended.abort();
            let _ = ended.await;
        }
        Step::Keep(..) => ended.await.unwrap().unwrap(),
        Step::Refuse(..) => assert!(ended.await.unwrap().unwrap_err().refusal().is_some()),
        Step::Fail(..) => assert!(ended.await.unwrap().is_err()),
        Step::Panic(..) => assert!(ended.await.is_err()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn memory_is_always_like_the_file(groups in steps()) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (scratch, mirror) = mirrored(6).await;
            for group in groups {
                let all = group
                    .into_iter()
                    .map(|step| take(scratch.store.clone(), mirror.clone(), step));
                futures_util::future::join_all(all).await;
                // A deed of nothing waits behind whatever is still being undone.
                store::write!(scratch.store, |_tx| Ok(())).unwrap();
                mirror.is_like(&mut scratch.store.read().await.unwrap()).await;
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_answered_is_there_after_opening_again() {
    let (scratch, mirror) = mirrored(6).await;
    let chance = Chance::seeded(9);
    for _ in 0..50 {
        let (from, to, by) = crate::world::a_move(&chance, 6);
        let _ = mirror.move_with(&scratch.store, from, to, by).await;
    }
    scratch.store.close().await;
    let visitor =
        Store::open_sqlite(scratch.folder().unwrap(), store::Access::Visitor).await.unwrap();
    mirror.is_like(&mut visitor.read().await.unwrap()).await;
}
