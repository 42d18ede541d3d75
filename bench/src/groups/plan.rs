//! What is transferred: ids ordered by time, between random accounts or from one hot account.

use ledger::{NewAccount, NewTransfer};

/// How many accounts there are.
pub const ACCOUNTS: u64 = 10_000;

/// Who is debited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Anybody.
    Uniform,
    /// Always the same.
    Hot,
}

/// An endless list of transfers; the same seed gives the same list.
pub struct Plan {
    spread: Spread,
    made: u64,
    random: u64,
}

impl Plan {
    pub fn new(spread: Spread) -> Plan {
        Plan { spread, made: 0, random: 0x9e37_79b9_7f4a_7c15 }
    }

    fn random(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    /// The next group.
    pub fn group(&mut self, size: usize) -> Vec<NewTransfer> {
        (0..size).map(|_| self.next()).collect()
    }

    fn next(&mut self) -> NewTransfer {
        self.made += 1;
        let debit = match self.spread {
            Spread::Uniform => self.random() % ACCOUNTS,
            Spread::Hot => 0,
        };
        let credit = (debit + 1 + self.random() % (ACCOUNTS - 1)) % ACCOUNTS;
        // A millisecond for every hundred, then chance: as a clock would make them.
        let millis = 1_763_755_200_000 + u128::from(self.made / 100);
        let id = millis << 80 | u128::from(self.made) << 64 | u128::from(self.random());
        NewTransfer {
            id,
            debit_account_id: account(debit),
            credit_account_id: account(credit),
            amount: 1 + i64::try_from(self.random() % 100).unwrap_or(1),
            user_data_128: id ^ 1,
            ledger: 1,
            code: 1,
            ..NewTransfer::default()
        }
    }
}

fn account(nth: u64) -> u128 {
    1_763_755_100_000 << 80 | u128::from(nth)
}

/// All accounts.
pub fn accounts() -> Vec<NewAccount> {
    let new = |nth| NewAccount { id: account(nth), ledger: 1, code: 1, ..NewAccount::default() };
    (0..ACCOUNTS).map(new).collect()
}

/// Which account this is, from zero.
pub fn place(id: u128) -> usize {
    usize::try_from(id & 0xffff_ffff).unwrap_or(0)
}
