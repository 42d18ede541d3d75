//! Balancing transfers move no more than an account has to give.

use crate::{Account, NewTransfer};

/// What really moves: the amount asked for, cut to what balances the accounts.
pub(super) fn amount(new: &NewTransfer, debit: &Account, credit: &Account) -> i64 {
    let mut amount = new.amount;
    if new.flags.balancing_debit() {
        let spent = debit.debits_posted + debit.debits_pending;
        amount = amount.min(debit.credits_posted.saturating_sub(spent).max(0));
    }
    if new.flags.balancing_credit() {
        let given = credit.credits_posted + credit.credits_pending;
        amount = amount.min(credit.debits_posted.saturating_sub(given).max(0));
    }
    amount
}
