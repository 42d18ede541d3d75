//! What the SQLite engine keeps in memory, and how it follows the writer's transaction.

use super::pairs::Pair;
use super::recent::Recent;
use crate::machine::{State, Undo, Written};

/// How often things are written besides the transfers themselves.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Balances are written down after so many transfers.
    pub checkpoint_every: u64,
    /// A run of pairs is written after so many transfers.
    pub run_every: usize,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { checkpoint_every: 524_288, run_every: 65_536 }
    }
}

/// Everything in memory. It is behind one lock that is never held across a wait.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) state: State,
    /// What undoes everything since the last commit.
    pub(super) undo: Vec<Undo>,
    /// The newest transfer of each account, by place; zero for none. May be too new, never too old.
    pub(super) touched: Vec<i64>,
    pub(super) recent: Recent,
    /// Pairs that no committed run holds.
    pub(super) tail: Vec<Pair>,
    pub(super) here: Here,
    deed: Mark,
    kept: Mark,
    /// Something was decided here that is not written there. Only a rollback cures it.
    pub(super) unwritten: bool,
}

/// Small things that go back when the transaction does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Here {
    /// So many pairs of the tail are in runs of the open transaction.
    pub(super) flushed: usize,
    pub(super) next_run: i64,
    /// Up to this timestamp the balances on disk are right.
    pub(super) upto: i64,
    pub(super) since_checkpoint: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    undo: usize,
    tail: usize,
    here: Here,
}

impl Memory {
    /// Notes what was written besides the sums, which the machine changed already.
    pub(super) fn note(&mut self, written: &[Written], burnt: &[(u128, i64)]) {
        self.touched.resize(self.state.len().max(self.touched.len()), 0);
        for Written { transfer, debit, credit } in written {
            self.touched[*debit as usize] = transfer.timestamp;
            self.touched[*credit as usize] = transfer.timestamp;
            // An expiry is no transfer that anybody would list.
            if transfer.id != 0 {
                self.recent.note(transfer.id);
                self.tail.push((*debit, transfer.timestamp));
                self.tail.push((*credit, transfer.timestamp));
            }
        }
        for (id, _) in burnt {
            self.recent.note(*id);
        }
        self.here.since_checkpoint += written.len() as u64;
    }

    /// Pairs that wait for a run.
    pub(super) fn unflushed(&self) -> &[Pair] {
        &self.tail[self.here.flushed..]
    }

    fn now(&self) -> Mark {
        Mark { undo: self.undo.len(), tail: self.tail.len(), here: self.here }
    }

    pub(super) fn mark(&mut self) {
        self.deed = self.now();
    }

    pub(super) fn undo(&mut self) {
        self.back_to(self.deed);
    }

    pub(super) fn keep(&mut self) {
        self.undo.clear();
        self.tail.drain(..self.here.flushed);
        self.here.flushed = 0;
        self.kept = self.now();
        self.deed = self.kept;
    }

    pub(super) fn discard(&mut self) {
        self.back_to(self.kept);
        self.deed = self.kept;
    }

    fn back_to(&mut self, mark: Mark) {
        self.state.undo(&mut self.undo, mark.undo);
        self.tail.truncate(mark.tail);
        self.here = mark.here;
        self.unwritten = false;
    }
}
