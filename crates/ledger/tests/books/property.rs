//! Random workloads: both engines agree with the model on every status and every sum.

use std::collections::BTreeMap;

use base::time::SignedDuration;
use futures_util::future::join_all;
use ledger::{
    AccountFilter, AccountFlags, NewAccount, NewTransfer, Order, Transfer, TransferFlags,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use store::Engine;

use crate::model::Model;
use crate::world::{End, World, make};

/// Few accounts, so that they are hot and requests meet on them.
const ACCOUNTS: u128 = 5;

#[derive(Clone, Debug)]
enum Step {
    /// A deed of its own.
    Deed(Vec<NewTransfer>, End),
    /// Several deeds that wait for the writer together, some taken back.
    Together(Vec<(Vec<NewTransfer>, End)>),
    /// Through the pipeline.
    Spend(Vec<Vec<NewTransfer>>),
    /// An earlier request again, word for word.
    Retry(usize),
    /// Time goes on.
    Tick(u32),
    /// Memory is thrown away and read again.
    Reopen,
    /// Balances are written down.
    Checkpoint,
}

fn transfer() -> impl Strategy<Value = NewTransfer> {
    let flags = prop_oneof![
        8 => Just(TransferFlags::NONE),
        4 => Just(TransferFlags::LINKED),
        5 => Just(TransferFlags::PENDING),
        5 => Just(TransferFlags::POST_PENDING),
        3 => Just(TransferFlags::VOID_PENDING),
        1 => Just(TransferFlags::PENDING | TransferFlags::LINKED),
        1 => Just(TransferFlags::POST_PENDING | TransferFlags::LINKED),
        1 => Just(TransferFlags::BALANCING_DEBIT),
        1 => Just(TransferFlags::BALANCING_CREDIT | TransferFlags::PENDING),
        1 => Just(TransferFlags::CLOSING_DEBIT | TransferFlags::PENDING),
        1 => Just(TransferFlags::CLOSING_CREDIT | TransferFlags::PENDING),
        1 => Just(TransferFlags::POST_PENDING | TransferFlags::VOID_PENDING),
    ];
    let amount = prop_oneof![6 => 0..20_i64, 2 => Just(i64::MAX), 1 => Just(i64::MAX - 10)];
    let sides = (0..=ACCOUNTS + 1, 0..=ACCOUNTS + 1);
    let timeout = prop_oneof![2 => Just(0_u32), 1 => 1..20_u32];
    (1..60_u128, sides, amount, 1..60_u128, flags, timeout, 0..3_u16, 0..2_u128).prop_map(
        |(id, (debit, credit), amount, hold, flags, timeout, odd, object)| {
            let resolves = flags.resolves();
            // Mostly well-formed: a post names no accounts, everything else does.
            let side = |side: u128| match (resolves, side) {
                (true, side) if side < ACCOUNTS => 0,
                (false, 0) => 1,
                (_, side) => side,
            };
            NewTransfer {
                id: id_of(id),
                debit_account_id: side(debit),
                credit_account_id: side(credit),
                amount,
                pending_id: if resolves { id_of(hold) } else { 0 },
                user_data_128: object,
                timeout: if flags.pending() { timeout } else { 0 },
                ledger: if resolves { 0 } else { 1 },
                code: if resolves && odd == 0 { 0 } else { 1 },
                flags,
                ..NewTransfer::default()
            }
        },
    )
}

/// Some ids look as if they were made from a clock, some do not.
fn id_of(nth: u128) -> u128 {
    match nth % 4 {
        0 => nth << 100,
        1 => nth,
        _ => (1_763_755_200_000 + nth) << 80 | nth,
    }
}

fn request() -> impl Strategy<Value = Vec<NewTransfer>> {
    prop::collection::vec(transfer(), 1..5)
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![3 => Just(End::Kept), 1 => Just(End::RolledBack)]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (request(), end()).prop_map(|(new, end)| Step::Deed(new, end)),
        2 => prop::collection::vec((request(), end()), 2..5).prop_map(Step::Together),
        4 => prop::collection::vec(request(), 1..4).prop_map(Step::Spend),
        3 => (0..64_usize).prop_map(Step::Retry),
        2 => (0..12_u32).prop_map(Step::Tick),
        1 => Just(Step::Reopen),
        1 => Just(Step::Checkpoint),
    ]
}

fn accounts() -> Vec<NewAccount> {
    let flags = |id: u128| match id {
        2 => AccountFlags::DEBITS_MUST_NOT_EXCEED_CREDITS | AccountFlags::HISTORY,
        3 => AccountFlags::CREDITS_MUST_NOT_EXCEED_DEBITS,
        _ => AccountFlags::NONE,
    };
    let ledger = |id: u128| if id == ACCOUNTS { 2 } else { 1 };
    (1..=ACCOUNTS)
        .map(|id| NewAccount {
            id,
            ledger: ledger(id),
            code: 1,
            flags: flags(id),
            ..NewAccount::default()
        })
        .collect()
}

