//! A transfer: one amount from one account to another, never changed once written.

use crate::flags::TransferFlags;

/// The largest amount. As the amount of a post or of a balancing transfer it means "all of it".
pub const AMOUNT_MAX: i64 = i64::MAX;

/// Nanoseconds of a second.
pub(crate) const SECOND: i64 = 1_000_000_000;

/// A transfer as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Chosen by the caller: the idempotency key.
    pub id: u128,
    /// The account that is debited.
    pub debit_account_id: u128,
    /// The account that is credited.
    pub credit_account_id: u128,
    /// What really moved or was reserved, also where less was asked to be balanced or posted.
    pub amount: i64,
    /// The hold that it resolves, or zero.
    pub pending_id: u128,
    /// Which business object caused it.
    pub user_data_128: u128,
    /// For the caller.
    pub user_data_64: u64,
    /// For the caller.
    pub user_data_32: u32,
    /// Seconds after which a hold releases itself; zero for never.
    pub timeout: u32,
    /// What is counted.
    pub ledger: u32,
    /// Why, see [`crate::moves::Cause`].
    pub code: u16,
    /// What it is.
    pub flags: TransferFlags,
    /// When: nanoseconds since 1970, its own and rising.
    pub timestamp: i64,
}

/// A transfer to be made.
///
/// Ids should be ordered by time (UUID version 7, or [`crate::transfer_id`] of one): any other id
/// is right too but costs a look-up on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewTransfer {
    /// Neither zero nor all ones. The same id twice moves once.
    pub id: u128,
    /// The account to debit. A post or void may leave it zero.
    pub debit_account_id: u128,
    /// The account to credit. A post or void may leave it zero.
    pub credit_account_id: u128,
    /// How much, zero included; [`AMOUNT_MAX`] for all.
    pub amount: i64,
    /// The hold to resolve, or zero.
    pub pending_id: u128,
    /// Which business object causes it.
    pub user_data_128: u128,
    /// For the caller.
    pub user_data_64: u64,
    /// For the caller.
    pub user_data_32: u32,
    /// Seconds after which a hold releases itself; zero for never.
    pub timeout: u32,
    /// What is counted. A post or void may leave it zero.
    pub ledger: u32,
    /// Why. A post or void may leave it zero.
    pub code: u16,
    /// What it is.
    pub flags: TransferFlags,
}

impl NewTransfer {
    /// The transfer as written, if nothing in it had to be filled in.
    pub(crate) fn at(self, timestamp: i64) -> Transfer {
        Transfer {
            id: self.id,
            debit_account_id: self.debit_account_id,
            credit_account_id: self.credit_account_id,
            amount: self.amount,
            pending_id: self.pending_id,
            user_data_128: self.user_data_128,
            user_data_64: self.user_data_64,
            user_data_32: self.user_data_32,
            timeout: self.timeout,
            ledger: self.ledger,
            code: self.code,
            flags: self.flags,
            timestamp,
        }
    }
}

impl Transfer {
    /// When the hold releases itself, if it does.
    #[must_use]
    pub(crate) fn expires_at(&self) -> Option<i64> {
        let wait = i64::from(self.timeout) * SECOND;
        (wait > 0).then(|| self.timestamp.saturating_add(wait))
    }
}
