//! A full disk and no file handles left: what failed is undone, what was answered stays.

use std::process::Command;

use base::Clock;
use futures_util::future::join_all;
use ledger::{Account, CreateTransferStatus as S, Ledger, NewTransfer};
use store::{Access, Engine, Reads as _, Store};

use super::child::{ACCOUNTS, PLACE, open_accounts};
use crate::world::{QUICK, World};

fn transfer(nth: u128) -> NewTransfer {
    NewTransfer {
        id: 1_763_755_200_000 << 80 | nth,
        debit_account_id: 1,
        credit_account_id: 2 + nth % 7,
        amount: 1,
        ledger: 1,
        code: 1,
        ..NewTransfer::default()
    }
}

async fn debited(ledger: &Ledger) -> i64 {
    let ids: Vec<u128> = (1..=ACCOUNTS).collect();
    let accounts = ledger.look_up_accounts(&ids).await.unwrap();
    let credits = |account: &Account| account.credits_posted;
    let debits = accounts[0].unwrap().debits_posted;
    assert_eq!(accounts.iter().flatten().map(credits).sum::<i64>(), debits);
    debits
}

/// SQLite takes a limit below the present size as the present size: no page can be added.
const NO_ROOM: &str = "PRAGMA max_page_count = 1";
const ROOM: &str = "PRAGMA max_page_count = 1000000";

async fn limit(store: &Store, sql: &'static str) {
    store::write!(store, |tx| {
        tx.fetch_all(sql, ()).await?;
        Ok(())
    })
    .unwrap();
}

/// Four requests that wait for the writer together.
async fn four(world: &World, next: &mut u128) -> (i64, Vec<Vec<NewTransfer>>) {
    let group: Vec<Vec<NewTransfer>> = (0..4)
        .map(|_| {
            *next += 40;
            (*next..*next + 40).map(transfer).collect()
        })
        .collect();
    let done = join_all(group.iter().map(|new| async move {
        store::write!(world.store(), |tx| Ok(world.ledger.create_transfers(tx, new).await?))
    }))
    .await;
    let (mut acknowledged, mut lost) = (0, Vec::new());
    for (new, done) in group.into_iter().zip(done) {
        match done {
            Ok(statuses) => {
                assert!(statuses.iter().all(|status| *status == S::Created));
                acknowledged += 40;
            }
            Err(_) => lost.push(new),
        }
    }
    (acknowledged, lost)
}

#[tokio::test]
async fn a_database_without_room_refuses_and_memory_stays_as_the_disk() {
    let mut world = World::new(Engine::Sqlite).await;
    open_accounts(world.store(), &world.ledger).await;
    let (mut next, mut acknowledged, mut failed) = (0, 0, 0);
    for _ in 0..10 {
        limit(world.store(), NO_ROOM).await;
        let mut lost = Vec::new();
        // Whatever room the last pages have is used up; then every write fails somewhere. If the
        // store had to open the file again, the limit is gone, and the next round sets it again.
        for _ in 0..12 {
            let (more, without) = four(&world, &mut next).await;
            acknowledged += more;
            lost.extend(without);
            assert_eq!(debited(&world.ledger).await, acknowledged, "memory follows the disk");
        }
        failed += lost.len();
        limit(world.store(), ROOM).await;
        for new in lost {
            let statuses = world.make(&new).await;
            assert!(statuses.iter().all(|status| *status == S::Created), "it had left no trace");
            acknowledged += 40;
        }
    }
    assert!(failed > 40, "{failed} failed");
    world.balances().await;
    world.reopen().await;
    assert_eq!(debited(&world.ledger).await, acknowledged);
}

/// Runs this program again under a limit of the shell.
fn under(limit: &str, test: &str, place: &str) -> String {
    let script = format!("trap '' XFSZ; {limit}; exec \"$0\" \"$@\"");
    let done = Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args([test, "--exact", "--ignored", "--nocapture"])
        .env(PLACE, place)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
    said
}

async fn opened(place: &str) -> (Store, Ledger) {
    let store = Store::open_sqlite(place.as_ref(), Access::Owner).await.unwrap();
    let clock = Clock::fixed("2026-11-21T20:00:00Z".parse().unwrap());
    let ledger = Ledger::open_at(&store, clock, QUICK).await.unwrap();
    open_accounts(&store, &ledger).await;
    (store, ledger)
}

fn told(said: &str, word: &str) -> i64 {
    let line = said.lines().find_map(|line| line.strip_prefix(word));
    line.unwrap_or_else(|| panic!("no {word} in {said}")).trim().parse().unwrap()
}

/// Not a test of its own: started under a limit of file sizes.
#[tokio::test]
#[ignore = "started by another test"]
async fn write_until_no_byte_fits() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let (store, ledger) = opened(&place).await;
    let (mut acknowledged, mut failed) = (0, 0);
    for nth in 0..4000 {
        let new = [transfer(2 * nth + 1), transfer(2 * nth + 2)];
        let done = store::write!(store, |tx| Ok(ledger.create_transfers(tx, &new).await?));
        match done {
            Ok(_) => acknowledged += 2,
            Err(_) => failed += 1,
        }
        assert_eq!(debited(&ledger).await, acknowledged, "memory follows the disk");
        if failed == 40 {
            break;
        }
    }
    println!("\nacknowledged {acknowledged}\nfailed {failed}");
}

#[tokio::test]
async fn a_full_disk_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let (store, ledger) = opened(place).await;
    store.close().await;
    drop((store, ledger));
    // In blocks of 512 bytes: the log may become 300 KiB longer than the file is now.
    let now = std::fs::metadata(folder.path().join(store::FILE)).unwrap().len();
    let limit = format!("ulimit -f {}", now / 512 + 600);
    let said = under(&limit, "durability::full::write_until_no_byte_fits", place);
    assert_eq!(told(&said, "failed"), 40, "{said}");
    let (_store, ledger) = opened(place).await;
    assert_eq!(debited(&ledger).await, told(&said, "acknowledged"));
    assert!(ledger.prove().await.unwrap().holds());
}

/// Not a test of its own: started under a limit of open files.
#[tokio::test]
#[ignore = "started by another test"]
async fn write_without_handles() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let (store, ledger) = opened(&place).await;
    let mut hoard = Vec::new();
    while let Ok(file) = std::fs::File::open("/dev/null") {
        hoard.push(file);
    }
    let mut acknowledged = 0;
    for nth in 0..200 {
        let new = [transfer(nth + 1)];
        let done = store::write!(store, |tx| Ok(ledger.create_transfers(tx, &new).await?));
        acknowledged += i64::from(done.is_ok());
        assert_eq!(debited(&ledger).await, acknowledged, "memory follows the disk");
    }
    drop(hoard);
    let new = [transfer(1000)];
    store::write!(store, |tx| Ok(ledger.create_transfers(tx, &new).await?)).unwrap();
    println!("\nacknowledged {}", acknowledged + 1);
}

#[tokio::test]
async fn running_out_of_handles_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let said = under("ulimit -n 48", "durability::full::write_without_handles", place);
    let (_store, ledger) = opened(place).await;
    assert_eq!(debited(&ledger).await, told(&said, "acknowledged"));
    assert!(ledger.prove().await.unwrap().holds());
}
