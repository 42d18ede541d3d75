//! What a request needs to know of earlier transfers: its own ids, the holds it names, and ids
//! that were burnt.

use std::collections::{HashMap, HashSet};

use crate::Transfer;

/// How a hold ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Posted, all or in part.
    Posted,
    /// Voided.
    Voided,
    /// Its time was up.
    Expired,
}

/// The past of one request. An engine fills in what it read; the machine adds what it writes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Past {
    fetched: Vec<Transfer>,
    places: HashMap<u128, Place>,
    fates: HashMap<u128, Fate>,
    burnt: HashSet<u128>,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Fetched(usize),
    Written(usize),
}

impl Past {
    /// A transfer that was written before this request.
    pub(crate) fn knows(&mut self, transfer: Transfer) {
        if !self.places.contains_key(&transfer.id) {
            self.places.insert(transfer.id, Place::Fetched(self.fetched.len()));
            self.fetched.push(transfer);
        }
    }

    /// How a hold ended before this request.
    pub(crate) fn ended(&mut self, hold: u128, fate: Fate) {
        self.fates.insert(hold, fate);
    }

    /// An id that failed for a passing reason.
    pub(crate) fn burn(&mut self, id: u128) {
        self.burnt.insert(id);
    }

    pub(super) fn is_burnt(&self, id: u128) -> bool {
        self.burnt.contains(&id)
    }

    pub(super) fn fate(&self, hold: u128) -> Option<Fate> {
        self.fates.get(&hold).copied()
    }

    pub(super) fn reopen(&mut self, hold: u128) {
        self.fates.remove(&hold);
    }

    pub(super) fn wrote(&mut self, id: u128, at: usize) {
        self.places.insert(id, Place::Written(at));
    }

    pub(super) fn forget(&mut self, id: u128) {
        self.places.remove(&id);
    }

    /// The transfer with that id; `written` is what this request has written so far.
    pub(super) fn transfer(&self, written: &[super::Written], id: u128) -> Option<Transfer> {
        match self.places.get(&id)? {
            Place::Fetched(nth) => self.fetched.get(*nth).copied(),
            Place::Written(nth) => written.get(*nth).map(|written| written.transfer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_transfer_may_be_told_twice() {
        let mut past = Past::default();
        let transfer = Transfer { id: 7, amount: 1, ..Transfer::default() };
        past.knows(transfer);
        past.knows(transfer);
        assert_eq!(past.transfer(&[], 7), Some(transfer));
        assert_eq!(past.transfer(&[], 8), None);
    }
}
