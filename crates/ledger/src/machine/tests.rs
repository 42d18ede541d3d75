//! The machine by itself: time, order of expiry, and taking back. What it answers is told by the
//! cases in `tests/books`, on both engines.

use super::*;
use crate::CreateTransferStatus as S;
use crate::transfer::SECOND;
use crate::{NewAccount, NewTransfer, TransferFlags};

fn two_accounts(state: &mut State) {
    let mut undo = Vec::new();
    let mut work = Work::begin(state, &mut undo, Past::default(), 1);
    let new = [1, 2].map(|id| NewAccount { id, ledger: 1, code: 1, ..NewAccount::default() });
    let statuses = create_accounts(&mut work, &new);
    assert!(statuses.iter().all(|status| status.is_there()));
}

fn transfer(id: u128) -> NewTransfer {
    NewTransfer {
        id,
        debit_account_id: 1,
        credit_account_id: 2,
        amount: 5,
        ledger: 1,
        code: 1,
        ..NewTransfer::default()
    }
}

fn hold(id: u128, timeout: u32) -> NewTransfer {
    NewTransfer { timeout, flags: TransferFlags::PENDING, ..transfer(id) }
}

fn make(state: &mut State, now: i64, new: &[NewTransfer]) -> (Vec<S>, Effects) {
    let mut undo = Vec::new();
    let mut work = Work::begin(state, &mut undo, Past::default(), now);
    expire(&mut work);
    let statuses = create_transfers(&mut work, new);
    (statuses, work.effects)
}

fn stamps(effects: &Effects) -> Vec<i64> {
    effects.written.iter().map(|written| written.transfer.timestamp).collect()
}

#[test]
fn timestamps_rise_whatever_the_clock_says() {
    let mut state = State::default();
    two_accounts(&mut state);
    let leap = 2_147_483_648 * SECOND;
    let mut seen = Vec::new();
    for (nth, now) in [1_000, 500, leap, leap - 3_600 * SECOND, 7, leap + 1].into_iter().enumerate()
    {
        let id = 10 * (nth as u128 + 1);
        seen.extend(stamps(&make(&mut state, now, &[transfer(id), transfer(id + 1)]).1));
    }
    assert!(seen.windows(2).all(|two| two[0] < two[1]), "{seen:?}");
    assert_eq!(&seen[..3], &[1_000, 1_001, 1_002]);
}

#[test]
fn holds_expire_once_in_the_order_of_their_time_outs() {
    let mut state = State::default();
    two_accounts(&mut state);
    make(&mut state, SECOND, &[hold(10, 9), hold(11, 3), hold(12, 3), hold(13, 0)]);
    let mut undo = Vec::new();
    let mut work = Work::begin(&mut state, &mut undo, Past::default(), 20 * SECOND);
    assert_eq!(expire(&mut work), 3);
    let ended: Vec<u128> =
        work.effects.written.iter().map(|written| written.transfer.pending_id).collect();
    assert_eq!(ended, [11, 12, 10]);
    assert_eq!(expire(&mut work), 0);
    assert_eq!(state.account(0).debits_pending, 5, "the one without a time-out");
}

#[test]
fn a_hold_is_expired_by_the_clock_before_anybody_releases_it() {
    let mut state = State::default();
    two_accounts(&mut state);
    make(&mut state, SECOND, &[hold(10, 3)]);
    let post = NewTransfer {
        id: 11,
        pending_id: 10,
        amount: 5,
        flags: TransferFlags::POST_PENDING,
        ..NewTransfer::default()
    };
    let mut undo = Vec::new();
    let mut work = Work::begin(&mut state, &mut undo, Past::default(), 9 * SECOND);
    assert_eq!(create_transfers(&mut work, &[post]), [S::PendingTransferExpired]);
}

#[test]
fn taking_back_leaves_the_state_as_it_was() {
    let mut state = State::default();
    two_accounts(&mut state);
    make(&mut state, SECOND, &[hold(10, 3), hold(11, 0)]);
    let before = format!("{:?} {:?}", state.accounts(), sorted_holds(&state));
    let mut undo = Vec::new();
    let mut work = Work::begin(&mut state, &mut undo, Past::default(), 20 * SECOND);
    expire(&mut work);
    let void = NewTransfer {
        id: 20,
        pending_id: 11,
        flags: TransferFlags::VOID_PENDING,
        ..NewTransfer::default()
    };
    let closing = TransferFlags::PENDING | TransferFlags::CLOSING_DEBIT;
    let close = NewTransfer { flags: closing, ..transfer(21) };
    let statuses = create_transfers(&mut work, &[void, transfer(22), close]);
    assert_eq!(statuses, [S::Created; 3]);
    let more = NewAccount { id: 3, ledger: 1, code: 1, ..NewAccount::default() };
    let _ = create_accounts(&mut work, &[more]);
    assert_eq!(state.before(&undo, 3), None);
    assert_eq!(state.before(&undo, 1).map(|account| account.debits_pending), Some(10));
    state.undo(&mut undo, 0);
    assert_eq!(format!("{:?} {:?}", state.accounts(), sorted_holds(&state)), before);
    assert_eq!(state.due(20 * SECOND).map(|hold| hold.transfer.id), Some(10));
}

fn sorted_holds(state: &State) -> Vec<u128> {
    let mut ids: Vec<u128> = state.holds().map(|hold| hold.transfer.id).collect();
    ids.sort_unstable();
    ids
}
