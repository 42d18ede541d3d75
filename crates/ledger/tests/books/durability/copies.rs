//! Two programs on one file, and copies of a file that is being written.

use base::Clock;
use ledger::{Ledger, NewTransfer};
use store::{Access, Engine, FILE, Store};

use super::child::{ACCOUNTS, PLACE, open_accounts};
use crate::world::{QUICK, World};

fn transfer(nth: u128) -> NewTransfer {
    NewTransfer {
        id: 1_763_755_200_000 << 80 | nth,
        debit_account_id: 1,
        credit_account_id: 2 + nth % (ACCOUNTS - 1),
        amount: 1,
        ledger: 1,
        code: 1,
        ..NewTransfer::default()
    }
}

/// Not a test of its own: the second program.
#[tokio::test]
#[ignore = "started by another test"]
async fn the_second_program() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let refused = Store::open_sqlite(place.as_ref(), Access::Owner).await.err().unwrap();
    println!("\nrefused: {}", refused.chain());
}

#[tokio::test]
async fn a_second_program_on_the_file_is_refused() {
    let world = World::new(Engine::Sqlite).await;
    let second = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["durability::copies::the_second_program", "--exact", "--ignored", "--nocapture"])
        .env(PLACE, world.scratch.folder().unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(said.contains("refused: ") && said.contains("another paydesk is running"), "{said}");
}

#[tokio::test]
async fn a_copy_taken_while_writing_is_a_prefix_of_the_books() {
    let world = World::new(Engine::Sqlite).await;
    open_accounts(world.store(), &world.ledger).await;
    let writing = async {
        for nth in 1..=600 {
            world.make(&[transfer(nth)]).await;
        }
    };
    let copying = async {
        let mut copies = Vec::new();
        for _ in 0..6 {
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            let folder = tempfile::tempdir().unwrap();
            world.store().copy_to(&folder.path().join(FILE)).await.unwrap();
            copies.push(folder);
        }
        copies
    };
    let ((), copies) = tokio::join!(writing, copying);
    let mut before = 0;
    for copy in copies {
        let store = Store::open_sqlite(copy.path(), Access::Owner).await.unwrap();
        let ledger = Ledger::open_at(&store, Clock::system(), QUICK).await.unwrap();
        let proof = ledger.prove().await.unwrap();
        assert!(proof.holds(), "{:#?}", proof.violations);
        let ids: Vec<u128> = (1..=600).map(|nth| transfer(nth).id).collect();
        let found = ledger.look_up_transfers(&ids).await.unwrap();
        let there = found.iter().take_while(|one| one.is_some()).count();
        assert!(found[there..].iter().all(Option::is_none), "a prefix, without holes");
        assert_eq!(there as u64, proof.transfers);
        let debits = ledger.look_up_accounts(&[1]).await.unwrap()[0].unwrap().debits_posted;
        assert_eq!(i64::try_from(there).unwrap(), debits);
        assert!(there >= before);
        before = there;
    }
    assert!(before > 0);
}
