//! The month in small: many payments, every message several times, in any order, with the clock
//! and the jobs in between. Whatever the order, the books end the same.

use crate::payments::Attempt;
use base::Chance;
use processor::{Notice, NoticeKind};
use store::Engine;

use super::house::House;

/// What ten dollars and a hundred tokens end as, per script.
struct Script {
    tells: Vec<Notice>,
    taken: i64,
    tokens: i64,
}

fn scripts(house: &House, attempts: &[Attempt]) -> Vec<Script> {
    let named = |attempt: &Attempt, kind, minor| Notice {
        reference: Some(attempt.reference.clone()),
        ..house.tells(attempt, kind, minor)
    };
    let mut scripts = Vec::new();
    for (nth, attempt) in attempts.iter().enumerate() {
        let yes = house.yes(attempt);
        let provisional = Notice { provisional: true, ..yes.clone() };
        let no = named(attempt, NoticeKind::Declined, 1000);
        let refund = |minor| named(attempt, NoticeKind::Refunded, minor);
        let dispute = named(attempt, NoticeKind::ChargedBack, 1000);
        let won = named(attempt, NoticeKind::ChargebackReversed, 1000);
        let wrong = Notice {
            amount: Some(super::house::dollars(1)),
            dedupe: format!("wrong {nth}"),
            ..yes.clone()
        };
        let (tells, taken, tokens) = match nth % 7 {
            0 => (vec![yes], 1000, 100),
            1 => (vec![no], 0, 0),
            2 => (vec![no, yes], 1000, 100),
            3 => (vec![yes, refund(400), refund(600)], 0, 0),
            4 => (vec![provisional, yes, wrong, refund(250)], 750, 75),
            5 => (vec![yes, dispute], 0, 0),
            _ => (vec![yes, dispute, won], 1000, 100),
        };
        scripts.push(Script { tells, taken, tokens });
    }
    scripts
}

fn shuffled(chance: &Chance, scripts: &[Script]) -> Vec<Notice> {
    let told = scripts.iter().flat_map(|script| script.tells.clone());
    let mut all: Vec<Notice> =
        told.flat_map(|notice| vec![notice; 1 + chance.below(3) as usize]).collect();
    for nth in (1..all.len()).rev() {
        all.swap(nth, chance.below(nth as u64 + 1) as usize);
    }
    all
}

async fn any_order_ends_in_the_same_books(engine: Engine, seed: u64) {
    let house = House::open(engine).await;
    let chance = Chance::seeded(seed);
    let mut attempts = Vec::new();
    for _ in 0..14 {
        attempts.push(house.started().await.1);
    }
    let scripts = scripts(&house, &attempts);
    for notice in shuffled(&chance, &scripts) {
        house.hears(&[notice]).await;
        if chance.below(6) == 0 {
            house.later(i64::try_from(chance.below(40)).unwrap()).await;
        }
    }
    for _ in 0..4 {
        house.later(3_600).await;
    }
    let mut tokens = 0;
    for (attempt, script) in attempts.iter().zip(&scripts) {
        let now = house.attempt(attempt).await;
        assert_eq!(now.returnable().minor, script.taken, "seed {seed}, {:?}", script.tells);
        tokens += script.tokens;
    }
    assert_eq!(house.balance().await, tokens, "seed {seed}");
    house.prove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    for seed in 0..5 {
        any_order_ends_in_the_same_books(Engine::Sqlite, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    any_order_ends_in_the_same_books(Engine::Postgres, 100).await;
}
