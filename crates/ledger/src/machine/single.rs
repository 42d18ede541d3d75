//! A transfer that moves an amount at once, or reserves it.

use super::work::Work;
use super::{balancing, limits};
use crate::CreateTransferStatus as Status;
use crate::{NewTransfer, Transfer};

/// Checks and carries out.
pub(super) fn make(work: &mut Work<'_>, new: &NewTransfer, stamp: i64) -> Result<(), Status> {
    check_shape(new)?;
    let debit = work.state.place(new.debit_account_id).ok_or(Status::DebitAccountNotFound)?;
    let credit = work.state.place(new.credit_account_id).ok_or(Status::CreditAccountNotFound)?;
    let (from, to) = (work.state.account(debit), work.state.account(credit));
    if from.ledger != to.ledger {
        return Err(Status::AccountsMustHaveTheSameLedger);
    }
    if new.ledger != from.ledger {
        return Err(Status::TransferMustHaveTheSameLedgerAsAccounts);
    }
    if from.flags.closed() {
        return Err(Status::DebitAccountAlreadyClosed);
    }
    if to.flags.closed() {
        return Err(Status::CreditAccountAlreadyClosed);
    }
    let amount = balancing::amount(new, from, to);
    let transfer = Transfer { amount, ..new.at(stamp) };
    limits::check_overflow(&transfer, from, to)?;
    limits::check_limits(amount, from, to)?;
    work.write(transfer, debit, credit);
    Ok(())
}

/// What needs no account to be refused.
fn check_shape(new: &NewTransfer) -> Result<(), Status> {
    if new.debit_account_id == 0 {
        return Err(Status::DebitAccountIdMustNotBeZero);
    }
    if new.debit_account_id == u128::MAX {
        return Err(Status::DebitAccountIdMustNotBeIntMax);
    }
    if new.credit_account_id == 0 {
        return Err(Status::CreditAccountIdMustNotBeZero);
    }
    if new.credit_account_id == u128::MAX {
        return Err(Status::CreditAccountIdMustNotBeIntMax);
    }
    if new.debit_account_id == new.credit_account_id {
        return Err(Status::AccountsMustBeDifferent);
    }
    if new.pending_id != 0 {
        return Err(Status::PendingIdMustBeZero);
    }
    let pending = new.flags.pending();
    if !pending && new.timeout != 0 {
        return Err(Status::TimeoutReservedForPendingTransfer);
    }
    if !pending && new.flags.closes() {
        return Err(Status::ClosingTransferMustBePending);
    }
    if new.ledger == 0 {
        return Err(Status::LedgerMustNotBeZero);
    }
    if new.code == 0 {
        return Err(Status::CodeMustNotBeZero);
    }
    Ok(())
}
