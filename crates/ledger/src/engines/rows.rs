//! The statements both engines share.

use base::Fault;
use store::{Columns, Reads, Row, Tx, Value};

use super::columns::{self, BALANCES, BURNT, HOLDS, Kept, id};
use crate::filter::Order;
use crate::machine::{Effects, Fate, Past, Undo};
use crate::{AccountFilter, Balance, Transfer};

fn ids(list: &[u128]) -> Vec<Vec<u8>> {
    list.iter().map(|one| id(*one)).collect()
}

/// Accounts by id, in no order.
pub(super) async fn accounts(reads: &mut impl Reads, list: &[u128]) -> Result<Vec<Kept>, Fault> {
    let sql = "SELECT number, id, debits_pending, debits_posted, credits_pending, \
               credits_posted, user_data_128, user_data_64, user_data_32, ledger, code, flags, \
               timestamp, touched, seal FROM ledger_accounts WHERE id IN blobs($1)";
    reads.fetch_all(sql, (ids(list),)).await?.iter().map(columns::account).collect()
}

/// All accounts from a number on, in order.
pub(super) async fn accounts_after(
    reads: &mut impl Reads,
    number: i64,
    limit: i64,
) -> Result<Vec<Kept>, Fault> {
    let sql = "SELECT number, id, debits_pending, debits_posted, credits_pending, \
               credits_posted, user_data_128, user_data_64, user_data_32, ledger, code, flags, \
               timestamp, touched, seal FROM ledger_accounts WHERE number > $1 \
               ORDER BY number LIMIT $2";
    reads.fetch_all(sql, (number, limit)).await?.iter().map(columns::account).collect()
}

/// Transfers by id, in no order.
pub(crate) async fn transfers_by_id(
    reads: &mut impl Reads,
    list: &[u128],
) -> Result<Vec<Transfer>, Fault> {
    let sql = "SELECT t.timestamp, t.id, t.debit, t.credit, t.amount, t.code, t.flags, t.seal, \
               t.user_data_128, t.pending_id, t.user_data_64, t.user_data_32, t.timeout, \
               d.id AS debit_id, c.id AS credit_id, d.ledger AS ledger FROM ledger_transfers t \
               JOIN ledger_accounts d ON d.number = t.debit \
               JOIN ledger_accounts c ON c.number = t.credit WHERE t.id IN blobs($1)";
    reads.fetch_all(sql, (ids(list),)).await?.iter().map(columns::transfer).collect()
}

/// Transfers by timestamp, in no order.
pub(super) async fn transfers_at(
    reads: &mut impl Reads,
    timestamps: Vec<i64>,
) -> Result<Vec<Transfer>, Fault> {
    let sql = "SELECT t.timestamp, t.id, t.debit, t.credit, t.amount, t.code, t.flags, t.seal, \
               t.user_data_128, t.pending_id, t.user_data_64, t.user_data_32, t.timeout, \
               d.id AS debit_id, c.id AS credit_id, d.ledger AS ledger FROM ledger_transfers t \
               JOIN ledger_accounts d ON d.number = t.debit \
               JOIN ledger_accounts c ON c.number = t.credit WHERE t.timestamp IN ints($1)";
    reads.fetch_all(sql, (timestamps,)).await?.iter().map(columns::transfer).collect()
}

/// Rows of the log after a timestamp, in order, each with what its hold had reserved.
pub(super) async fn log_after(
    reads: &mut impl Reads,
    timestamp: i64,
    limit: i64,
) -> Result<Vec<Row>, Fault> {
    let sql = "SELECT t.timestamp, t.id, t.debit, t.credit, t.amount, t.code, t.flags, t.seal, \
               t.user_data_128, t.pending_id, t.user_data_64, t.user_data_32, t.timeout, \
               h.amount AS held_amount, h.flags AS held_flags FROM ledger_transfers t \
               LEFT JOIN ledger_transfers h ON h.id = t.pending_id WHERE t.timestamp > $1 \
               ORDER BY t.timestamp LIMIT $2";
    reads.fetch_all(sql, (timestamp, limit)).await
}

/// The ids of all holds that are open, and when each was made.
pub(super) async fn open_holds(reads: &mut impl Reads) -> Result<Vec<(u128, i64)>, Fault> {
    let rows = reads.fetch_all("SELECT id, timestamp FROM ledger_holds", ()).await?;
    rows.iter().map(|row| Ok((columns::opt_id(row, "id")?, row.int("timestamp")?))).collect()
}

/// What is known of these ids: transfers, how holds among them ended, and whether they are burnt.
pub(super) async fn past(reads: &mut impl Reads, list: &[u128]) -> Result<Past, Fault> {
    let mut past = Past::default();
    for transfer in transfers_by_id(reads, list).await? {
        past.knows(transfer);
    }
    let sql = "SELECT pending_id, id, flags FROM ledger_transfers WHERE pending_id IN blobs($1)";
    for row in reads.fetch_all(sql, (ids(list),)).await? {
        let flags = row.opt_int("flags")?.unwrap_or(0);
        let post = i64::from(crate::TransferFlags::POST_PENDING.bits());
        let fate = match (columns::opt_id(&row, "id")?, flags & post) {
            (0, _) => Fate::Expired,
            (_, 0) => Fate::Voided,
            _ => Fate::Posted,
        };
        past.ended(columns::opt_id(&row, "pending_id")?, fate);
    }
    let sql = "SELECT id FROM ledger_burnt WHERE id IN blobs($1)";
    for row in reads.fetch_all(sql, (ids(list),)).await? {
        past.burn(columns::opt_id(&row, "id")?);
    }
    Ok(past)
}

