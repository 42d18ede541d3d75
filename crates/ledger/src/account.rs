//! An account: four running sums and what it insists on. It has no balance of its own to set.

use crate::flags::AccountFlags;

/// An account as it stands.
///
/// Amounts are whole units (cents, tokens) from zero up to `i64::MAX`, and so is every sum of them:
/// a transfer that would pass that end is refused by name. TigerBeetle itself goes up to 2¹²⁸; the
/// smaller end is what both databases can store as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Chosen by whoever created it.
    pub id: u128,
    /// Reserved by open holds, to be debited.
    pub debits_pending: i64,
    /// Debited.
    pub debits_posted: i64,
    /// Reserved by open holds, to be credited.
    pub credits_pending: i64,
    /// Credited.
    pub credits_posted: i64,
    /// Whose account it is.
    pub user_data_128: u128,
    /// For whoever created it.
    pub user_data_64: u64,
    /// For whoever created it.
    pub user_data_32: u32,
    /// What is counted: an ISO 4217 number, or the token ledger.
    pub ledger: u32,
    /// Which book it belongs to, see [`crate::books::Book`].
    pub code: u16,
    /// What it insists on.
    pub flags: AccountFlags,
    /// When it was created: nanoseconds since 1970, its own and rising.
    pub timestamp: i64,
}

/// An account to be created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewAccount {
    /// Neither zero nor all ones. The same id twice is the same account.
    pub id: u128,
    /// Whose account it is.
    pub user_data_128: u128,
    /// For whoever creates it.
    pub user_data_64: u64,
    /// For whoever creates it.
    pub user_data_32: u32,
    /// What is counted; not zero.
    pub ledger: u32,
    /// Which book it belongs to; not zero.
    pub code: u16,
    /// What it insists on.
    pub flags: AccountFlags,
}

impl NewAccount {
    /// The account on the day it is created.
    pub(crate) fn at(self, timestamp: i64) -> Account {
        Account {
            id: self.id,
            user_data_128: self.user_data_128,
            user_data_64: self.user_data_64,
            user_data_32: self.user_data_32,
            ledger: self.ledger,
            code: self.code,
            flags: self.flags,
            timestamp,
            ..Account::default()
        }
    }
}

impl Account {
    /// Posted credits less posted debits: what a liability (a wallet) holds.
    #[must_use]
    pub const fn credit_balance(&self) -> i64 {
        self.credits_posted - self.debits_posted
    }

    /// Posted debits less posted credits: what an asset holds.
    #[must_use]
    pub const fn debit_balance(&self) -> i64 {
        self.debits_posted - self.credits_posted
    }

    /// What may still be debited under *debits must not exceed credits*. For showing only: whether
    /// a spend is allowed is decided by trying it.
    #[must_use]
    pub const fn spendable(&self) -> i64 {
        self.credits_posted - self.debits_posted - self.debits_pending
    }

    /// The four sums.
    #[must_use]
    pub const fn balance(&self, timestamp: i64) -> Balance {
        Balance {
            timestamp,
            debits_pending: self.debits_pending,
            debits_posted: self.debits_posted,
            credits_pending: self.credits_pending,
            credits_posted: self.credits_posted,
        }
    }
}

/// The four sums of an account after one of its transfers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// The timestamp of that transfer.
    pub timestamp: i64,
    /// Reserved by open holds, to be debited.
    pub debits_pending: i64,
    /// Debited.
    pub debits_posted: i64,
    /// Reserved by open holds, to be credited.
    pub credits_pending: i64,
    /// Credited.
    pub credits_posted: i64,
}
