//! Creating accounts.

use super::chain::{self, Words};
use super::state::Undo;
use super::work::Work;
use crate::CreateAccountStatus as Status;
use crate::flags::AccountFlags;
use crate::{Account, NewAccount};

const WORDS: Words<Status> = Words {
    created: Status::Created,
    failed: Status::LinkedEventFailed,
    open: Status::LinkedEventChainOpen,
};

/// Creates accounts in order.
pub(crate) fn create_accounts(work: &mut Work<'_>, accounts: &[NewAccount]) -> Vec<Status> {
    chain::run(work, accounts, &WORDS, |new| new.flags.linked(), create, |_, _, _, _| {})
}

fn create(work: &mut Work<'_>, new: &NewAccount, stamp: i64) -> Status {
    if let Err(status) = check(work, new) {
        return status;
    }
    let place = work.state.add(new.at(stamp));
    work.undo.push(Undo::Created);
    work.effects.created.push(place);
    Status::Created
}

fn check(work: &Work<'_>, new: &NewAccount) -> Result<(), Status> {
    let both =
        AccountFlags::DEBITS_MUST_NOT_EXCEED_CREDITS | AccountFlags::CREDITS_MUST_NOT_EXCEED_DEBITS;
    if new.flags.has_unknown() {
        return Err(Status::ReservedFlag);
    }
    if new.id == 0 {
        return Err(Status::IdMustNotBeZero);
    }
    if new.id == u128::MAX {
        return Err(Status::IdMustNotBeIntMax);
    }
    if let Some(place) = work.state.place(new.id) {
        return Err(compare(new, work.state.account(place)));
    }
    if new.flags.with(both) == new.flags {
        return Err(Status::FlagsAreMutuallyExclusive);
    }
    if new.ledger == 0 {
        return Err(Status::LedgerMustNotBeZero);
    }
    if new.code == 0 {
        return Err(Status::CodeMustNotBeZero);
    }
    Ok(())
}

fn compare(new: &NewAccount, there: &Account) -> Status {
    if new.flags != there.flags {
        Status::ExistsWithDifferentFlags
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
