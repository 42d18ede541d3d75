//! What a transfer does to the sums of its two accounts. Deciding, replaying and proving share it.

use crate::flags::{AccountFlags, TransferFlags};
use crate::{Account, Transfer};

/// What a hold had reserved, for whatever resolves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) amount: i64,
    pub(crate) flags: TransferFlags,
}

impl Held {
    pub(crate) fn of(hold: &Transfer) -> Held {
        Held { amount: hold.amount, flags: hold.flags }
    }
}

/// Changes both accounts; `None` if a sum would leave its range, which only damaged books do.
pub(crate) fn sums(
    debit: &mut Account,
    credit: &mut Account,
    transfer: &Transfer,
    held: Option<Held>,
) -> Option<()> {
    if let Some(held) = held {
        debit.debits_pending = less(debit.debits_pending, held.amount)?;
        credit.credits_pending = less(credit.credits_pending, held.amount)?;
        if transfer.flags.void_pending() {
            if held.flags.closing_debit() {
                debit.flags = debit.flags.without(AccountFlags::CLOSED);
            }
            if held.flags.closing_credit() {
                credit.flags = credit.flags.without(AccountFlags::CLOSED);
            }
            return Some(());
        }
    }
    if transfer.flags.pending() {
        debit.debits_pending = debit.debits_pending.checked_add(transfer.amount)?;
        credit.credits_pending = credit.credits_pending.checked_add(transfer.amount)?;
        if transfer.flags.closing_debit() {
            debit.flags = debit.flags.with(AccountFlags::CLOSED);
        }
        if transfer.flags.closing_credit() {
            credit.flags = credit.flags.with(AccountFlags::CLOSED);
        }
    } else {
        debit.debits_posted = debit.debits_posted.checked_add(transfer.amount)?;
        credit.credits_posted = credit.credits_posted.checked_add(transfer.amount)?;
    }
    Some(())
}

fn less(sum: i64, amount: i64) -> Option<i64> {
    sum.checked_sub(amount).filter(|rest| *rest >= 0)
}
