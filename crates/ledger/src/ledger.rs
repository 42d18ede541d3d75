//! The door of the ledger.

use base::{Clock, Fault};
use store::{Store, Tx};

use crate::{
    Account, AccountFilter, Balance, CreateAccountStatus, CreateTransferStatus, NewAccount,
    NewTransfer, Proof, Transfer,
};

/// The books of one store. Cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    store: Store,
    clock: Clock,
}

impl Ledger {
    /// Opens the books of a store, which must be its owner's.
    ///
    /// On SQLite this loads every account and replays what came after the last checkpoint; open it
    /// once a process and clone it.
    ///
    /// # Errors
    /// A fault if the books cannot be read or are damaged.
    pub async fn open(store: &Store, clock: Clock) -> Result<Ledger, Fault> {
        Ok(Ledger { store: store.clone(), clock })
    }

    /// Creates accounts in order; the answer has one status for each.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn create_accounts(
        &self,
        tx: &mut Tx,
        accounts: &[NewAccount],
    ) -> Result<Vec<CreateAccountStatus>, Fault> {
        let _ = (tx, accounts, &self.store, &self.clock);
        Err(coming())
    }

    /// Makes transfers in order; the answer has one status for each.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn create_transfers(
        &self,
        tx: &mut Tx,
        transfers: &[NewTransfer],
    ) -> Result<Vec<CreateTransferStatus>, Fault> {
        let _ = (tx, transfers);
        Err(coming())
    }

    /// Accounts as this deed sees them, its own transfers included.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn accounts(&self, tx: &mut Tx, ids: &[u128]) -> Result<Vec<Option<Account>>, Fault> {
        let _ = (tx, ids);
        Err(coming())
    }

    /// Accounts as last committed.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn look_up_accounts(&self, ids: &[u128]) -> Result<Vec<Option<Account>>, Fault> {
        let _ = ids;
        Err(coming())
    }

    /// Transfers as last committed.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn look_up_transfers(&self, ids: &[u128]) -> Result<Vec<Option<Transfer>>, Fault> {
        let _ = ids;
        Err(coming())
    }

    /// An account's transfers.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn account_transfers(&self, filter: &AccountFilter) -> Result<Vec<Transfer>, Fault> {
        let _ = filter;
        Err(coming())
    }

    /// An account's balances after each of its transfers, if it keeps its history.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn account_balances(&self, filter: &AccountFilter) -> Result<Vec<Balance>, Fault> {
        let _ = filter;
        Err(coming())
    }

    /// Releases every hold whose time is up; how many. Also happens before every transfer.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn expire(&self, tx: &mut Tx) -> Result<u64, Fault> {
        let _ = tx;
        Err(coming())
    }

    /// Writes the balances of SQLite's memory down, so that the next start replays less. Does
    /// nothing on PostgreSQL.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn checkpoint(&self, tx: &mut Tx) -> Result<(), Fault> {
        let _ = tx;
        Err(coming())
    }

    /// Proves the books as last committed, from the first transfer on.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn prove(&self) -> Result<Proof, Fault> {
        prove_store(&self.store).await
    }
}

/// Proves the books of a store without opening them: it may belong to another process.
///
/// # Errors
/// A fault if the database fails.
pub async fn prove_store(store: &Store) -> Result<Proof, Fault> {
    let _ = store;
    Err(coming())
}

fn coming() -> Fault {
    Fault::new("use an engine that is being built today")
}
