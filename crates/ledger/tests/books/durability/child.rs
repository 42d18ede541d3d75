//! The child: writes as fast as it can and tells every answer, until somebody ends it.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use base::time::SignedDuration;
use base::{Chance, Clock};
use futures_util::future::join_all;
use ledger::{AccountFlags, Ledger, NewAccount, NewTransfer, TransferFlags};
use store::{Access, Engine, Pipeline, Store};

use crate::world::{End, QUICK, Spends, make};

/// The variable that makes this program a child: a folder, or the URL of a PostgreSQL database.
pub const PLACE: &str = "PAYDESK_LEDGER_CHILD";
/// Which child of its parent this is; ids follow from it.
pub const ROUND: &str = "PAYDESK_LEDGER_CHILD_ROUND";

pub const ACCOUNTS: u128 = 8;
const WORKERS: u64 = 6;

/// Opens the place that the parent named.
pub async fn open(place: &str) -> Store {
    if place.starts_with("postgres") {
        Store::open_postgres(place, 8).await.unwrap()
    } else {
        Store::open_sqlite(Path::new(place), Access::Owner).await.unwrap()
    }
}

/// The accounts: a source, wallets that cannot be overdrawn, and one that keeps its history.
pub async fn open_accounts(store: &Store, ledger: &Ledger) {
    let new: Vec<NewAccount> = (1..=ACCOUNTS)
        .map(|id| NewAccount {
            id,
            ledger: 1,
            code: 1,
            flags: match id {
                1 => AccountFlags::NONE,
                2 => AccountFlags::HISTORY,
                _ => AccountFlags::DEBITS_MUST_NOT_EXCEED_CREDITS,
            },
            ..NewAccount::default()
        })
        .collect();
    store::write!(store, |tx| Ok(ledger.create_accounts(tx, &new).await?)).unwrap();
}

/// A request: a transfer, a chain of two, a hold, or what resolves the hold before.
pub fn request(base: u128, chance: &Chance) -> Vec<NewTransfer> {
    let pick = |bound: u64| chance.below(bound);
    let debit = 1 + u128::from(pick(8));
    let credit = 1 + (debit + u128::from(pick(7))) % ACCOUNTS;
    let amount = i64::try_from(pick(50)).unwrap();
    let one = NewTransfer {
        id: base,
        debit_account_id: debit,
        credit_account_id: credit,
        amount,
        ledger: 1,
        code: 1,
        ..NewTransfer::default()
    };
    let resolving = NewTransfer { id: base, pending_id: base - 1, ..NewTransfer::default() };
    match pick(8) {
        0 | 1 => vec![one],
        2 | 3 => vec![
            NewTransfer { flags: TransferFlags::LINKED, ..one },
            NewTransfer { id: base + 1_000_000, amount: amount / 2, ..one },
        ],
        4 => vec![NewTransfer { flags: TransferFlags::PENDING, timeout: 1, ..one }],
        5 => vec![NewTransfer { flags: TransferFlags::PENDING, ..one }],
        6 => {
            vec![NewTransfer { amount: i64::MAX, flags: TransferFlags::POST_PENDING, ..resolving }]
        }
        _ => vec![NewTransfer { flags: TransferFlags::VOID_PENDING, ..resolving }],
    }
}

/// Says an answer to the parent, in one write.
fn tell(new: &[NewTransfer], words: &[&'static str]) {
    let mut lines = String::new();
    for (new, word) in new.iter().zip(words) {
        lines.push_str(&format!("did {:032x} {word}\n", new.id));
    }
    std::io::stdout().write_all(lines.as_bytes()).unwrap();
}

async fn work(
    store: Store,
    ledger: Ledger,
    pipeline: Arc<Pipeline<Spends>>,
    (round, worker): (u128, u64),
) {
    let chance = Chance::system();
    for nth in 1_u128.. {
        let base = (1_763_755_200_000 + round) << 80 | u128::from(worker) << 40 | nth;
        let new = request(base, &chance);
        let statuses = if worker % 2 == 0 {
            pipeline.ask(new.clone()).await.unwrap()
        } else {
            let end = if chance.below(6) == 0 { End::RolledBack } else { End::Kept };
            let statuses = make(&store, &ledger, &new, end).await;
            if end == End::RolledBack {
                continue;
            }
            statuses
        };
        let words: Vec<&'static str> = statuses.iter().map(|status| status.word()).collect();
        tell(&new, &words);
    }
}

/// Not a test of its own: the others start it.
#[test]
#[ignore = "started by other tests"]
fn the_child() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let round: u128 = std::env::var(ROUND).unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = open(&place).await;
        // A second in a thousand: time-outs happen while the child lives.
        let clock = Clock::fixed("2026-11-21T20:00:00Z".parse().unwrap());
        let seconds = i64::try_from(round).unwrap() * 3600;
        clock.advance(SignedDuration::from_secs(seconds));
        let ledger = Ledger::open_at(&store, clock.clone(), QUICK).await.unwrap();
        open_accounts(&store, &ledger).await;
        let pipeline = Arc::new(Pipeline::start(store.clone(), Spends(ledger.clone())));
        let workers = (0..WORKERS).map(|worker| {
            work(store.clone(), ledger.clone(), Arc::clone(&pipeline), (round, worker))
        });
        let ticking = async {
            for _ in 0..1_000_000 {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                clock.advance(SignedDuration::from_millis(100));
            }
        };
        assert!(matches!(store.engine(), Engine::Sqlite | Engine::Postgres));
        tokio::join!(join_all(workers), ticking);
    });
}
