//! The same id again: is it the same transfer?

use crate::CreateTransferStatus as Status;
use crate::{AMOUNT_MAX, NewTransfer, Transfer};

/// Compares field by field and names the first that differs.
///
/// `hold` is what the earlier transfer resolved, if it resolved one: a post or void takes from it
/// what it leaves zero.
pub(super) fn compare(new: &NewTransfer, there: &Transfer, hold: Option<&Transfer>) -> Status {
    if new.flags != there.flags {
        return Status::ExistsWithDifferentFlags;
    }
    if new.pending_id != there.pending_id {
        return Status::ExistsWithDifferentPendingId;
    }
    if new.timeout != there.timeout {
        return Status::ExistsWithDifferentTimeout;
    }
    match hold {
        Some(hold) => compare_resolving(new, there, hold),
        None => compare_single(new, there),
    }
}

fn compare_single(new: &NewTransfer, there: &Transfer) -> Status {
    let same_amount =
        if new.flags.balances() { new.amount >= there.amount } else { new.amount == there.amount };
    if new.debit_account_id != there.debit_account_id {
        Status::ExistsWithDifferentDebitAccountId
    } else if new.credit_account_id != there.credit_account_id {
        Status::ExistsWithDifferentCreditAccountId
    } else if !same_amount {
        Status::ExistsWithDifferentAmount
    } else if new.user_data_128 != there.user_data_128 {
        Status::ExistsWithDifferentUserData128
    } else if new.user_data_64 != there.user_data_64 {
        Status::ExistsWithDifferentUserData64
    } else if new.user_data_32 != there.user_data_32 {
        Status::ExistsWithDifferentUserData32
    } else if new.ledger != there.ledger {
        Status::ExistsWithDifferentLedger
    } else if new.code != there.code {
        Status::ExistsWithDifferentCode
    } else {
        Status::Exists
    }
}

fn compare_resolving(new: &NewTransfer, there: &Transfer, hold: &Transfer) -> Status {
    let all = if new.flags.void_pending() { 0 } else { AMOUNT_MAX };
    let amount = if new.amount == all { hold.amount } else { new.amount };
    let or_held = |own: u128, held: u128| if own == 0 { held } else { own };
    if or_held(new.debit_account_id, hold.debit_account_id) != there.debit_account_id {
        Status::ExistsWithDifferentDebitAccountId
    } else if or_held(new.credit_account_id, hold.credit_account_id) != there.credit_account_id {
        Status::ExistsWithDifferentCreditAccountId
    } else if amount != there.amount {
        Status::ExistsWithDifferentAmount
    } else if or_held(new.user_data_128, hold.user_data_128) != there.user_data_128 {
        Status::ExistsWithDifferentUserData128
    } else if or_held(new.user_data_64.into(), hold.user_data_64.into())
        != there.user_data_64.into()
    {
        Status::ExistsWithDifferentUserData64
    } else if or_held(new.user_data_32.into(), hold.user_data_32.into())
        != there.user_data_32.into()
    {
        Status::ExistsWithDifferentUserData32
    } else if new.ledger != 0 && new.ledger != there.ledger {
        Status::ExistsWithDifferentLedger
    } else if new.code != 0 && new.code != there.code {
        Status::ExistsWithDifferentCode
    } else {
        Status::Exists
    }
}
