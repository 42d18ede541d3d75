//! The statements that only PostgreSQL is asked.

use base::Fault;
use store::{Reads, Tx};

use crate::engines::columns;
use crate::engines::rows::filter_args;
use crate::filter::Order;
use crate::machine::MOST_AT_ONCE;
use crate::{AccountFilter, Transfer};

fn ids(list: &[u128]) -> Vec<Vec<u8>> {
    list.iter().map(|id| columns::id(*id)).collect()
}

/// Locks accounts in the order of their ids, so that no two requests wait for each other.
pub(super) async fn lock(tx: &mut Tx, list: &[u128]) -> Result<(), Fault> {
    let sql = "SELECT number FROM ledger_accounts WHERE id IN blobs($1) ORDER BY id FOR UPDATE";
    tx.fetch_all(sql, (ids(list),)).await.map(|_| ())
}

/// An open hold and its accounts.
pub(super) struct Open {
    pub(super) id: u128,
    pub(super) debit: u128,
    pub(super) credit: u128,
}

/// Open holds that are due or named, and whose accounts have to be locked.
pub(super) async fn due_or_named(
    tx: &mut Tx,
    now: i64,
    named: &[u128],
) -> Result<Vec<Open>, Fault> {
    let sql = "SELECT t.id, d.id AS debit_id, c.id AS credit_id FROM (\
               (SELECT id, timestamp FROM ledger_holds WHERE expires_at <= $1 \
               ORDER BY expires_at, timestamp LIMIT $2) \
               UNION SELECT id, timestamp FROM ledger_holds WHERE id IN blobs($3)) h \
               JOIN ledger_transfers t ON t.timestamp = h.timestamp \
               JOIN ledger_accounts d ON d.number = t.debit \
               JOIN ledger_accounts c ON c.number = t.credit";
    let most = i64::try_from(MOST_AT_ONCE).unwrap_or(i64::MAX);
    let rows = tx.fetch_all(sql, (now, most, ids(named))).await?;
    let open = |row: &store::Row| {
        Ok(Open {
            id: columns::opt_id(row, "id")?,
            debit: columns::opt_id(row, "debit_id")?,
            credit: columns::opt_id(row, "credit_id")?,
        })
    };
    rows.iter().map(open).collect()
}

/// Whether any of these ids was used before: the usual answer is no, and spares three questions.
pub(super) async fn is_any_known(tx: &mut Tx, list: &[u128]) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS known FROM ledger_transfers WHERE id IN blobs($1) \
               UNION ALL SELECT 1 FROM ledger_burnt WHERE id IN blobs($1) LIMIT 1";
    Ok(tx.fetch_optional(sql, (ids(list),)).await?.is_some())
}

/// Those of the holds that are open still.
pub(super) async fn still_open(tx: &mut Tx, list: &[u128]) -> Result<Vec<Transfer>, Fault> {
    let sql = "SELECT t.timestamp, t.id, t.debit, t.credit, t.amount, t.code, t.flags, t.seal, \
               t.user_data_128, t.pending_id, t.user_data_64, t.user_data_32, t.timeout, \
               d.id AS debit_id, c.id AS credit_id, d.ledger AS ledger FROM ledger_holds h \
               JOIN ledger_transfers t ON t.timestamp = h.timestamp \
               JOIN ledger_accounts d ON d.number = t.debit \
               JOIN ledger_accounts c ON c.number = t.credit WHERE h.id IN blobs($1)";
    tx.fetch_all(sql, (ids(list),)).await?.iter().map(columns::transfer).collect()
}

/// An account's transfers, by the indexes of both sides.
pub(crate) async fn account_transfers(
    reads: &mut impl Reads,
    filter: &AccountFilter,
) -> Result<Vec<Transfer>, Fault> {
    let sql = if filter.order == Order::NewestFirst { NEWEST } else { OLDEST };
    let rows = reads.fetch_all(sql, filter_args(filter)).await?;
    rows.iter().map(columns::transfer).collect()
}

const NEWEST: &str = "SELECT t.timestamp, t.id, t.debit, t.credit, t.amount, t.code, t.flags, \
    t.seal, t.user_data_128, t.pending_id, t.user_data_64, t.user_data_32, t.timeout, \
    d.id AS debit_id, c.id AS credit_id, d.ledger AS ledger FROM (\
    (SELECT l.* FROM ledger_transfers l JOIN ledger_accounts a ON a.number = l.debit \
    WHERE a.id = $1 AND l.timestamp >= $2 AND l.timestamp <= $3 AND l.id IS NOT NULL \
    AND ($4 = 0 OR l.code = $4) AND ($5 IS NULL OR l.user_data_128 = $5) AND $6 <> 2 \
    ORDER BY l.timestamp DESC LIMIT $7) UNION ALL \
    (SELECT l.* FROM ledger_transfers l JOIN ledger_accounts a ON a.number = l.credit \
    WHERE a.id = $1 AND l.timestamp >= $2 AND l.timestamp <= $3 AND l.id IS NOT NULL \
    AND ($4 = 0 OR l.code = $4) AND ($5 IS NULL OR l.user_data_128 = $5) AND $6 <> 1 \
    ORDER BY l.timestamp DESC LIMIT $7)) t \
    JOIN ledger_accounts d ON d.number = t.debit \
    JOIN ledger_accounts c ON c.number = t.credit ORDER BY t.timestamp DESC LIMIT $7";

const OLDEST: &str = "SELECT t.timestamp, t.id, t.debit, t.credit, t.amount, t.code, t.flags, \
    t.seal, t.user_data_128, t.pending_id, t.user_data_64, t.user_data_32, t.timeout, \
    d.id AS debit_id, c.id AS credit_id, d.ledger AS ledger FROM (\
    (SELECT l.* FROM ledger_transfers l JOIN ledger_accounts a ON a.number = l.debit \
    WHERE a.id = $1 AND l.timestamp >= $2 AND l.timestamp <= $3 AND l.id IS NOT NULL \
    AND ($4 = 0 OR l.code = $4) AND ($5 IS NULL OR l.user_data_128 = $5) AND $6 <> 2 \
    ORDER BY l.timestamp LIMIT $7) UNION ALL \
    (SELECT l.* FROM ledger_transfers l JOIN ledger_accounts a ON a.number = l.credit \
    WHERE a.id = $1 AND l.timestamp >= $2 AND l.timestamp <= $3 AND l.id IS NOT NULL \
    AND ($4 = 0 OR l.code = $4) AND ($5 IS NULL OR l.user_data_128 = $5) AND $6 <> 1 \
    ORDER BY l.timestamp LIMIT $7)) t \
    JOIN ledger_accounts d ON d.number = t.debit \
    JOIN ledger_accounts c ON c.number = t.credit ORDER BY t.timestamp LIMIT $7";
