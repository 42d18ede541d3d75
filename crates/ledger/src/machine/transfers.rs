//! Making transfers: what is checked first for all of them, and who decides the rest.

use super::chain::{self, Words};
use super::work::Work;
use super::{exists, resolve, single};
use crate::CreateTransferStatus as Status;
use crate::NewTransfer;

const WORDS: Words<Status> = Words {
    created: Status::Created,
    failed: Status::LinkedEventFailed,
    open: Status::LinkedEventChainOpen,
};

/// Makes transfers in order.
pub(crate) fn create_transfers(work: &mut Work<'_>, transfers: &[NewTransfer]) -> Vec<Status> {
    let failed = |work: &mut Work<'_>, new: &NewTransfer, stamp, status: Status| {
        if status.burns_the_id() {
            work.burn(new.id, stamp);
        }
    };
    chain::run(work, transfers, &WORDS, |new| new.flags.linked(), create, failed)
}

fn create(work: &mut Work<'_>, new: &NewTransfer, stamp: i64) -> Status {
    let decided = named(work, new).and_then(|()| {
        if new.flags.resolves() {
            resolve::resolve(work, new, stamp)
        } else {
            single::make(work, new, stamp)
        }
    });
    decided.err().unwrap_or(Status::Created)
}

/// Whether the id is new. Before everything else, so that a retry is answered by the past.
fn named(work: &Work<'_>, new: &NewTransfer) -> Result<(), Status> {
    if new.flags.has_unknown() {
        return Err(Status::ReservedFlag);
    }
    if new.amount < 0 {
        return Err(Status::AmountMustNotBeNegative);
    }
    if new.id == 0 {
        return Err(Status::IdMustNotBeZero);
    }
    if new.id == u128::MAX {
        return Err(Status::IdMustNotBeIntMax);
    }
    if let Some(there) = work.transfer(new.id) {
        return Err(exists::compare(new, &there, work.hold(there.pending_id).as_ref()));
    }
    if work.past.is_burnt(new.id) {
        return Err(Status::IdAlreadyFailed);
    }
    Ok(())
}
