//! The statements that only PostgreSQL is asked.

use base::Fault;
use store::{Reads, Tx};

use crate::engines::columns::{self, Kept};
use crate::engines::rows::filter_args;
use crate::filter::Order;
use crate::machine::MOST_AT_ONCE;
use crate::{AccountFilter, Transfer};

fn ids(list: &[u128]) -> Vec<Vec<u8>> {
    list.iter().map(|id| columns::id(*id)).collect()
}

/// Locks accounts in the order of their ids, so that no two requests wait for each other, and
/// gives them as they are under the lock, with the time at which the next hold expires.
///
/// PostgreSQL gives the newest version of the row that it has locked. That holds for this one
/// table only: whatever else is needed is read by the next statement.
pub(super) async fn lock(tx: &mut Tx, list: &[u128]) -> Result<(Vec<Kept>, Option<i64>), Fault> {
    let sql = "SELECT number, id, debits_pending, debits_posted, credits_pending, \
               credits_posted, user_data_128, user_data_64, user_data_32, ledger, code, flags, \
               timestamp, touched, seal, (SELECT min(expires_at) FROM ledger_holds \
               WHERE expires_at IS NOT NULL) AS next_expiry FROM ledger_accounts \
               WHERE id IN blobs($1) ORDER BY id FOR UPDATE";
    let rows = tx.fetch_all(sql, (ids(list),)).await?;
    let next = rows.first().map(|row| row.opt_int("next_expiry")).transpose()?.flatten();
    let kept: Result<Vec<Kept>, Fault> = rows.iter().map(columns::account).collect();
    Ok((kept?, next))
}

/// Locks those of the accounts that nobody else has, and gives them.
pub(super) async fn lock_if_free(tx: &mut Tx, list: &[u128]) -> Result<Vec<Kept>, Fault> {
    let sql = "SELECT number, id, debits_pending, debits_posted, credits_pending, \
               credits_posted, user_data_128, user_data_64, user_data_32, ledger, code, flags, \
               timestamp, touched, seal FROM ledger_accounts \
               WHERE id IN blobs($1) ORDER BY id FOR UPDATE SKIP LOCKED";
    tx.fetch_all(sql, (ids(list),)).await?.iter().map(columns::account).collect()
}

/// An open hold and its accounts.
pub(super) struct Open {
    pub(super) id: u128,
    pub(super) debit: u128,
    pub(super) credit: u128,
}

impl Open {
    fn of(row: &store::Row) -> Result<Open, Fault> {
        Ok(Open {
            id: columns::opt_id(row, "id")?,
            debit: columns::opt_id(row, "debit_id")?,
            credit: columns::opt_id(row, "credit_id")?,
        })
    }
}

/// Open holds by id.
pub(super) async fn named_holds(tx: &mut Tx, named: &[u128]) -> Result<Vec<Open>, Fault> {
    let sql = "SELECT t.id, d.id AS debit_id, c.id AS credit_id FROM ledger_holds h \
               JOIN ledger_transfers t ON t.timestamp = h.timestamp \
               JOIN ledger_accounts d ON d.number = t.debit \
               JOIN ledger_accounts c ON c.number = t.credit WHERE h.id IN blobs($1)";
    tx.fetch_all(sql, (ids(named),)).await?.iter().map(Open::of).collect()
}

/// Open holds whose time is up, the first to expire first.
pub(super) async fn due_holds(tx: &mut Tx, now: i64) -> Result<Vec<Open>, Fault> {
    let sql = "SELECT t.id, d.id AS debit_id, c.id AS credit_id FROM ledger_holds h \
               JOIN ledger_transfers t ON t.timestamp = h.timestamp \
               JOIN ledger_accounts d ON d.number = t.debit \
               JOIN ledger_accounts c ON c.number = t.credit WHERE h.expires_at <= $1 \
               ORDER BY h.expires_at, h.timestamp LIMIT $2";
    let most = i64::try_from(MOST_AT_ONCE).unwrap_or(i64::MAX);
    tx.fetch_all(sql, (now, most)).await?.iter().map(Open::of).collect()
}

/// Whether any of these ids was used before: the usual answer is no, and spares three questions.
///
/// Id by id on purpose: each is one look into an index. For a list at once the planner may choose
/// to read the whole table, and it keeps to a plan that it made when the table was small.
pub(super) async fn is_any_known(tx: &mut Tx, list: &[u128]) -> Result<bool, Fault> {
    let sql = "SELECT count(*) AS known FROM UNNEST($1) AS asked(id) \
               WHERE (SELECT 1 FROM ledger_transfers t WHERE t.id = asked.id) = 1 \
               OR (SELECT 1 FROM ledger_burnt b WHERE b.id = asked.id) = 1";
    Ok(tx.fetch_one(sql, (ids(list),)).await?.int("known")? > 0)
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
