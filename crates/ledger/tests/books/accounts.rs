//! What a deed sees, what others see, and what is left when it is taken back.

use base::{Kind, Refusal, Stop};
use ledger::{NewAccount, NewTransfer};
use store::Engine;

use crate::world::World;

const NO: Refusal = Refusal::new(Kind::Rule, "no", "taken back");

fn pair() -> [NewAccount; 2] {
    [1, 2].map(|id| NewAccount { id, ledger: 1, code: 1, ..NewAccount::default() })
}

fn five(id: u128) -> NewTransfer {
    NewTransfer {
        id,
        debit_account_id: 1,
        credit_account_id: 2,
        amount: 5,
        ledger: 1,
        code: 1,
        ..NewTransfer::default()
    }
}

#[tokio::test]
async fn a_deed_sees_its_own_transfers_and_others_see_them_after_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::new(engine).await;
        world.open(&pair()).await;
        store::write!(world.store(), |tx| {
            world.ledger.create_transfers(tx, &[five(10)]).await?;
            let inside = world.ledger.accounts(tx, &[2, 9]).await?;
            assert_eq!(inside[0].unwrap().credits_posted, 5);
            assert_eq!(inside[1], None);
            let outside = world.ledger.look_up_accounts(&[2]).await?;
            assert_eq!(outside[0].unwrap().credits_posted, 0, "not committed yet");
            Ok(())
        })
        .unwrap();
        assert_eq!(
            world.ledger.look_up_accounts(&[2]).await.unwrap()[0].unwrap().credits_posted,
            5
        );
        let found = world.ledger.look_up_transfers(&[10, 11]).await.unwrap();
        assert_eq!((found[0].unwrap().amount, found[1]), (5, None));
    }
}

#[tokio::test]
async fn a_deed_that_is_taken_back_leaves_no_account_no_transfer_and_no_burnt_id() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut world = World::new(engine).await;
        let done: Result<(), Stop> = store::write!(world.store(), |tx| {
            world.ledger.create_accounts(tx, &pair()).await?;
            world.ledger.create_transfers(tx, &[five(10)]).await?;
            let unknown = NewTransfer { credit_account_id: 9, ..five(11) };
            world.ledger.create_transfers(tx, &[unknown]).await?;
            Err(NO.into())
        });
        assert_eq!(done.unwrap_err().refusal(), Some(&NO));
        assert_eq!(world.ledger.look_up_accounts(&[1, 2]).await.unwrap(), [None, None]);
        world.open(&pair()).await;
        let made = world.make(&[five(10), five(11)]).await;
        assert!(made.iter().all(|status| status.word() == "created"), "{made:?}");
        world.reopen().await;
        assert_eq!(
            world.ledger.look_up_accounts(&[1]).await.unwrap()[0].unwrap().debits_posted,
            10
        );
        world.balances().await;
    }
}

#[tokio::test]
async fn a_proof_is_made_by_another_process_and_can_be_written_as_json() {
    let world = World::new(Engine::Sqlite).await;
    world.open(&pair()).await;
    world.make(&[five(10)]).await;
    let folder = world.scratch.folder().unwrap();
    let visitor = store::Store::open_sqlite(folder, store::Access::Visitor).await.unwrap();
    let proof = ledger::prove_store(&visitor).await.unwrap();
    assert!(proof.holds());
    insta::assert_json_snapshot!(proof);
}
