//! The door of the ledger.

use std::sync::Arc;

use base::{Clock, Fault};
use store::{Store, Tx};

use crate::engines::sqlite::Pace;
use crate::engines::{self, postgres, sqlite};
use crate::{
    Account, AccountFilter, Balance, CreateAccountStatus, CreateTransferStatus, NewAccount,
    NewTransfer, Proof, Transfer,
};

/// The books of one store. Cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    store: Store,
    clock: Clock,
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Sqlite(Arc<sqlite::Books>),
    Postgres(Arc<postgres::Books>),
}

impl Ledger {
    /// Opens the books of a store, which must be its owner's.
    ///
    /// On SQLite this checks the file, loads every account and replays what came after the last
    /// checkpoint; open it once a process and clone it.
    ///
    /// # Errors
    /// A fault if the books cannot be read or are damaged, with a sentence for the operator.
    pub async fn open(store: &Store, clock: Clock) -> Result<Ledger, Fault> {
        Ledger::open_at(store, clock, Pace::default()).await
    }

    /// As [`Ledger::open`], with another pace; tests make it so quick that everything happens.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    #[cfg_attr(not(feature = "scratch"), doc(hidden))]
    pub async fn open_at(store: &Store, clock: Clock, pace: Pace) -> Result<Ledger, Fault> {
        let engine = match store.engine() {
            store::Engine::Sqlite => Engine::Sqlite(sqlite::Books::open(store, pace).await?),
            store::Engine::Postgres => Engine::Postgres(Arc::default()),
        };
        Ok(Ledger { store: store.clone(), clock, engine })
    }

    fn now(&self) -> i64 {
        i64::try_from(self.clock.now().as_nanosecond()).unwrap_or(i64::MAX / 2).max(1)
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
        match &self.engine {
            Engine::Sqlite(books) => books.create_accounts(tx, self.now(), accounts).await,
            Engine::Postgres(books) => books.create_accounts(tx, self.now(), accounts).await,
        }
    }

    /// Makes transfers in order; the answer has one status for each.
    ///
    /// Holds whose time is up are released before.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn create_transfers(
        &self,
        tx: &mut Tx,
        transfers: &[NewTransfer],
    ) -> Result<Vec<CreateTransferStatus>, Fault> {
        match &self.engine {
            Engine::Sqlite(books) => books.create_transfers(tx, self.now(), transfers).await,
            Engine::Postgres(books) => books.create_transfers(tx, self.now(), transfers).await,
        }
    }

    /// Accounts as this deed sees them, its own transfers included. Nobody else changes them
    /// before the deed ends.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn accounts(&self, tx: &mut Tx, ids: &[u128]) -> Result<Vec<Option<Account>>, Fault> {
        match &self.engine {
            Engine::Sqlite(books) => books.accounts(ids),
            Engine::Postgres(books) => books.accounts(tx, ids).await,
        }
    }

    /// Accounts as last committed.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn look_up_accounts(&self, ids: &[u128]) -> Result<Vec<Option<Account>>, Fault> {
        match &self.engine {
            Engine::Sqlite(books) => Ok(books.committed_accounts(ids)),
            Engine::Postgres(_) => {
                postgres::look_up_accounts(&mut self.store.read().await?, ids).await
            }
        }
    }

    /// Transfers as last committed.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn look_up_transfers(&self, ids: &[u128]) -> Result<Vec<Option<Transfer>>, Fault> {
        let found = engines::transfers_by_id(&mut self.store.read().await?, ids).await?;
        let of = |id: &u128| found.iter().find(|transfer| transfer.id == *id).copied();
        Ok(ids.iter().map(of).collect())
    }

    /// An account's transfers, as last committed.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn account_transfers(&self, filter: &AccountFilter) -> Result<Vec<Transfer>, Fault> {
        match &self.engine {
            Engine::Sqlite(books) => sqlite::account_transfers(books, &self.store, filter).await,
            Engine::Postgres(_) => {
                postgres::account_transfers(&mut self.store.read().await?, filter).await
            }
        }
    }

    /// An account's balances after each of its transfers, if it keeps its history.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn account_balances(&self, filter: &AccountFilter) -> Result<Vec<Balance>, Fault> {
        engines::account_balances(&mut self.store.read().await?, filter).await
    }

    /// Releases every hold whose time is up; how many. Also happens before every transfer.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn expire(&self, tx: &mut Tx) -> Result<u64, Fault> {
        match &self.engine {
            Engine::Sqlite(books) => books.expire(tx, self.now()).await,
            Engine::Postgres(books) => books.expire(tx, self.now()).await,
        }
    }

    /// Writes the balances of SQLite's memory down, so that the next start replays less. Does
    /// nothing on PostgreSQL.
    ///
    /// # Errors
    /// A fault if the database fails; the deed must stop on it.
    pub async fn checkpoint(&self, tx: &mut Tx) -> Result<(), Fault> {
        match &self.engine {
            Engine::Sqlite(books) => books.checkpoint(tx).await,
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Proves the books as last committed, from the first transfer on.
    ///
    /// # Errors
    /// A fault if the database fails or a row is damaged.
    pub async fn prove(&self) -> Result<Proof, Fault> {
        prove_store(&self.store).await
    }
}

/// Proves the books of a store without opening them: it may belong to another process.
///
/// # Errors
/// A fault if the database fails or a row is damaged.
pub async fn prove_store(store: &Store) -> Result<Proof, Fault> {
    engines::prove(store).await
}
