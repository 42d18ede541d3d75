//! A second opinion: the rules written down again, as plainly as they go and without any speed.
//!
//! It shares nothing with the machine but the public types. Time is whole milliseconds here: the
//! engines count nanoseconds from there, which no test clock reaches.

use std::collections::{BTreeMap, BTreeSet};

use ledger::CreateTransferStatus as S;
use ledger::{Account, AccountFlags, NewAccount, NewTransfer, Transfer};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Posted,
    Voided,
    Expired,
}

/// The whole world. To roll back is to go back to a copy.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub accounts: BTreeMap<u128, Account>,
    pub transfers: BTreeMap<u128, Transfer>,
    made: BTreeMap<u128, i64>,
    ends: BTreeMap<u128, End>,
    burnt: BTreeSet<u128>,
    pub now: i64,
}

fn fits(sum: i128) -> bool {
    sum <= i128::from(i64::MAX)
}

impl Model {
    pub fn open(&mut self, new: &NewAccount) {
        let account = Account {
            id: new.id,
            ledger: new.ledger,
            code: new.code,
            flags: new.flags,
            ..Account::default()
        };
        self.accounts.insert(new.id, account);
    }

    fn expiry(&self, id: u128) -> i64 {
        self.made[&id] + i64::from(self.transfers[&id].timeout) * 1000
    }

    pub fn expire(&mut self) {
        let due = |hold: &&Transfer| {
            hold.flags.pending()
                && hold.timeout > 0
                && !self.ends.contains_key(&hold.id)
                && self.expiry(hold.id) <= self.now
        };
        let due: Vec<Transfer> = self.transfers.values().filter(due).copied().collect();
        for hold in due {
            self.release(&hold, true);
            self.ends.insert(hold.id, End::Expired);
        }
    }

    pub fn make(&mut self, new: &[NewTransfer]) -> Vec<S> {
        self.expire();
        let mut told = vec![S::Created; new.len()];
        let mut first = 0;
        while first < new.len() {
            let linked = new[first..].iter().take_while(|one| one.flags.linked()).count();
            let end = (first + linked + 1).min(new.len());
            self.chain(&new[first..end], &mut told[first..end]);
            first = end;
        }
        told
    }

    /// A chain, or a transfer of its own.
    fn chain(&mut self, new: &[NewTransfer], told: &mut [S]) {
        let before = self.clone();
        let open = new.last().is_some_and(|last| last.flags.linked());
        for (nth, one) in new.iter().enumerate() {
            let said =
                if open && nth + 1 == new.len() { S::LinkedEventChainOpen } else { self.one(one) };
            if said != S::Created {
                *self = before;
                told.fill(S::LinkedEventFailed);
                if open {
                    told[new.len() - 1] = S::LinkedEventChainOpen;
                }
                told[nth] = said;
                if said.burns_the_id() {
                    self.burnt.insert(one.id);
                }
                return;
            }
        }
    }

    fn one(&mut self, new: &NewTransfer) -> S {
        if new.amount < 0 {
            return S::AmountMustNotBeNegative;
        }
        if let Some(there) = self.transfers.get(&new.id) {
            return self.again(new, there);
        }
        if self.burnt.contains(&new.id) {
            return S::IdAlreadyFailed;
        }
        let outcome = if new.flags.post_pending() || new.flags.void_pending() {
            self.resolve(new)
        } else {
            self.single(new)
        };
        outcome.err().unwrap_or(S::Created)
    }

