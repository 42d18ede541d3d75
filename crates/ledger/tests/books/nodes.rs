//! Several nodes on one PostgreSQL: locks keep them apart, and nobody overdraws.

use futures_util::future::join_all;
use ledger::{AccountFlags, CreateTransferStatus as S, Ledger, NewAccount, NewTransfer};
use store::{Engine, Pipeline, Store};

use crate::world::{Spends, World};

/// One wallet of 100, another account, and a creator.
async fn open(world: &World) {
    let wallet = AccountFlags::DEBITS_MUST_NOT_EXCEED_CREDITS;
    let new =
        |id: u128, flags| NewAccount { id, ledger: 1, code: 1, flags, ..NewAccount::default() };
    let none = AccountFlags::NONE;
    world.open(&[new(1, none), new(2, wallet), new(3, none)]).await;
    assert_eq!(world.make(&[transfer(1, 1, 2, 100)]).await, [S::Created]);
}

fn transfer(id: u128, debit: u128, credit: u128, amount: i64) -> NewTransfer {
    NewTransfer {
        id,
        debit_account_id: debit,
        credit_account_id: credit,
        amount,
        ledger: 1,
        code: 1,
        ..NewTransfer::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_spend_one_wallet_exactly_to_its_end() {
    let world = World::new(Engine::Postgres).await;
    open(&world).await;
    let mut nodes = Vec::new();
    for _ in 0..2 {
        let store = Store::open_postgres(world.scratch.url().unwrap(), 6).await.unwrap();
        let ledger = Ledger::open(&store, world.clock.clone()).await.unwrap();
        nodes.push((Pipeline::start(store.clone(), Spends(ledger.clone())), store, ledger));
    }
    // Every spend is tried on both nodes at once, by the pipeline or by a deed of its own.
    let spend = |nth: u128| {
        let (pipeline, store, ledger) = &nodes[usize::try_from(nth % 2).unwrap()];
        let new = vec![transfer(1_000 + nth / 2, 2, 3, 1)];
        async move {
            if nth.is_multiple_of(7) {
                store::write!(store, |tx| Ok(ledger.create_transfers(tx, &new).await?)).unwrap()
            } else {
                pipeline.ask(new).await.unwrap()
            }
        }
    };
    let told: Vec<S> = join_all((0..300).map(spend)).await.concat();
    let count = |wanted: S| told.iter().filter(|status| **status == wanted).count();
    assert_eq!(count(S::Created), 100, "{told:?}");
    assert_eq!(count(S::Created) + count(S::Exists), 200, "each once on one node");
    assert_eq!(count(S::ExceedsCredits) + count(S::IdAlreadyFailed), 100);
    let wallet = world.ledger.look_up_accounts(&[2]).await.unwrap()[0].unwrap();
    assert_eq!(wallet.spendable(), 0);
    world.balances().await;
}