/// Writes what happened to holds, ids and kept balances. `number` numbers the accounts.
pub(super) async fn write_rest(
    tx: &mut Tx,
    effects: &Effects,
    number: impl Fn(u32) -> i64,
) -> Result<(), Fault> {
    let (mut opened, mut resolved) = (HOLDS.rows(), Vec::new());
    for written in &effects.written {
        let transfer = &written.transfer;
        if transfer.flags.pending() {
            let expires_at = Value::Int(transfer.expires_at());
            opened.push((id(transfer.id), transfer.timestamp, expires_at));
        } else if transfer.flags.resolves() {
            resolved.push(id(transfer.pending_id));
        }
    }
    let (mut burnt, mut balances) = (BURNT.rows(), BALANCES.rows());
    for (one, timestamp) in &effects.burnt {
        burnt.push((id(*one), *timestamp));
    }
    for (place, kept) in &effects.history {
        let sums =
            (kept.debits_pending, kept.debits_posted, kept.credits_pending, kept.credits_posted);
        balances.push((number(*place), kept.timestamp, sums.0, sums.1, sums.2, sums.3));
    }
    insert(tx, &HOLDS, opened).await?;
    if !resolved.is_empty() {
        tx.execute("DELETE FROM ledger_holds WHERE id IN blobs($1)", (resolved,)).await?;
    }
    insert(tx, &BURNT, burnt).await?;
    insert(tx, &BALANCES, balances).await
}

/// Writes rows if there are any.
pub(super) async fn insert(
    tx: &mut Tx,
    batch: &'static store::Batch,
    rows: Columns,
) -> Result<(), Fault> {
    if !rows.is_empty() {
        tx.insert(batch, rows).await?;
    }
    Ok(())
}

/// The places whose sums a request changed, each once, in order.
pub(super) fn changed(undo: &[Undo]) -> Vec<u32> {
    let place = |change: &Undo| match change {
        Undo::Sums(place, ..) => Some(*place),
        Undo::Created | Undo::Opened(_) | Undo::Resolved(_) => None,
    };
    let mut places: Vec<u32> = undo.iter().filter_map(place).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Kept balances of an account.
pub(crate) async fn account_balances(
    reads: &mut impl Reads,
    filter: &AccountFilter,
) -> Result<Vec<Balance>, Fault> {
    let newest = "SELECT b.timestamp, b.debits_pending, b.debits_posted, b.credits_pending, \
                  b.credits_posted FROM ledger_balances b \
                  JOIN ledger_accounts a ON a.number = b.account \
                  JOIN ledger_transfers t ON t.timestamp = b.timestamp \
                  WHERE a.id = $1 AND b.timestamp >= $2 AND b.timestamp <= $3 \
                  AND t.id IS NOT NULL AND ($4 = 0 OR t.code = $4) \
                  AND ($5 IS NULL OR t.user_data_128 = $5) \
                  AND ($6 = 0 OR ($6 = 1 AND t.debit = b.account) \
                  OR ($6 = 2 AND t.credit = b.account)) ORDER BY b.timestamp DESC LIMIT $7";
    let oldest = "SELECT b.timestamp, b.debits_pending, b.debits_posted, b.credits_pending, \
                  b.credits_posted FROM ledger_balances b \
                  JOIN ledger_accounts a ON a.number = b.account \
                  JOIN ledger_transfers t ON t.timestamp = b.timestamp \
                  WHERE a.id = $1 AND b.timestamp >= $2 AND b.timestamp <= $3 \
                  AND t.id IS NOT NULL AND ($4 = 0 OR t.code = $4) \
                  AND ($5 IS NULL OR t.user_data_128 = $5) \
                  AND ($6 = 0 OR ($6 = 1 AND t.debit = b.account) \
                  OR ($6 = 2 AND t.credit = b.account)) ORDER BY b.timestamp LIMIT $7";
    let sql = if filter.order == Order::NewestFirst { newest } else { oldest };
    let rows = reads.fetch_all(sql, filter_args(filter)).await?;
    let balance = |row: &Row| {
        Ok(Balance {
            timestamp: row.int("timestamp")?,
            debits_pending: row.int("debits_pending")?,
            debits_posted: row.int("debits_posted")?,
            credits_pending: row.int("credits_pending")?,
            credits_posted: row.int("credits_posted")?,
        })
    };
    rows.iter().map(balance).collect()
}

/// `$1` account, `$2` from, `$3` until, `$4` code, `$5` object, `$6` side, `$7` limit.
pub(super) fn filter_args(filter: &AccountFilter) -> (Vec<u8>, i64, i64, i64, Value, i64, i64) {
    let (from, until) = filter.span();
    let object = (filter.user_data_128 != 0).then(|| id(filter.user_data_128));
    let side = match filter.side {
        crate::Side::Both => 0,
        crate::Side::Debits => 1,
        crate::Side::Credits => 2,
    };
    let code = i64::from(filter.code);
    (id(filter.account_id), from, until, code, Value::Blob(object), side, filter.length().into())
}