    fn again(&self, new: &NewTransfer, there: &Transfer) -> S {
        let hold = self.transfers.get(&there.pending_id);
        let filled = |own: u128, from_hold: Option<u128>| match from_hold {
            Some(value) if own == 0 => value,
            _ => own,
        };
        let amount = match hold {
            Some(hold) if new.flags.void_pending() && new.amount == 0 => hold.amount,
            Some(hold) if new.flags.post_pending() && new.amount == i64::MAX => hold.amount,
            _ if new.flags.balances() => new.amount.min(there.amount),
            _ => new.amount,
        };
        let h = |field: fn(&Transfer) -> u128| hold.map(field);
        let debit = filled(new.debit_account_id, h(|hold| hold.debit_account_id));
        let credit = filled(new.credit_account_id, h(|hold| hold.credit_account_id));
        let wide = filled(new.user_data_128, h(|hold| hold.user_data_128));
        let code = filled(new.code.into(), h(|hold| hold.code.into()));
        let ledger = filled(new.ledger.into(), h(|hold| hold.ledger.into()));
        [
            (new.flags != there.flags, S::ExistsWithDifferentFlags),
            (new.pending_id != there.pending_id, S::ExistsWithDifferentPendingId),
            (new.timeout != there.timeout, S::ExistsWithDifferentTimeout),
            (debit != there.debit_account_id, S::ExistsWithDifferentDebitAccountId),
            (credit != there.credit_account_id, S::ExistsWithDifferentCreditAccountId),
            (amount != there.amount, S::ExistsWithDifferentAmount),
            (wide != there.user_data_128, S::ExistsWithDifferentUserData128),
            (ledger != u128::from(there.ledger), S::ExistsWithDifferentLedger),
            (code != u128::from(there.code), S::ExistsWithDifferentCode),
        ]
        .into_iter()
        .find_map(|(differs, status)| differs.then_some(status))
        .unwrap_or(S::Exists)
    }

    fn single(&mut self, new: &NewTransfer) -> Result<(), S> {
        let holds = new.flags.pending();
        let fail = |wrong: bool, status: S| if wrong { Err(status) } else { Ok(()) };
        fail(new.debit_account_id == new.credit_account_id, S::AccountsMustBeDifferent)?;
        fail(new.pending_id != 0, S::PendingIdMustBeZero)?;
        fail(!holds && new.timeout > 0, S::TimeoutReservedForPendingTransfer)?;
        fail(!holds && new.flags.closes(), S::ClosingTransferMustBePending)?;
        let debit = *self.accounts.get(&new.debit_account_id).ok_or(S::DebitAccountNotFound)?;
        let credit = *self.accounts.get(&new.credit_account_id).ok_or(S::CreditAccountNotFound)?;
        fail(debit.ledger != credit.ledger, S::AccountsMustHaveTheSameLedger)?;
        fail(new.ledger != debit.ledger, S::TransferMustHaveTheSameLedgerAsAccounts)?;
        fail(debit.flags.closed(), S::DebitAccountAlreadyClosed)?;
        fail(credit.flags.closed(), S::CreditAccountAlreadyClosed)?;
        let wide = |number: i64| i128::from(number);
        let debits = wide(debit.debits_posted) + wide(debit.debits_pending);
        let credits = wide(credit.credits_posted) + wide(credit.credits_pending);
        let mut amount = wide(new.amount);
        if new.flags.balancing_debit() {
            amount = amount.min((wide(debit.credits_posted) - debits).max(0));
        }
        if new.flags.balancing_credit() {
            amount = amount.min((wide(credit.debits_posted) - credits).max(0));
        }
        let over = |sum: i64| !fits(wide(sum) + amount);
        fail(holds && over(debit.debits_pending), S::OverflowsDebitsPending)?;
        fail(holds && over(credit.credits_pending), S::OverflowsCreditsPending)?;
        fail(over(debit.debits_posted), S::OverflowsDebitsPosted)?;
        fail(over(credit.credits_posted), S::OverflowsCreditsPosted)?;
        fail(!fits(debits + amount), S::OverflowsDebits)?;
        fail(!fits(credits + amount), S::OverflowsCredits)?;
        let wallet = debit.flags.debits_must_not_exceed_credits();
        fail(wallet && debits + amount > wide(debit.credits_posted), S::ExceedsCredits)?;
        let debtor = credit.flags.credits_must_not_exceed_debits();
        fail(debtor && credits + amount > wide(credit.debits_posted), S::ExceedsDebits)?;
        let amount = i64::try_from(amount).unwrap();
        let made = record(new, new.debit_account_id, new.credit_account_id, amount);
        self.move_sums(&made, amount, if holds { Sums::Pending } else { Sums::Posted });
        if new.flags.closing_debit() {
            self.close(new.debit_account_id, AccountFlags::CLOSED);
        }
        if new.flags.closing_credit() {
            self.close(new.credit_account_id, AccountFlags::CLOSED);
        }
        self.keep(made);
        Ok(())
    }

