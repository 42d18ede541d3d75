//! Bare SQLite: the same rows into the same table, one prepared INSERT, one transaction a group.

use anyhow::Result;
use ledger::NewTransfer;
use rusqlite::{Connection, params};
use tempfile::TempDir;

use super::plan;

pub struct Bare {
    connection: Connection,
    stamp: i64,
    _folder: TempDir,
}

impl Bare {
    pub fn new() -> Result<Bare> {
        let folder = tempfile::tempdir()?;
        let connection = Connection::open(folder.path().join("bare.sqlite"))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000; \
             CREATE TABLE ledger_transfers (timestamp INTEGER PRIMARY KEY, id BLOB UNIQUE, \
             debit INTEGER NOT NULL, credit INTEGER NOT NULL, amount INTEGER, \
             code INTEGER NOT NULL, flags INTEGER, seal INTEGER, user_data_128 BLOB, \
             pending_id BLOB, user_data_64 INTEGER, user_data_32 INTEGER, timeout INTEGER) STRICT; \
             CREATE UNIQUE INDEX resolving ON ledger_transfers (pending_id) \
             WHERE pending_id IS NOT NULL;",
        )?;
        Ok(Bare { connection, stamp: 1_763_755_200_000_000_000, _folder: folder })
    }

    pub fn write(&mut self, group: &[NewTransfer]) -> Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        {
            let mut insert = self.connection.prepare_cached(
                "INSERT INTO ledger_transfers (timestamp, id, debit, credit, amount, code, \
                 flags, seal, user_data_128) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?;
            for transfer in group {
                self.stamp += 1;
                insert.execute(params![
                    self.stamp,
                    transfer.id.to_be_bytes(),
                    plan::place(transfer.debit_account_id) as i64 + 1,
                    plan::place(transfer.credit_account_id) as i64 + 1,
                    transfer.amount,
                    transfer.code,
                    None::<i64>,
                    (self.stamp ^ transfer.amount) & 0xffff_ffff,
                    transfer.user_data_128.to_be_bytes(),
                ])?;
            }
        }
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }
}
