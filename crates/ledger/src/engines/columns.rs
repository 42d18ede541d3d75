//! Rows as the database holds them, and back.

use base::Fault;
use store::{Batch, ColumnKind, Columns, Row, Value, Verb};

use super::seal;
use crate::machine::Held;
use crate::{Account, AccountFlags, Transfer, TransferFlags};

use ColumnKind::{Blob, Int};

/// New accounts.
pub(super) static ACCOUNTS: Batch = Batch {
    table: "ledger_accounts",
    columns: &[
        ("number", Int),
        ("id", Blob),
        ("debits_pending", Int),
        ("debits_posted", Int),
        ("credits_pending", Int),
        ("credits_posted", Int),
        ("user_data_128", Blob),
        ("user_data_64", Int),
        ("user_data_32", Int),
        ("ledger", Int),
        ("code", Int),
        ("flags", Int),
        ("timestamp", Int),
        ("touched", Int),
        ("seal", Int),
    ],
    verb: Verb::Insert,
};

/// What transfers change of accounts.
pub(super) static SUMS: Batch = Batch {
    table: "ledger_accounts",
    columns: &[
        ("number", Int),
        ("debits_pending", Int),
        ("debits_posted", Int),
        ("credits_pending", Int),
        ("credits_posted", Int),
        ("flags", Int),
        ("touched", Int),
        ("seal", Int),
    ],
    verb: Verb::Update,
};

/// Transfers with every field.
pub(super) static TRANSFERS: Batch = Batch {
    table: "ledger_transfers",
    columns: &[
        ("timestamp", Int),
        ("id", Blob),
        ("debit", Int),
        ("credit", Int),
        ("amount", Int),
        ("code", Int),
        ("flags", Int),
        ("seal", Int),
        ("user_data_128", Blob),
        ("pending_id", Blob),
        ("user_data_64", Int),
        ("user_data_32", Int),
        ("timeout", Int),
    ],
    verb: Verb::Insert,
};

/// Open holds.
pub(super) static HOLDS: Batch = Batch {
    table: "ledger_holds",
    columns: &[("id", Blob), ("timestamp", Int), ("expires_at", Int)],
    verb: Verb::Insert,
};

/// Burnt ids.
pub(super) static BURNT: Batch = Batch {
    table: "ledger_burnt",
    columns: &[("id", Blob), ("timestamp", Int)],
    verb: Verb::InsertUnlessThere,
};

/// Kept balances.
pub(super) static BALANCES: Batch = Batch {
    table: "ledger_balances",
    columns: &[
        ("account", Int),
        ("timestamp", Int),
        ("debits_pending", Int),
        ("debits_posted", Int),
        ("credits_pending", Int),
        ("credits_posted", Int),
    ],
    verb: Verb::Insert,
};

/// An id as it is stored.
pub(super) fn id(id: u128) -> Vec<u8> {
    id.to_be_bytes().to_vec()
}

fn wide(number: u128) -> Value {
    Value::Blob((number != 0).then(|| id(number)))
}

fn narrow(number: i64) -> Value {
    Value::Int((number != 0).then_some(number))
}

/// Adds the row of an account.
pub(super) fn push_account(rows: &mut Columns, account: &Account, number: i64, touched: i64) {
    rows.push(vec![
        number.into(),
        id(account.id).into(),
        account.debits_pending.into(),
        account.debits_posted.into(),
        account.credits_pending.into(),
        account.credits_posted.into(),
        wide(account.user_data_128),
        narrow(account.user_data_64.cast_signed()),
        narrow(account.user_data_32.into()),
        account.ledger.into(),
        account.code.into(),
        account.flags.bits().into(),
        account.timestamp.into(),
        touched.into(),
        seal::of_account(account, number, touched).into(),
    ]);
}

/// Adds what changed of an account.
pub(super) fn push_sums(rows: &mut Columns, account: &Account, number: i64, touched: i64) {
    rows.push(vec![
        number.into(),
        account.debits_pending.into(),
        account.debits_posted.into(),
        account.credits_pending.into(),
        account.credits_posted.into(),
        account.flags.bits().into(),
        touched.into(),
        seal::of_account(account, number, touched).into(),
    ]);
}

/// Adds the row of any transfer.
pub(super) fn push_transfer(rows: &mut Columns, transfer: &Transfer, debit: i64, credit: i64) {
    rows.push((
        transfer.timestamp,
        wide(transfer.id),
        debit,
        credit,
        narrow(transfer.amount),
        transfer.code,
        narrow(transfer.flags.bits().into()),
        seal::of_transfer(transfer, debit, credit),
        wide(transfer.user_data_128),
        wide(transfer.pending_id),
        narrow(transfer.user_data_64.cast_signed()),
        narrow(transfer.user_data_32.into()),
        narrow(transfer.timeout.into()),
    ));
}

