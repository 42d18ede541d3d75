//! The start: accounts from the last checkpoint, then everything that came after, replayed.

use base::Fault;
use store::{Reader, Reads};

use super::memory::{Here, Memory};
use super::recent::Recent;
use super::{number, runs};
use crate::engines::columns::{self, Logged, damaged};
use crate::engines::rows;
use crate::machine::{self, Held, Hold, State};

/// Rows are read so many at a time.
const PAGE: i64 = 8_192;

/// A file above this size is not searched for damage at every start; its rows carry seals, and
/// `paydesk verify` reads all of them.
const LARGEST_CHECKED: i64 = 1 << 30;

/// Refuses a file whose pages do not fit together.
pub(super) async fn check(reader: &mut Reader) -> Result<(), Fault> {
    let sql = "SELECT page_count * page_size AS size FROM pragma_page_count, pragma_page_size";
    if reader.fetch_one(sql, ()).await?.int("size")? > LARGEST_CHECKED {
        return Ok(());
    }
    let broken = |fault: Fault| damaged(format!("the database file ({})", fault.chain()));
    let verdict = reader.fetch_one("PRAGMA quick_check(1)", ()).await.map_err(broken)?;
    let verdict = verdict.text("quick_check")?;
    if verdict == "ok" { Ok(()) } else { Err(damaged(format!("the database file ({verdict})"))) }
}

/// Up to where the balances on disk are right.
pub(crate) async fn checkpoint_of(reads: &mut impl Reads) -> Result<i64, Fault> {
    reads.fetch_one("SELECT upto FROM ledger_checkpoint", ()).await?.int("upto")
}

/// Reads everything, as of one moment.
pub(super) async fn load(reader: &mut Reader) -> Result<Memory, Fault> {
    reader.freeze().await?;
    let loaded = load_frozen(reader).await;
    reader.unfreeze().await?;
    loaded
}

async fn load_frozen(reader: &mut Reader) -> Result<Memory, Fault> {
    let upto = checkpoint_of(reader).await?;
    let mut memory = Memory::default();
    load_accounts(reader, &mut memory).await?;
    memory.recent = Recent::above(newest_id(reader).await?);
    let runs = runs::all(reader).await?;
    let next_run = runs.last().map_or(0, |run| run.run + 1);
    let in_runs = runs.last().map_or(0, |run| run.until);
    memory.here = Here { upto, next_run, ..Here::default() };
    let state = &mut memory.state;
    state.last = state.last.max(newest_timestamp(reader).await?).max(upto);
    replay(reader, &mut memory, in_runs).await?;
    load_holds(reader, &mut memory.state).await?;
    memory.keep();
    Ok(memory)
}

async fn load_accounts(reader: &mut Reader, memory: &mut Memory) -> Result<(), Fault> {
    loop {
        let known = i64::try_from(memory.state.len()).unwrap_or(i64::MAX);
        let page = rows::accounts_after(reader, known, PAGE).await?;
        if page.is_empty() {
            return Ok(());
        }
        for kept in page {
            if memory.state.place(kept.account.id).is_some() {
                return Err(damaged(format!("the id of account {}", kept.number)));
            }
            let place = memory.state.add(kept.account);
            if number(place) != kept.number {
                return Err(damaged(format!("the list of accounts before {}", kept.number)));
            }
            memory.touched.push(kept.touched);
            memory.state.last = memory.state.last.max(kept.account.timestamp);
        }
    }
}

/// The largest id so far, foreign ones aside.
async fn newest_id(reader: &mut Reader) -> Result<u128, Fault> {
    let sql = "SELECT max(id) AS id FROM ledger_transfers WHERE id < $1";
    let foreign = columns::id(Recent::foreign());
    let transfer = columns::opt_id(&reader.fetch_one(sql, (foreign.clone(),)).await?, "id")?;
    let sql = "SELECT max(id) AS id FROM ledger_burnt WHERE id < $1";
    let burnt = columns::opt_id(&reader.fetch_one(sql, (foreign,)).await?, "id")?;
    Ok(transfer.max(burnt))
}

async fn newest_timestamp(reader: &mut Reader) -> Result<i64, Fault> {
    let sql = "SELECT max(timestamp) AS newest FROM ledger_burnt";
    Ok(reader.fetch_one(sql, ()).await?.opt_int("newest")?.unwrap_or(0))
}

/// Rows above the checkpoint change sums again; rows above the newest run fill the tail.
async fn replay(reader: &mut Reader, memory: &mut Memory, in_runs: i64) -> Result<(), Fault> {
    let upto = memory.here.upto;
    let mut from = upto.min(in_runs);
    loop {
        let page = rows::log_after(reader, from, PAGE).await?;
        for row in &page {
            let logged = columns::logged(row)?;
            let transfer = &logged.transfer;
            from = transfer.timestamp;
            let (debit, credit) = (place(memory, logged.debit)?, place(memory, logged.credit)?);
            if transfer.timestamp > upto {
                again(&mut memory.state, &logged, (debit, credit), columns::held(row)?)?;
                memory.touched[debit as usize] = from;
                memory.touched[credit as usize] = from;
                memory.here.since_checkpoint += 1;
            }
            if from > in_runs && transfer.id != 0 {
                memory.tail.push((debit, from));
                memory.tail.push((credit, from));
            }
            memory.state.last = memory.state.last.max(from);
        }
        if page.is_empty() {
            return Ok(());
        }
    }
}

fn place(memory: &Memory, number: i64) -> Result<u32, Fault> {
    let place = u32::try_from(number - 1).ok();
    place
        .filter(|place| (*place as usize) < memory.state.len())
        .ok_or_else(|| damaged(format!("a transfer of account {number}, which is not there,")))
}

fn again(
    state: &mut State,
    logged: &Logged,
    (debit, credit): (u32, u32),
    held: Option<Held>,
) -> Result<(), Fault> {
    let transfer = &logged.transfer;
    let wrong = || damaged(format!("the log at timestamp {}", transfer.timestamp));
    if debit == credit || held.is_some() != transfer.flags.resolves() {
        return Err(wrong());
    }
    let (mut from, mut to) = (*state.account(debit), *state.account(credit));
    machine::sums(&mut from, &mut to, transfer, held).ok_or_else(wrong)?;
    *state.account_mut(debit) = from;
    *state.account_mut(credit) = to;
    Ok(())
}

async fn load_holds(reader: &mut Reader, state: &mut State) -> Result<(), Fault> {
    let open = rows::open_holds(reader).await?;
    for page in open.chunks(1024) {
        let ids: Vec<u128> = page.iter().map(|(id, _)| *id).collect();
        let transfers = rows::transfers_by_id(reader, &ids).await?;
        if transfers.len() != ids.len() {
            return Err(damaged("the list of open holds"));
        }
        for transfer in transfers {
            let lost = || damaged(format!("the hold of timestamp {}", transfer.timestamp));
            let debit = state.place(transfer.debit_account_id).ok_or_else(lost)?;
            let credit = state.place(transfer.credit_account_id).ok_or_else(lost)?;
            state.open(Hold { transfer, debit, credit });
        }
    }
    Ok(())
}