    fn resolve(&mut self, new: &NewTransfer) -> Result<(), S> {
        let fail = |wrong: bool, status: S| if wrong { Err(status) } else { Ok(()) };
        let flags = new.flags;
        let too_much = (flags.post_pending() && flags.void_pending())
            || flags.pending()
            || flags.balances()
            || flags.closes();
        fail(too_much, S::FlagsAreMutuallyExclusive)?;
        fail(new.pending_id == 0, S::PendingIdMustNotBeZero)?;
        fail(new.pending_id == new.id, S::PendingIdMustBeDifferent)?;
        fail(new.timeout > 0, S::TimeoutReservedForPendingTransfer)?;
        let hold = *self.transfers.get(&new.pending_id).ok_or(S::PendingTransferNotFound)?;
        fail(!hold.flags.pending(), S::PendingTransferNotPending)?;
        let other = |own: u128, held: u128| own != 0 && own != held;
        let debit = other(new.debit_account_id, hold.debit_account_id);
        fail(debit, S::PendingTransferHasDifferentDebitAccountId)?;
        let credit = other(new.credit_account_id, hold.credit_account_id);
        fail(credit, S::PendingTransferHasDifferentCreditAccountId)?;
        let ledger = other(new.ledger.into(), hold.ledger.into());
        fail(ledger, S::PendingTransferHasDifferentLedger)?;
        let code = other(new.code.into(), hold.code.into());
        fail(code, S::PendingTransferHasDifferentCode)?;
        let void = flags.void_pending();
        let all = if void { new.amount == 0 } else { new.amount == i64::MAX };
        let amount = if all { hold.amount } else { new.amount };
        fail(amount > hold.amount, S::ExceedsPendingTransferAmount)?;
        fail(void && amount < hold.amount, S::PendingTransferHasDifferentAmount)?;
        match self.ends.get(&hold.id) {
            Some(End::Posted) => return Err(S::PendingTransferAlreadyPosted),
            Some(End::Voided) => return Err(S::PendingTransferAlreadyVoided),
            Some(End::Expired) => return Err(S::PendingTransferExpired),
            None => {}
        }
        let closed = |id: u128| self.accounts[&id].flags.closed();
        fail(!void && closed(hold.debit_account_id), S::DebitAccountAlreadyClosed)?;
        fail(!void && closed(hold.credit_account_id), S::CreditAccountAlreadyClosed)?;
        self.release(&hold, void);
        let mut made = record(new, hold.debit_account_id, hold.credit_account_id, amount);
        if !void {
            self.move_sums(&made, amount, Sums::Posted);
        }
        (made.ledger, made.code) = (hold.ledger, hold.code);
        if made.user_data_128 == 0 {
            made.user_data_128 = hold.user_data_128;
        }
        self.ends.insert(hold.id, if void { End::Voided } else { End::Posted });
        self.keep(made);
        Ok(())
    }

    fn keep(&mut self, made: Transfer) {
        self.made.insert(made.id, self.now);
        self.transfers.insert(made.id, made);
    }

    fn release(&mut self, hold: &Transfer, reopen: bool) {
        self.move_sums(hold, -hold.amount, Sums::Pending);
        if reopen && hold.flags.closing_debit() {
            self.close(hold.debit_account_id, AccountFlags::NONE);
        }
        if reopen && hold.flags.closing_credit() {
            self.close(hold.credit_account_id, AccountFlags::NONE);
        }
    }

    fn close(&mut self, id: u128, with: AccountFlags) {
        let account = self.accounts.get_mut(&id).unwrap();
        account.flags = account.flags.without(AccountFlags::CLOSED) | with;
    }

    fn move_sums(&mut self, made: &Transfer, amount: i64, sums: Sums) {
        let debit = self.accounts.get_mut(&made.debit_account_id).unwrap();
        match sums {
            Sums::Pending => debit.debits_pending += amount,
            Sums::Posted => debit.debits_posted += amount,
        }
        let credit = self.accounts.get_mut(&made.credit_account_id).unwrap();
        match sums {
            Sums::Pending => credit.credits_pending += amount,
            Sums::Posted => credit.credits_posted += amount,
        }
    }
}

#[derive(Clone, Copy)]
enum Sums {
    Pending,
    Posted,
}

fn record(new: &NewTransfer, debit: u128, credit: u128, amount: i64) -> Transfer {
    Transfer {
        id: new.id,
        debit_account_id: debit,
        credit_account_id: credit,
        amount,
        pending_id: new.pending_id,
        user_data_128: new.user_data_128,
        timeout: new.timeout,
        ledger: new.ledger,
        code: new.code,
        flags: new.flags,
        ..Transfer::default()
    }
}
