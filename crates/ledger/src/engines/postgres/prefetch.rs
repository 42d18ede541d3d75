//! What a request needs to be decided, read under locks.

use base::Fault;
use store::Tx;

use super::rows;
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
    let holds = rows::due_or_named(tx, now, &named).await?;
    let sides = new.iter().flat_map(|new| [new.debit_account_id, new.credit_account_id]);
    let mut ids: Vec<u128> = sides.filter(|id| *id != 0).collect();
    ids.extend(holds.iter().flat_map(|hold| [hold.debit, hold.credit]));
    ids.sort_unstable();
    ids.dedup();
    rows::lock(tx, &ids).await?;

    let mut fetched = Fetched::default();
    fetched.know(shared::accounts(tx, &ids).await?);
    let mut known: Vec<u128> = new.iter().map(|new| new.id).chain(named).collect();
    known.extend(holds.iter().map(|hold| hold.id));
    known.retain(|id| *id != 0);
    if rows::is_any_known(tx, &known).await? {
        fetched.past = shared::past(tx, &known).await?;
    }
    // Only now: whoever held the locks before may have resolved some.
    let open: Vec<u128> = holds.iter().map(|hold| hold.id).collect();
    if !open.is_empty() {
        for transfer in rows::still_open(tx, &open).await? {
            let places = (
                fetched.state.place(transfer.debit_account_id),
                fetched.state.place(transfer.credit_account_id),
            );
            if let (Some(debit), Some(credit)) = places {
                fetched.state.open(Hold { transfer, debit, credit });
            }
        }
    }
    Ok(fetched)
}
