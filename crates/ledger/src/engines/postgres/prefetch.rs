//! What a request needs to be decided, read under locks.

use base::Fault;
use store::Tx;

use super::rows::{self, Open};
use crate::NewTransfer;
use crate::engines::columns::Kept;
use crate::engines::rows as shared;
use crate::machine::{Hold, Past, State};

/// Accounts, open holds and the past of one request.
#[derive(Default)]
pub(super) struct Fetched {
    pub(super) state: State,
    pub(super) past: Past,
    /// What transfers call the accounts by, by place.
    pub(super) numbers: Vec<i64>,
    /// The newest transfer of any of the accounts.
    pub(super) newest: i64,
}

impl Fetched {
    pub(super) fn know(&mut self, kept: Vec<Kept>) {
        for Kept { account, number, touched } in kept {
            self.state.add(account);
            self.numbers.push(number);
            self.newest = self.newest.max(touched).max(account.timestamp);
        }
    }
}

/// Locks every account that a request could change, then reads what it needs to be decided.
pub(super) async fn prefetch(tx: &mut Tx, now: i64, new: &[NewTransfer]) -> Result<Fetched, Fault> {
    let named: Vec<u128> = new.iter().map(|new| new.pending_id).filter(|id| *id != 0).collect();
    let mut holds =
        if named.is_empty() { Vec::new() } else { rows::named_holds(tx, &named).await? };
    let sides = new.iter().flat_map(|new| [new.debit_account_id, new.credit_account_id]);
    let mut ids: Vec<u128> = sides.filter(|id| *id != 0).collect();
    ids.extend(holds.iter().flat_map(|hold| [hold.debit, hold.credit]));
    ids.sort_unstable();
    ids.dedup();

    let mut fetched = Fetched::default();
    let (kept, next_expiry) = rows::lock(tx, &ids).await?;
    fetched.know(kept);
    if next_expiry.is_some_and(|next| next <= now) {
        holds.extend(lock_due(tx, now, &mut fetched).await?);
    }
    let mut known: Vec<u128> = new.iter().map(|new| new.id).chain(named).collect();
    known.extend(holds.iter().map(|hold| hold.id));
    known.retain(|id| *id != 0);
    // Only under the locks: whoever held them before may have used these ids, and resolved holds.
    if rows::is_any_known(tx, &known).await? {
        fetched.past = shared::past(tx, &known).await?;
    }
    open(tx, &holds, &mut fetched).await?;
    Ok(fetched)
}

/// What an expiry pass needs, without any request.
pub(super) async fn prefetch_due(tx: &mut Tx, now: i64) -> Result<Fetched, Fault> {
    let mut fetched = Fetched::default();
    let holds = lock_due(tx, now, &mut fetched).await?;
    open(tx, &holds, &mut fetched).await?;
    Ok(fetched)
}

/// Locks the accounts of holds that are due, as far as nobody else has them.
///
/// They come late and in no order, so waiting for them could end in a deadlock. A hold whose
/// accounts are busy is released by whoever comes next, and is worth nothing until then.
async fn lock_due(tx: &mut Tx, now: i64, fetched: &mut Fetched) -> Result<Vec<Open>, Fault> {
    let due = rows::due_holds(tx, now).await?;
    let mut more: Vec<u128> = due.iter().flat_map(|hold| [hold.debit, hold.credit]).collect();
    more.retain(|id| fetched.state.place(*id).is_none());
    more.sort_unstable();
    more.dedup();
    if !more.is_empty() {
        fetched.know(rows::lock_if_free(tx, &more).await?);
    }
    Ok(due)
}

/// Tells which of the holds are open still; those whose accounts are not ours are left alone.
async fn open(tx: &mut Tx, holds: &[Open], fetched: &mut Fetched) -> Result<(), Fault> {
    if holds.is_empty() {
        return Ok(());
    }
    let ids: Vec<u128> = holds.iter().map(|hold| hold.id).collect();
    for transfer in rows::still_open(tx, &ids).await? {
        let debit = fetched.state.place(transfer.debit_account_id);
        let credit = fetched.state.place(transfer.credit_account_id);
        if let (Some(debit), Some(credit)) = (debit, credit) {
            fetched.state.open(Hold { transfer, debit, credit });
        }
    }
    Ok(())
}
