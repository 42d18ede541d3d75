//! The ends of the number range, and the limits that accounts insist on.

use crate::CreateTransferStatus as Status;
use crate::transfer::SECOND;
use crate::{Account, Transfer};

/// No sum, and no sum of sums, may pass the largest number.
pub(super) fn check_overflow(
    transfer: &Transfer,
    debit: &Account,
    credit: &Account,
) -> Result<(), Status> {
    let passes = |sum: i64| sum.checked_add(transfer.amount).is_none();
    if transfer.flags.pending() {
        if passes(debit.debits_pending) {
            return Err(Status::OverflowsDebitsPending);
        }
        if passes(credit.credits_pending) {
            return Err(Status::OverflowsCreditsPending);
        }
    }
    if passes(debit.debits_posted) {
        return Err(Status::OverflowsDebitsPosted);
    }
    if passes(credit.credits_posted) {
        return Err(Status::OverflowsCreditsPosted);
    }
    if passes(debit.debits_pending + debit.debits_posted) {
        return Err(Status::OverflowsDebits);
    }
    if passes(credit.credits_pending + credit.credits_posted) {
        return Err(Status::OverflowsCredits);
    }
    if transfer.timestamp.checked_add(i64::from(transfer.timeout) * SECOND).is_none() {
        return Err(Status::OverflowsTimeout);
    }
    Ok(())
}

/// Pending and posted debits stay within *posted* credits: a hold that is coming in cannot be
/// spent. And the other way round.
pub(super) fn check_limits(amount: i64, debit: &Account, credit: &Account) -> Result<(), Status> {
    let debits = debit.debits_pending + debit.debits_posted + amount;
    if debit.flags.debits_must_not_exceed_credits() && debits > debit.credits_posted {
        return Err(Status::ExceedsCredits);
    }
    let credits = credit.credits_pending + credit.credits_posted + amount;
    if credit.flags.credits_must_not_exceed_debits() && credits > credit.debits_posted {
        return Err(Status::ExceedsDebits);
    }
    Ok(())
}
