//! Callers that go away in the middle of a deed, at every point where they can.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use base::{Chance, Stop};
use store::{Engine, Store};

use crate::group_commit::Mirror;
use crate::world::{a_move, amount, move_amount, set, sum, with_rows};

/// Polls a future so many times at most, then gives it up.
struct GiveUp<F>(Option<F>, usize);

impl<F: Future + Unpin> Future for GiveUp<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.1 == 0 {
            self.0 = None;
            return Poll::Ready(None);
        }
        self.1 -= 1;
        let Some(future) = &mut self.0 else { return Poll::Ready(None) };
        match Pin::new(future).poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if self.1 == 0 => {
                self.0 = None;
                Poll::Ready(None)
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

async fn one_move(store: Store, from: i64, to: i64, by: i64) -> Result<(), Stop> {
    store::write!(store, |tx| move_amount(tx, from, to, by).await)
}

async fn given_up_at_every_point(engine: Engine) {
    let scratch = with_rows(engine, 4).await;
    let store = &scratch.store;
    let mut finished = 0;
    for polls in 0..60 {
        let deed = Box::pin(one_move(store.clone(), 0, 1, 1));
        finished += usize::from(GiveUp(Some(deed), polls).await.is_some());
        // Whatever was left half-way, the next deed is whole.
        one_move(store.clone(), 2, 3, 1).await.unwrap();
        assert_eq!(sum(store).await, 4000, "given up after {polls} polls");
    }
    assert!(finished > 20, "most of the later ones got to their end: {finished}");
    assert!(finished < 60, "the first ones did not");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deed_given_up_at_any_point_is_whole_or_nothing_on_sqlite() {
    given_up_at_every_point(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deed_given_up_at_any_point_is_whole_or_nothing_on_postgres() {
    given_up_at_every_point(Engine::Postgres).await;
}

/// Twelve tasks move amounts between twenty rows; a quarter of the work is given up in mid-air.
async fn soak(engine: Engine, seed: u64, moves: u32) {
    let scratch = with_rows(engine, 20).await;
    let store = scratch.store.clone();
    let mirror = Arc::new(Mirror::default());
    if engine == Engine::Sqlite {
        mirror.read_again(&mut store.read().await.unwrap()).await;
        store.accompany(mirror.clone());
    }
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..12 {
        let (store, mirror) = (store.clone(), mirror.clone());
        let chance = Chance::seeded(seed * 100 + task);
        tasks.spawn(async move {
            let (mut kept, mut given_up) = (0, 0);
            for _ in 0..moves {
                let (from, to, by) = a_move(&chance, 20);
                let deed = mirror.move_with(&store, from, to, by);
                let micros = chance.below(3_000);
                if chance.below(4) > 0 {
                    match deed.await {
                        Ok(()) => kept += 1,
                        Err(stop) => assert!(stop.refusal().is_some(), "seed {seed}: {stop:?}"),
                    }
                } else if tokio::time::timeout(Duration::from_micros(micros), deed).await.is_err() {
                    given_up += 1;
                }
            }
            (kept, given_up)
        });
    }
    let counts = tasks.join_all().await;
    let kept: u32 = counts.iter().map(|(kept, _)| kept).sum();
    let given_up: u32 = counts.iter().map(|(_, given_up)| given_up).sum();
    println!("{engine:?}, seed {seed}: {kept} kept, {given_up} given up");
    assert!(kept > moves * 3 && given_up > 0, "{kept} kept, {given_up} given up");
    // The writer is alive, and what memory holds is what the file holds.
    store::write!(store, |tx| {
        let before = amount(tx, 0).await?;
        set(tx, 0, before).await?;
        Ok(())
    })
    .unwrap();
    assert_eq!(sum(&store).await, 20_000, "seed {seed}");
    if engine == Engine::Sqlite {
        mirror.is_like(&mut store.read().await.unwrap()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_quarter_of_the_work_given_up_keeps_the_sum_on_sqlite() {
    for seed in 1..=3 {
        soak(Engine::Sqlite, seed, 120).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_quarter_of_the_work_given_up_keeps_the_sum_on_postgres() {
    for seed in 1..=2 {
        soak(Engine::Postgres, seed, 40).await;
    }
}
