//! A damaged file gives an earlier state of the books, or a refusal; never a wrong balance.

use std::path::Path;

use base::{Chance, Clock};
use ledger::{Account, Ledger, NewTransfer};
use store::{Access, FILE, Store};

use super::child::{ACCOUNTS, open_accounts};
use crate::world::QUICK;

fn clock() -> Clock {
    Clock::fixed("2026-11-21T20:00:00Z".parse().unwrap())
}

fn transfer(nth: u128) -> NewTransfer {
    NewTransfer {
        id: 1_763_755_200_000 << 80 | nth,
        debit_account_id: 1,
        credit_account_id: 2 + nth % 7,
        amount: i64::try_from(nth % 40).unwrap(),
        user_data_128: nth,
        ledger: 1,
        code: 1,
        ..NewTransfer::default()
    }
}

async fn balances(ledger: &Ledger) -> Vec<Account> {
    let ids: Vec<u128> = (1..=ACCOUNTS).collect();
    ledger.look_up_accounts(&ids).await.unwrap().into_iter().flatten().collect()
}

/// Books with a past in the file and a present in the log; every state they were in.
async fn books(folder: &Path) -> Vec<Vec<Account>> {
    let mut states = Vec::new();
    for part in 0..2 {
        let store = Store::open_sqlite(folder, Access::Owner).await.unwrap();
        let ledger = Ledger::open_at(&store, clock(), QUICK).await.unwrap();
        open_accounts(&store, &ledger).await;
        for nth in 1..=120 {
            let new = [transfer(part * 1000 + nth)];
            store::write!(store, |tx| Ok(ledger.create_transfers(tx, &new).await?)).unwrap();
            states.push(balances(&ledger).await);
        }
        if part == 0 {
            // Nobody is left: the log goes into the file.
            store.close().await;
            drop((ledger, store));
            wait_for_no_log(folder).await;
        } else {
            std::fs::create_dir(folder.join("whole")).unwrap();
            for name in [FILE.to_owned(), format!("{FILE}-wal")] {
                std::fs::copy(folder.join(&name), folder.join("whole").join(&name)).unwrap();
            }
        }
    }
    states
}

async fn wait_for_no_log(folder: &Path) {
    for _ in 0..500 {
        if !folder.join(format!("{FILE}-wal")).exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the log is still there");
}

/// Cuts, flips a bit, or empties a sector, somewhere.
fn damage(file: &Path, from: u64, chance: &Chance) -> String {
    let mut bytes = std::fs::read(file).unwrap();
    let length = bytes.len() as u64;
    let at = usize::try_from(from + chance.below(length - from)).unwrap();
    let what = match chance.below(3) {
        0 => {
            bytes.truncate(at);
            "cut"
        }
        1 => {
            bytes[at] ^= 1 << chance.below(8);
            "flipped a bit"
        }
        _ => {
            let end = bytes.len().min(at / 512 * 512 + 512);
            bytes[at / 512 * 512..end].fill(0);
            "emptied a sector"
        }
    };
    std::fs::write(file, bytes).unwrap();
    format!("{what} at {at} of {length}")
}

/// Opens what is left; the balances, or the sentence of the refusal.
async fn look(folder: &Path) -> Result<(Vec<Account>, bool), String> {
    let store =
        Store::open_sqlite(folder, Access::Owner).await.map_err(|refused| refused.chain())?;
    let ledger =
        Ledger::open_at(&store, clock(), QUICK).await.map_err(|refused| refused.chain())?;
    let proof = ledger.prove().await;
    let proved = proof.is_ok_and(|proof| proof.holds());
    let seen = balances(&ledger).await;
    store.close().await;
    Ok((seen, proved))
}

async fn damaged_copies(name: &str, times: u64) -> (u32, u32) {
    let folder = tempfile::tempdir().unwrap();
    let states = books(folder.path()).await;
    let newest = states.last().unwrap();
    let (mut opened, mut refused) = (0, 0);
    for seed in 0..times {
        let copy = tempfile::tempdir().unwrap();
        for name in [FILE.to_owned(), format!("{FILE}-wal")] {
            let whole = folder.path().join("whole").join(&name);
            std::fs::copy(whole, copy.path().join(&name)).unwrap();
        }
        let what = damage(&copy.path().join(name), 0, &Chance::seeded(seed));
        match look(copy.path()).await {
            Ok((seen, proved)) => {
                opened += 1;
                let earlier = seen.is_empty() || states.contains(&seen);
                assert!(earlier, "{what} (seed {seed}): a state that never was");
                assert!(proved || name == FILE, "{what} (seed {seed}): the log was believed");
                assert!(name != FILE || &seen == newest || !proved, "{what} (seed {seed})");
            }
            Err(sentence) => {
                refused += 1;
                assert!(sentence.starts_with("failed to "), "{sentence}");
            }
        }
    }
    (opened, refused)
}

#[tokio::test]
async fn a_damaged_log_gives_an_earlier_state() {
    let (opened, refused) = damaged_copies(&format!("{FILE}-wal"), 120).await;
    assert_eq!((opened, refused), (120, 0));
}

#[tokio::test]
async fn a_damaged_file_is_refused_or_harmless() {
    let (opened, refused) = damaged_copies(FILE, 120).await;
    assert!(opened > 0 && refused > 10, "{opened} opened, {refused} refused");
}
