//! Posting and voiding: a hold ends once, with all, a part or nothing of it moved.

use super::past::Fate;
use super::state::Hold;
use super::work::Work;
use crate::CreateTransferStatus as Status;
use crate::{AMOUNT_MAX, NewTransfer, Transfer};

/// Checks and carries out.
pub(super) fn resolve(work: &mut Work<'_>, new: &NewTransfer, stamp: i64) -> Result<(), Status> {
    check_shape(new)?;
    let hold = work.hold(new.pending_id).ok_or(Status::PendingTransferNotFound)?;
    if !hold.flags.pending() {
        return Err(Status::PendingTransferNotPending);
    }
    check_agreement(new, &hold)?;
    let amount = amount(new, &hold)?;
    let open = check_open(work, &hold, stamp)?;
    if !new.flags.void_pending() {
        if work.state.account(open.debit).flags.closed() {
            return Err(Status::DebitAccountAlreadyClosed);
        }
        if work.state.account(open.credit).flags.closed() {
            return Err(Status::CreditAccountAlreadyClosed);
        }
    }
    let fate = if new.flags.void_pending() { Fate::Voided } else { Fate::Posted };
    work.resolve(filled_in(new, &hold, amount, stamp), open, fate);
    Ok(())
}

fn check_shape(new: &NewTransfer) -> Result<(), Status> {
    let flags = new.flags;
    let both = flags.post_pending() && flags.void_pending();
    if both || flags.pending() || flags.balances() || flags.closes() {
        return Err(Status::FlagsAreMutuallyExclusive);
    }
    if new.pending_id == 0 {
        return Err(Status::PendingIdMustNotBeZero);
    }
    if new.pending_id == u128::MAX {
        return Err(Status::PendingIdMustNotBeIntMax);
    }
    if new.pending_id == new.id {
        return Err(Status::PendingIdMustBeDifferent);
    }
    if new.timeout != 0 {
        return Err(Status::TimeoutReservedForPendingTransfer);
    }
    Ok(())
}

/// What is not left zero must be as in the hold.
fn check_agreement(new: &NewTransfer, hold: &Transfer) -> Result<(), Status> {
    if new.debit_account_id != 0 && new.debit_account_id != hold.debit_account_id {
        return Err(Status::PendingTransferHasDifferentDebitAccountId);
    }
    if new.credit_account_id != 0 && new.credit_account_id != hold.credit_account_id {
        return Err(Status::PendingTransferHasDifferentCreditAccountId);
    }
    if new.ledger != 0 && new.ledger != hold.ledger {
        return Err(Status::PendingTransferHasDifferentLedger);
    }
    if new.code != 0 && new.code != hold.code {
        return Err(Status::PendingTransferHasDifferentCode);
    }
    Ok(())
}

fn amount(new: &NewTransfer, hold: &Transfer) -> Result<i64, Status> {
    let all = if new.flags.void_pending() { 0 } else { AMOUNT_MAX };
    let amount = if new.amount == all { hold.amount } else { new.amount };
    if amount > hold.amount {
        return Err(Status::ExceedsPendingTransferAmount);
    }
    if new.flags.void_pending() && amount < hold.amount {
        return Err(Status::PendingTransferHasDifferentAmount);
    }
    Ok(amount)
}

fn check_open(work: &Work<'_>, hold: &Transfer, stamp: i64) -> Result<Hold, Status> {
    match work.past.fate(hold.id) {
        Some(Fate::Posted) => return Err(Status::PendingTransferAlreadyPosted),
        Some(Fate::Voided) => return Err(Status::PendingTransferAlreadyVoided),
        Some(Fate::Expired) => return Err(Status::PendingTransferExpired),
        None => {}
    }
    // By the clock, even if nobody has released it yet.
    if hold.expires_at().is_some_and(|expires_at| expires_at <= stamp) {
        return Err(Status::PendingTransferExpired);
    }
    // A hold without a known end is open: the engine told every end it found.
    work.state.hold(hold.id).copied().ok_or(Status::PendingTransferNotFound)
}

/// The transfer as written: what it leaves zero comes from the hold.
fn filled_in(new: &NewTransfer, hold: &Transfer, amount: i64, stamp: i64) -> Transfer {
    Transfer {
        debit_account_id: hold.debit_account_id,
        credit_account_id: hold.credit_account_id,
        amount,
        user_data_128: if new.user_data_128 == 0 { hold.user_data_128 } else { new.user_data_128 },
        user_data_64: if new.user_data_64 == 0 { hold.user_data_64 } else { new.user_data_64 },
        user_data_32: if new.user_data_32 == 0 { hold.user_data_32 } else { new.user_data_32 },
        ledger: hold.ledger,
        code: hold.code,
        ..new.at(stamp)
    }
}

impl Work<'_> {
    /// A hold by its id, open or not; or any other transfer of that id.
    pub(super) fn hold(&self, id: u128) -> Option<Transfer> {
        if id == 0 {
            return None;
        }
        self.state.hold(id).map(|hold| hold.transfer).or_else(|| self.transfer(id))
    }
}
