//! One request at work: the state it changes, what it needs to be taken back, and what it writes.

use super::apply::{self, Held};
use super::past::{Fate, Past};
use super::state::{Hold, State, Undo, sums_of};
use crate::{Balance, Transfer};

/// Everything the machine touches while it decides.
pub(crate) struct Work<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) undo: &'a mut Vec<Undo>,
    pub(crate) past: Past,
    pub(crate) effects: Effects,
    /// The next timestamp.
    next: i64,
}

/// What is to be written down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effects {
    /// Accounts that were created, by place.
    pub(crate) created: Vec<u32>,
    /// Transfers and expiries, in order.
    pub(crate) written: Vec<Written>,
    /// Ids that failed for a passing reason, and when.
    pub(crate) burnt: Vec<(u128, i64)>,
    /// Balances of accounts that keep their history, by place.
    pub(crate) history: Vec<(u32, Balance)>,
}

/// A row of the log: a transfer, or, with the id zero, the expiry of a hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    pub(crate) transfer: Transfer,
    pub(crate) debit: u32,
    pub(crate) credit: u32,
}

/// Where a chain began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    undo: usize,
    created: usize,
    written: usize,
    history: usize,
}

impl<'a> Work<'a> {
    /// Begins a request at `now`. Timestamps rise even where the clock does not.
    pub(crate) fn begin(
        state: &'a mut State,
        undo: &'a mut Vec<Undo>,
        past: Past,
        now: i64,
    ) -> Work<'a> {
        let next = now.max(state.last.saturating_add(1));
        Work { state, undo, past, effects: Effects::default(), next }
    }

    /// The time of whatever comes next.
    pub(crate) fn now(&self) -> i64 {
        self.next
    }

    /// The next timestamp, given out once.
    pub(super) fn stamp(&mut self) -> i64 {
        let stamp = self.next;
        assert!(stamp > self.state.last, "timestamps rise");
        self.state.last = stamp;
        self.next = stamp.saturating_add(1);
        stamp
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            undo: self.undo.len(),
            created: self.effects.created.len(),
            written: self.effects.written.len(),
            history: self.effects.history.len(),
        }
    }

    /// Takes back everything since the mark. Burnt ids stay burnt.
    pub(super) fn take_back(&mut self, mark: Mark) {
        for change in &self.undo[mark.undo..] {
            if let Undo::Resolved(hold) = change {
                self.past.reopen(hold.transfer.id);
            }
        }
        self.state.undo(self.undo, mark.undo);
        for written in self.effects.written.drain(mark.written..) {
            self.past.forget(written.transfer.id);
        }
        self.effects.created.truncate(mark.created);
        self.effects.history.truncate(mark.history);
    }

    pub(super) fn burn(&mut self, id: u128, stamp: i64) {
        self.past.burn(id);
        self.effects.burnt.push((id, stamp));
    }

    pub(super) fn transfer(&self, id: u128) -> Option<Transfer> {
        self.past.transfer(&self.effects.written, id)
    }

    /// Carries a transfer out: every check has passed.
    pub(super) fn write(&mut self, transfer: Transfer, debit: u32, credit: u32) {
        self.change(&transfer, debit, credit, None);
        if transfer.flags.pending() {
            self.state.open(Hold { transfer, debit, credit });
            self.undo.push(Undo::Opened(transfer.id));
        }
        self.log(Written { transfer, debit, credit });
    }

    /// Carries out what resolves a hold: every check has passed.
    pub(super) fn resolve(&mut self, transfer: Transfer, hold: Hold, fate: Fate) {
        self.change(&transfer, hold.debit, hold.credit, Some(Held::of(&hold.transfer)));
        let closed = self.state.close(hold.transfer.id);
        assert_eq!(closed, Some(hold), "a hold resolves once");
        self.undo.push(Undo::Resolved(hold));
        // So that the rest of the request finds it although it is open no more.
        if self.transfer(hold.transfer.id).is_none() {
            self.past.knows(hold.transfer);
        }
        self.past.ended(hold.transfer.id, fate);
        self.log(Written { transfer, debit: hold.debit, credit: hold.credit });
    }

    fn change(&mut self, transfer: &Transfer, debit: u32, credit: u32, held: Option<Held>) {
        assert_ne!(debit, credit, "an account does not pay itself");
        let mut from = *self.state.account(debit);
        let mut to = *self.state.account(credit);
        self.undo.push(Undo::Sums(debit, from.flags, sums_of(&from)));
        self.undo.push(Undo::Sums(credit, to.flags, sums_of(&to)));
        let applied = apply::sums(&mut from, &mut to, transfer, held);
        assert_eq!(applied, Some(()), "a checked transfer fits");
        *self.state.account_mut(debit) = from;
        *self.state.account_mut(credit) = to;
        for (place, account) in [(debit, &from), (credit, &to)] {
            if account.flags.history() {
                let balance = account.balance(transfer.timestamp);
                self.effects.history.push((place, balance));
            }
        }
    }

    fn log(&mut self, written: Written) {
        if written.transfer.id != 0 {
            self.past.wrote(written.transfer.id, self.effects.written.len());
        }
        self.effects.written.push(written);
    }
}