/// A row of the log with the numbers of its accounts; their ids and the ledger are not in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Logged {
    pub(super) transfer: Transfer,
    pub(super) debit: i64,
    pub(super) credit: i64,
}

/// The columns of [`logged`], to be spelled out in a statement as `SELECT t.…`.
pub(super) fn logged(row: &Row) -> Result<Logged, Fault> {
    let small = |column| Ok::<i64, Fault>(row.opt_int(column)?.unwrap_or(0));
    let transfer = Transfer {
        id: opt_id(row, "id")?,
        amount: small("amount")?,
        pending_id: opt_id(row, "pending_id")?,
        user_data_128: opt_id(row, "user_data_128")?,
        user_data_64: small("user_data_64")?.cast_unsigned(),
        user_data_32: fits(small("user_data_32")?)?,
        timeout: fits(small("timeout")?)?,
        code: fits(row.int("code")?)?,
        flags: TransferFlags::from_bits(fits(small("flags")?)?),
        timestamp: row.int("timestamp")?,
        ..Transfer::default()
    };
    let (debit, credit) = (row.int("debit")?, row.int("credit")?);
    let seal = row.opt_int("seal")?;
    if seal.is_some_and(|seal| seal != seal::of_transfer(&transfer, debit, credit)) {
        return Err(damaged(format!("the transfer of timestamp {}", transfer.timestamp)));
    }
    Ok(Logged { transfer, debit, credit })
}

/// A transfer from a row that was joined with its accounts.
pub(super) fn transfer(row: &Row) -> Result<Transfer, Fault> {
    Ok(Transfer {
        debit_account_id: opt_id(row, "debit_id")?,
        credit_account_id: opt_id(row, "credit_id")?,
        ledger: fits(row.int("ledger")?)?,
        ..logged(row)?.transfer
    })
}

/// What the hold of a row had reserved, if it resolves one.
pub(super) fn held(row: &Row) -> Result<Option<Held>, Fault> {
    let Some(flags) = row.opt_int("held_flags")? else { return Ok(None) };
    let flags = TransferFlags::from_bits(fits(flags)?);
    Ok(Some(Held { amount: row.opt_int("held_amount")?.unwrap_or(0), flags }))
}

/// An account as stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub(super) account: Account,
    pub(super) number: i64,
    pub(super) touched: i64,
}

/// An account from its row.
pub(super) fn account(row: &Row) -> Result<Kept, Fault> {
    let account = Account {
        id: opt_id(row, "id")?,
        debits_pending: row.int("debits_pending")?,
        debits_posted: row.int("debits_posted")?,
        credits_pending: row.int("credits_pending")?,
        credits_posted: row.int("credits_posted")?,
        user_data_128: opt_id(row, "user_data_128")?,
        user_data_64: row.opt_int("user_data_64")?.unwrap_or(0).cast_unsigned(),
        user_data_32: fits(row.opt_int("user_data_32")?.unwrap_or(0))?,
        ledger: fits(row.int("ledger")?)?,
        code: fits(row.int("code")?)?,
        flags: AccountFlags::from_bits(fits(row.int("flags")?)?),
        timestamp: row.int("timestamp")?,
    };
    let (number, touched) = (row.int("number")?, row.int("touched")?);
    let seal = row.opt_int("seal")?;
    if seal.is_some_and(|seal| seal != seal::of_account(&account, number, touched)) {
        return Err(damaged(format!("account number {number}")));
    }
    Ok(Kept { account, number, touched })
}

/// An id, or zero where it is left empty.
pub(super) fn opt_id(row: &Row, column: &str) -> Result<u128, Fault> {
    let Some(bytes) = row.opt_blob(column)? else { return Ok(0) };
    let bytes: [u8; 16] =
        bytes.try_into().map_err(|_| damaged(format!("an id in the column {column}")))?;
    Ok(u128::from_be_bytes(bytes))
}

fn fits<T: TryFrom<i64>>(number: i64) -> Result<T, Fault> {
    T::try_from(number).map_err(|_| damaged("a number that is out of its range"))
}

/// The sentence for an operator whose file is damaged.
pub(super) fn damaged(what: impl std::fmt::Display) -> Fault {
    Fault::new(format!(
        "trust the books: {what} is damaged on disk; stop here, keep the files, \
         and restore the newest backup that `paydesk verify` accepts"
    ))
}
