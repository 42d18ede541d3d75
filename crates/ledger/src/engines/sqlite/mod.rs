//! The SQLite engine: accounts in memory behind the one writer, transfers as the redo log.
//!
//! A request is decided in memory and its rows are written in the writer's transaction. Memory
//! follows that transaction through the store's companion: what is rolled back there is undone
//! here. Balances are written at checkpoints only; a start replays what came after.

mod checkpoint;
mod companion;
mod list;
mod load;
mod memory;
mod packed;
mod pairs;
mod recent;
mod runs;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::Fault;
use store::{Store, Tx};

use self::memory::Memory;
use self::packed::Packed;
use super::columns::{self, ACCOUNTS, TRANSFERS};
use super::rows::{self, insert};
use crate::machine::{self, Effects, Past, Work, Written};
use crate::{Account, CreateAccountStatus, CreateTransferStatus, NewAccount, NewTransfer};

pub(crate) use list::account_transfers;
pub(super) use load::checkpoint_of;
pub use memory::Pace;

/// The books of one SQLite file.
pub(crate) struct Books {
    memory: Mutex<Memory>,
    pace: Pace,
}

/// What transfers call an account by.
fn number(place: u32) -> i64 {
    i64::from(place) + 1
}

impl Books {
    /// Loads the books and lets them follow the store's writer.
    pub(crate) async fn open(store: &Store, pace: Pace) -> Result<Arc<Books>, Fault> {
        let mut reader = store.read().await?;
        load::check(&mut reader).await?;
        let memory = load::load(&mut reader).await?;
        let books = Arc::new(Books { memory: Mutex::new(memory), pace });
        store.accompany(Arc::<Books>::clone(&books));
        Ok(books)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sound(&self) -> Result<MutexGuard<'_, Memory>, Fault> {
        let memory = self.memory();
        if memory.unwritten {
            return Err(Fault::new(
                "go on with the books: an earlier write of this deed failed, and it went on",
            ));
        }
        Ok(memory)
    }

    /// Lets the machine decide. Until its rows are written nothing else may be decided.
    fn decide<T>(
        &self,
        now: i64,
        past: Past,
        decide: impl FnOnce(&mut Work<'_>) -> T,
    ) -> Result<(T, Effects), Fault> {
        let mut guard = self.sound()?;
        let memory = &mut *guard;
        let mut work = Work::begin(&mut memory.state, &mut memory.undo, past, now);
        let answer = decide(&mut work);
        let effects = work.effects;
        memory.note(&effects.written, &effects.burnt);
        memory.unwritten = true;
        Ok((answer, effects))
    }

    /// Creates accounts.
    pub(crate) async fn create_accounts(
        &self,
        tx: &mut Tx,
        now: i64,
        new: &[NewAccount],
    ) -> Result<Vec<CreateAccountStatus>, Fault> {
        let create = |work: &mut Work<'_>| machine::create_accounts(work, new);
        let (statuses, effects) = self.decide(now, Past::default(), create)?;
        let mut accounts = ACCOUNTS.rows();
        {
            let memory = self.memory();
            for place in &effects.created {
                columns::push_account(
                    &mut accounts,
                    memory.state.account(*place),
                    number(*place),
                    0,
                );
            }
        }
        insert(tx, &ACCOUNTS, accounts).await?;
        self.memory().unwritten = false;
        Ok(statuses)
    }

    /// Makes transfers, after the holds whose time is up were released.
    pub(crate) async fn create_transfers(
        &self,
        tx: &mut Tx,
        now: i64,
        new: &[NewTransfer],
    ) -> Result<Vec<CreateTransferStatus>, Fault> {
        let unsure = self.unsure(new)?;
        let past =
            if unsure.is_empty() { Past::default() } else { rows::past(tx, &unsure).await? };
        let (statuses, effects) = self.decide(now, past, |work| {
            machine::expire(work);
            machine::create_transfers(work, new)
        })?;
        self.write(tx, &effects).await?;
        Ok(statuses)
    }

    /// Releases the holds whose time is up.
    pub(crate) async fn expire(&self, tx: &mut Tx, now: i64) -> Result<u64, Fault> {
        let (released, effects) = self.decide(now, Past::default(), machine::expire)?;
        self.write(tx, &effects).await?;
        Ok(released as u64)
    }

    /// The ids of a request that have to be looked up.
    fn unsure(&self, new: &[NewTransfer]) -> Result<Vec<u128>, Fault> {
        let memory = self.sound()?;
        let mut ids = Vec::new();
        for transfer in new {
            if !memory.recent.is_surely_new(transfer.id) {
                ids.push(transfer.id);
            }
            let hold = transfer.pending_id;
            let is_open = hold == 0 || memory.state.hold(hold).is_some();
            if !is_open && !memory.recent.is_surely_new(hold) {
                ids.push(hold);
            }
        }
        Ok(ids)
    }

    async fn write(&self, tx: &mut Tx, effects: &Effects) -> Result<(), Fault> {
        crate::kill::point("before rows");
        let (mut packed, mut others) = (Packed::default(), TRANSFERS.rows());
        for Written { transfer, debit, credit } in &effects.written {
            let (debit, credit) = (number(*debit), number(*credit));
            if packed::fits(transfer) {
                packed.push(transfer, debit, credit);
            } else {
                columns::push_transfer(&mut others, transfer, debit, credit);
            }
        }
        packed.write(tx).await?;
        insert(tx, &TRANSFERS, others).await?;
        crate::kill::point("between rows");
        rows::write_rest(tx, effects, number).await?;
        self.memory().unwritten = false;
        self.flush_runs(tx).await?;
        self.checkpoint_if_due(tx).await
    }

    /// Accounts as the open deed sees them.
    pub(crate) fn accounts(&self, ids: &[u128]) -> Result<Vec<Option<Account>>, Fault> {
        let state = &self.sound()?.state;
        let account = |id: &u128| state.place(*id).map(|place| *state.account(place));
        Ok(ids.iter().map(account).collect())
    }

    /// Accounts as last committed.
    pub(crate) fn committed_accounts(&self, ids: &[u128]) -> Vec<Option<Account>> {
        let memory = self.memory();
        ids.iter().map(|id| memory.state.before(&memory.undo, *id)).collect()
    }
}
