//! The memory of the machine: accounts, open holds and the newest timestamp, and how to take a
//! change back.

use std::collections::{BTreeSet, HashMap};

use crate::flags::AccountFlags;
use crate::{Account, Transfer};

/// Accounts by their place in a list, and holds that are neither posted, voided nor expired.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    accounts: Vec<Account>,
    places: HashMap<u128, u32>,
    holds: HashMap<u128, Hold>,
    /// When holds expire, then when they were made, then which.
    expiries: BTreeSet<(i64, i64, u128)>,
    /// No timestamp above this one was given out.
    pub(crate) last: i64,
}

/// An open hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) transfer: Transfer,
    pub(crate) debit: u32,
    pub(crate) credit: u32,
}

/// How to take one change back. Changes are taken back in the opposite order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Undo {
    /// The sums and flags of an account changed from these.
    Sums(u32, AccountFlags, [i64; 4]),
    /// The newest account was created.
    Created,
    /// A hold was opened.
    Opened(u128),
    /// A hold was resolved.
    Resolved(Hold),
}

impl State {
    /// How many accounts there are.
    pub(crate) fn len(&self) -> usize {
        self.accounts.len()
    }

    /// All accounts, by place.
    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Where an account is.
    pub(crate) fn place(&self, id: u128) -> Option<u32> {
        self.places.get(&id).copied()
    }

    /// The account at a place that was given out.
    pub(crate) fn account(&self, place: u32) -> &Account {
        &self.accounts[place as usize]
    }

    /// Careful: the caller keeps what is needed to undo it.
    pub(crate) fn account_mut(&mut self, place: u32) -> &mut Account {
        &mut self.accounts[place as usize]
    }

    /// Adds an account that is not there yet.
    pub(crate) fn add(&mut self, account: Account) -> u32 {
        assert!(self.accounts.len() < u32::MAX as usize, "more accounts than places");
        #[expect(clippy::cast_possible_truncation, reason = "asserted above")]
        let place = self.accounts.len() as u32;
        let earlier = self.places.insert(account.id, place);
        assert_eq!(earlier, None, "an account is added once");
        self.accounts.push(account);
        place
    }

    pub(crate) fn hold(&self, id: u128) -> Option<&Hold> {
        self.holds.get(&id)
    }

    pub(crate) fn holds(&self) -> impl Iterator<Item = &Hold> {
        self.holds.values()
    }

    pub(crate) fn open(&mut self, hold: Hold) {
        if let Some(expires_at) = hold.transfer.expires_at() {
            self.expiries.insert((expires_at, hold.transfer.timestamp, hold.transfer.id));
        }
        let earlier = self.holds.insert(hold.transfer.id, hold);
        assert_eq!(earlier, None, "a hold is opened once");
    }

    pub(crate) fn close(&mut self, id: u128) -> Option<Hold> {
        let hold = self.holds.remove(&id)?;
        if let Some(expires_at) = hold.transfer.expires_at() {
            self.expiries.remove(&(expires_at, hold.transfer.timestamp, id));
        }
        Some(hold)
    }

    /// The hold that expires next, if that is due at `now`.
    pub(crate) fn due(&self, now: i64) -> Option<Hold> {
        let (expires_at, _, id) = self.expiries.first()?;
        if *expires_at <= now { self.holds.get(id).copied() } else { None }
    }

    /// Takes changes back until `changes` is as short as `mark`.
    pub(crate) fn undo(&mut self, changes: &mut Vec<Undo>, mark: usize) {
        while changes.len() > mark {
            match changes.pop() {
                Some(Undo::Sums(place, flags, sums)) => {
                    set_sums(&mut self.accounts[place as usize], flags, sums);
                }
                Some(Undo::Created) => {
                    if let Some(account) = self.accounts.pop() {
                        self.places.remove(&account.id);
                    }
                }
                Some(Undo::Opened(id)) => {
                    self.close(id);
                }
                Some(Undo::Resolved(hold)) => self.open(hold),
                None => {}
            }
        }
    }

    /// The account at a place as it was before `changes`, or none if it was not there.
    pub(crate) fn before(&self, changes: &[Undo], id: u128) -> Option<Account> {
        let place = self.place(id)?;
        let mut account = *self.account(place);
        let created = changes.iter().filter(|change| matches!(change, Undo::Created)).count();
        if place as usize >= self.accounts.len() - created {
            return None;
        }
        for change in changes.iter().rev() {
            if let Undo::Sums(changed, flags, sums) = change
                && *changed == place
            {
                set_sums(&mut account, *flags, *sums);
            }
        }
        Some(account)
    }
}

/// The four sums of an account, to be put back by [`set_sums`].
pub(crate) fn sums_of(account: &Account) -> [i64; 4] {
    [account.debits_pending, account.debits_posted, account.credits_pending, account.credits_posted]
}

fn set_sums(account: &mut Account, flags: AccountFlags, sums: [i64; 4]) {
    let [debits_pending, debits_posted, credits_pending, credits_posted] = sums;
    *account = Account {
        debits_pending,
        debits_posted,
        credits_pending,
        credits_posted,
        flags,
        ..*account
    };
}