struct Run {
    world: World,
    model: Model,
    earlier: Vec<Vec<NewTransfer>>,
}

impl Run {
    async fn new(engine: Engine) -> Run {
        let world = World::new(engine).await;
        let mut model = Model::default();
        world.open(&accounts()).await;
        accounts().iter().for_each(|new| model.open(new));
        Run { world, model, earlier: Vec::new() }
    }

    async fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Deed(new, end) => self.together(&[(new.clone(), *end)]).await?,
            Step::Together(deeds) => self.together(deeds).await?,
            Step::Spend(asks) => {
                let told = join_all(asks.iter().map(|ask| self.world.spend(ask.clone()))).await;
                for (ask, told) in asks.iter().zip(told) {
                    prop_assert_eq!(&told, &self.model.make(ask), "{:?}", ask);
                    self.earlier.push(ask.clone());
                }
            }
            Step::Retry(nth) if !self.earlier.is_empty() => {
                let again = self.earlier[nth % self.earlier.len()].clone();
                self.together(&[(again, End::Kept)]).await?;
            }
            Step::Retry(_) => {}
            Step::Tick(seconds) => {
                // The odd millisecond keeps every time-out away from every tick.
                let by = i64::from(*seconds) * 1000 + 1;
                self.world.clock.advance(SignedDuration::from_millis(by));
                self.model.now += by;
            }
            Step::Reopen => self.world.reopen().await,
            Step::Checkpoint => self.world.checkpoint().await,
        }
        Ok(())
    }

    /// On SQLite they share one commit; PostgreSQL would take them in any order.
    async fn together(&mut self, deeds: &[(Vec<NewTransfer>, End)]) -> Result<(), TestCaseError> {
        let world = &self.world;
        let run = |(new, end): &(Vec<NewTransfer>, End)| {
            let (new, end) = (new.clone(), *end);
            async move { make(world.store(), &world.ledger, &new, end).await }
        };
        let told = match world.store().engine() {
            Engine::Sqlite => join_all(deeds.iter().map(run)).await,
            Engine::Postgres => {
                let mut told = Vec::new();
                for deed in deeds {
                    told.push(run(deed).await);
                }
                told
            }
        };
        for ((new, end), told) in deeds.iter().zip(told) {
            let before = self.model.clone();
            prop_assert_eq!(&told, &self.model.make(new), "{:?}", new);
            if *end == End::RolledBack {
                self.model = before;
            } else {
                self.earlier.push(new.clone());
            }
        }
        Ok(())
    }

    /// Every account, every transfer, every list, and the proof.
    async fn agree(&self) -> Result<(), TestCaseError> {
        let ids: Vec<u128> = (1..=ACCOUNTS).collect();
        let accounts = self.world.ledger.look_up_accounts(&ids).await.unwrap();
        for account in accounts.into_iter().flatten() {
            let timeless = ledger::Account { timestamp: 0, ..account };
            prop_assert_eq!(timeless, self.model.accounts[&account.id]);
        }
        let mut seen: BTreeMap<u128, Transfer> = BTreeMap::new();
        for id in ids {
            let filter = AccountFilter { limit: 8_000, ..AccountFilter::newest(id, 0) };
            let filter = AccountFilter { order: Order::OldestFirst, ..filter };
            let listed = self.world.ledger.account_transfers(&filter).await.unwrap();
            let rising = listed.windows(2).all(|two| two[0].timestamp < two[1].timestamp);
            prop_assert!(rising, "timestamps rise");
            if id == 2 {
                let kept = self.world.ledger.account_balances(&filter).await.unwrap();
                let times: Vec<i64> = kept.iter().map(|kept| kept.timestamp).collect();
                let wanted: Vec<i64> = listed.iter().map(|one| one.timestamp).collect();
                prop_assert_eq!(times, wanted, "a balance for every transfer");
            }
            seen.extend(listed.into_iter().map(|one| (one.id, Transfer { timestamp: 0, ..one })));
        }
        prop_assert_eq!(&seen, &self.model.transfers);
        let proof = self.world.ledger.prove().await.unwrap();
        prop_assert!(proof.holds(), "{:#?}", proof.violations);
        Ok(())
    }
}

fn hold(engine: Engine, cases: u32, steps: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let cases = std::env::var("PAYDESK_CASES").map_or(cases, |cases| cases.parse().unwrap());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    proptest!(config, |(plan in prop::collection::vec(step(), 1..steps))| {
        runtime.block_on(async {
            let mut run = Run::new(engine).await;
            for step in &plan {
                run.step(step).await?;
            }
            run.agree().await?;
            run.world.reopen().await;
            run.agree().await
        })?;
    });
}

#[test]
fn sqlite_agrees_with_the_model() {
    hold(Engine::Sqlite, 96, 60);
}

#[test]
fn postgresql_agrees_with_the_model() {
    hold(Engine::Postgres, 24, 60);
}
