//! The PostgreSQL engine: every node decides, and row locks keep them apart.
//!
//! A request locks its accounts in the order of their ids with one statement, which gives them as
//! they are under the lock, and reads everything else with the next, so that it sees what whoever
//! held the locks before it wrote. The same machine as on
//! SQLite decides in memory, and its rows are written with a few statements whatever their number.
//! Timestamps rise for each account; their key makes them unique across nodes.

mod prefetch;
mod rows;

use std::sync::atomic::{AtomicI64, Ordering};

use base::Fault;
use store::{Reads, Tx};

use self::prefetch::Fetched;
use super::columns::{self, ACCOUNTS, Kept, SUMS, TRANSFERS};
use super::rows::{accounts, changed, insert, write_rest};
use crate::machine::{self, Effects, Undo, Work, Written};
use crate::{Account, CreateAccountStatus, CreateTransferStatus, NewAccount, NewTransfer};

pub(crate) use rows::account_transfers;

/// The books of one PostgreSQL database, as one node sees them.
#[derive(Debug, Default)]
pub(crate) struct Books {
    /// The newest timestamp this node has given out.
    last: AtomicI64,
}

impl Books {
    /// Takes so many timestamps that nobody else in this process gets; the first of them.
    fn take_stamps(&self, at_least: i64, count: usize) -> i64 {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let first = |last: i64| at_least.max(last.saturating_add(1));
        let taken = self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| {
            Some(first(last).saturating_add(count))
        });
        first(taken.unwrap_or_else(|last| last))
    }

    /// Creates accounts.
    pub(crate) async fn create_accounts(
        &self,
        tx: &mut Tx,
        now: i64,
        new: &[NewAccount],
    ) -> Result<Vec<CreateAccountStatus>, Fault> {
        let ids: Vec<u128> = new.iter().map(|account| account.id).collect();
        let mut fetched = Fetched::default();
        fetched.know(accounts(tx, &ids).await?);
        fetched.state.last = self.take_stamps(now, new.len()) - 1;
        let mut undo = Vec::new();
        let mut work = Work::begin(&mut fetched.state, &mut undo, fetched.past, now);
        let statuses = machine::create_accounts(&mut work, new);
        let mut created = ACCOUNTS.rows();
        for place in work.effects.created {
            let account = fetched.state.account(place);
            columns::push_account(&mut created, account, account.timestamp, 0);
        }
        insert(tx, &ACCOUNTS, created).await?;
        Ok(statuses)
    }

    /// Makes transfers, after the holds whose time is up were released.
    pub(crate) async fn create_transfers(
        &self,
        tx: &mut Tx,
        now: i64,
        new: &[NewTransfer],
    ) -> Result<Vec<CreateTransferStatus>, Fault> {
        let fetched = prefetch::prefetch(tx, now, new).await?;
        let decide = |work: &mut Work<'_>| {
            machine::expire(work);
            machine::create_transfers(work, new)
        };
        self.decide_and_write(tx, now, new.len(), fetched, decide).await
    }

    /// Releases the holds whose time is up.
    pub(crate) async fn expire(&self, tx: &mut Tx, now: i64) -> Result<u64, Fault> {
        let fetched = prefetch::prefetch_due(tx, now).await?;
        let released = self.decide_and_write(tx, now, 0, fetched, machine::expire).await?;
        Ok(released as u64)
    }

    async fn decide_and_write<T>(
        &self,
        tx: &mut Tx,
        now: i64,
        events: usize,
        fetched: Fetched,
        decide: impl FnOnce(&mut Work<'_>) -> T,
    ) -> Result<T, Fault> {
        let Fetched { mut state, past, numbers, newest } = fetched;
        let expiries = state.holds().count();
        state.last = self.take_stamps(now.max(newest + 1), events + expiries) - 1;
        let mut undo = Vec::new();
        let mut work = Work::begin(&mut state, &mut undo, past, now);
        let answer = decide(&mut work);
        let effects = work.effects;
        write(tx, &effects, &state, &undo, &numbers).await?;
        Ok(answer)
    }

    /// Accounts as the open deed sees them, locked until it ends: what it decides by them holds.
    pub(crate) async fn accounts(
        &self,
        tx: &mut Tx,
        ids: &[u128],
    ) -> Result<Vec<Option<Account>>, Fault> {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let (kept, _) = rows::lock(tx, &sorted).await?;
        Ok(in_order(&kept, ids))
    }
}

/// Accounts in the order of the ids.
pub(crate) async fn look_up_accounts(
    reads: &mut impl Reads,
    ids: &[u128],
) -> Result<Vec<Option<Account>>, Fault> {
    Ok(in_order(&accounts(reads, ids).await?, ids))
}

fn in_order(kept: &[Kept], ids: &[u128]) -> Vec<Option<Account>> {
    let of = |id: &u128| kept.iter().find(|kept| kept.account.id == *id).map(|kept| kept.account);
    ids.iter().map(of).collect()
}

async fn write(
    tx: &mut Tx,
    effects: &Effects,
    state: &machine::State,
    undo: &[Undo],
    numbers: &[i64],
) -> Result<(), Fault> {
    let number = |place: u32| numbers[place as usize];
    let mut transfers = TRANSFERS.rows();
    let mut touched = vec![0; numbers.len()];
    for Written { transfer, debit, credit } in &effects.written {
        columns::push_transfer(&mut transfers, transfer, number(*debit), number(*credit));
        touched[*debit as usize] = transfer.timestamp;
        touched[*credit as usize] = transfer.timestamp;
    }
    let mut sums = SUMS.rows();
    for place in changed(undo) {
        let account = state.account(place);
        columns::push_sums(&mut sums, account, number(place), touched[place as usize]);
    }
    insert(tx, &TRANSFERS, transfers).await?;
    insert(tx, &SUMS, sums).await?;
    write_rest(tx, effects, number).await
}
