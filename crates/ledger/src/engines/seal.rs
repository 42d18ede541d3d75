//! Checksums of rows, so that a damaged file is noticed instead of believed.
//!
//! They guard against disks, not against people: whoever can write the file can write a seal.

use crate::{Account, Transfer};

/// Mixes numbers into 32 bits, in order.
struct Mix(u64);

impl Mix {
    fn new(kind: u64) -> Mix {
        Mix(kind ^ 0x243f_6a88_85a3_08d3)
    }

    fn add(mut self, number: u64) -> Mix {
        self.0 = (self.0.rotate_left(29) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
        self
    }

    fn add_wide(self, number: u128) -> Mix {
        #[expect(clippy::cast_possible_truncation, reason = "both halves go in")]
        let low = number as u64;
        self.add(low).add((number >> 64) as u64)
    }

    fn end(self) -> i64 {
        i64::from((self.0 ^ self.0 >> 17) as u32)
    }
}

/// The seal of a transfer's row, from what the row holds.
pub(super) fn of_transfer(transfer: &Transfer, debit: i64, credit: i64) -> i64 {
    Mix::new(1)
        .add(transfer.timestamp.cast_unsigned())
        .add_wide(transfer.id)
        .add(debit.cast_unsigned())
        .add(credit.cast_unsigned())
        .add(transfer.amount.cast_unsigned())
        .add(u64::from(transfer.code) << 48 | u64::from(transfer.flags.bits()) << 32)
        .add(u64::from(transfer.timeout) << 32 | u64::from(transfer.user_data_32))
        .add_wide(transfer.pending_id)
        .add_wide(transfer.user_data_128)
        .add(transfer.user_data_64)
        .end()
}

/// The seal of an account's row.
pub(super) fn of_account(account: &Account, number: i64, touched: i64) -> i64 {
    Mix::new(2)
        .add(number.cast_unsigned())
        .add_wide(account.id)
        .add(account.debits_pending.cast_unsigned())
        .add(account.debits_posted.cast_unsigned())
        .add(account.credits_pending.cast_unsigned())
        .add(account.credits_posted.cast_unsigned())
        .add_wide(account.user_data_128)
        .add(account.user_data_64)
        .add(u64::from(account.ledger) << 32 | u64::from(account.user_data_32))
        .add(u64::from(account.code) << 48 | u64::from(account.flags.bits()))
        .add(account.timestamp.cast_unsigned())
        .add(touched.cast_unsigned())
        .end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_counts() {
        let transfer = Transfer { id: 1, amount: 5, timestamp: 9, ..Transfer::default() };
        let seal = of_transfer(&transfer, 1, 2);
        assert_ne!(seal, of_transfer(&transfer, 2, 1));
        assert_ne!(seal, of_transfer(&Transfer { amount: 4, ..transfer }, 1, 2));
        assert_ne!(seal, of_transfer(&Transfer { id: 1 << 100, ..transfer }, 1, 2));
        assert_ne!(seal, of_transfer(&Transfer { timeout: 1, ..transfer }, 1, 2));
        let account = Account { id: 1, ..Account::default() };
        let seal = of_account(&account, 1, 0);
        assert_ne!(seal, of_account(&Account { credits_posted: 1, ..account }, 1, 0));
        assert_ne!(seal, of_account(&account, 1, 1));
    }
}
