//! What to list of an account's transfers or balances.

/// Which of an account's transfers, in which order, and how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Whose.
    pub account_id: u128,
    /// From this timestamp on, itself included; zero for the beginning.
    pub from: i64,
    /// Up to this timestamp, itself included; zero for the end.
    pub until: i64,
    /// On which side of the account.
    pub side: Side,
    /// In which order.
    pub order: Order,
    /// Only with this code; zero for all.
    pub code: u16,
    /// Only with this object; zero for all.
    pub user_data_128: u128,
    /// At most so many, and never more than [`MOST`].
    pub limit: u32,
}

/// The longest list that is ever given.
pub const MOST: u32 = 8_189;

/// A side of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Debits and credits.
    #[default]
    Both,
    /// Debits only.
    Debits,
    /// Credits only.
    Credits,
}

/// An order of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    NewestFirst,
    /// The oldest first.
    OldestFirst,
}

impl AccountFilter {
    /// The newest transfers of an account.
    #[must_use]
    pub fn newest(account_id: u128, limit: u32) -> AccountFilter {
        AccountFilter { account_id, limit, ..AccountFilter::default() }
    }

    /// Both ends of the time, with what zero stands for filled in.
    pub(crate) fn span(&self) -> (i64, i64) {
        (self.from, if self.until == 0 { i64::MAX } else { self.until })
    }

    pub(crate) fn length(&self) -> u32 {
        self.limit.min(MOST)
    }

    /// Whether a transfer of the account passes what is asked besides the time.
    pub(crate) fn takes(&self, transfer: &crate::Transfer) -> bool {
        let side = match self.side {
            Side::Both => true,
            Side::Debits => transfer.debit_account_id == self.account_id,
            Side::Credits => transfer.credit_account_id == self.account_id,
        };
        side && (self.code == 0 || self.code == transfer.code)
            && (self.user_data_128 == 0 || self.user_data_128 == transfer.user_data_128)
    }
}
