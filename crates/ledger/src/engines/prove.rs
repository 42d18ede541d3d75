//! Proving: every transfer from the first on is added up again and compared with what is kept.

use std::collections::{BTreeMap, HashMap};

use base::{Fault, Tokens};
use store::{Engine, Reader, Row, Store};

use super::columns::{self, Kept, Logged};
use super::{rows, sqlite};
use crate::books::Book;
use crate::machine::{self, Held};
use crate::proof::{BookSum, LedgerSum, Promise, Proof, Violation};
use crate::{Account, Transfer};

const PAGE: i64 = 8_192;

/// Every promise is looked at, but a broken one is not told more often than this.
const MOST_TOLD: usize = 100;

/// Proves the books as of one moment. Memory is needed for every account and every open hold.
pub(crate) async fn prove(store: &Store) -> Result<Proof, Fault> {
    let mut reader = store.read().await?;
    reader.freeze().await?;
    let proved = prove_frozen(&mut reader, store.engine()).await;
    reader.unfreeze().await?;
    proved
}

async fn prove_frozen(reader: &mut Reader, engine: Engine) -> Result<Proof, Fault> {
    let upto = match engine {
        Engine::Sqlite => sqlite::checkpoint_of(reader).await?,
        Engine::Postgres => i64::MAX,
    };
    let mut audit = Audit::new(upto);
    let mut from = i64::MIN;
    loop {
        let page = rows::accounts_after(reader, from, PAGE).await?;
        let Some(last) = page.last() else { break };
        from = last.number;
        page.into_iter().for_each(|kept| audit.open(kept));
    }
    from = i64::MIN;
    loop {
        let page = rows::log_after(reader, from, PAGE).await?;
        for row in &page {
            let logged = columns::logged(row)?;
            from = logged.transfer.timestamp;
            audit.add(&logged, row)?;
        }
        if page.is_empty() {
            break;
        }
    }
    audit.holds(&rows::open_holds(reader).await?);
    Ok(audit.end())
}

/// The books while they are added up.
struct Audit {
    /// Up to here the kept sums are written; what came after is replayed onto them.
    upto: i64,
    places: HashMap<i64, usize>,
    /// What is kept, brought up to now.
    kept: Vec<Account>,
    /// What the transfers add up to.
    added: Vec<Account>,
    open: HashMap<u128, i64>,
    transfers: u64,
    violations: Vec<Violation>,
}

impl Audit {
    fn new(upto: i64) -> Audit {
        Audit {
            upto,
            places: HashMap::new(),
            kept: Vec::new(),
            added: Vec::new(),
            open: HashMap::new(),
            transfers: 0,
            violations: Vec::new(),
        }
    }

    fn tell(&mut self, promise: Promise, detail: String) {
        if self.violations.len() < MOST_TOLD {
            self.violations.push(Violation { promise, detail });
        }
    }

    fn open(&mut self, Kept { account, number, .. }: Kept) {
        self.places.insert(number, self.kept.len());
        self.kept.push(account);
        self.added.push(Account {
            debits_pending: 0,
            debits_posted: 0,
            credits_pending: 0,
            credits_posted: 0,
            ..account
        });
    }

    fn add(&mut self, logged: &Logged, row: &Row) -> Result<(), Fault> {
        let transfer = &logged.transfer;
        let time = transfer.timestamp;
        let places = (self.places.get(&logged.debit), self.places.get(&logged.credit));
        let (Some(&debit), Some(&credit)) = places else {
            let detail = format!("the transfer of timestamp {time} names an unknown account");
            self.tell(Promise::TransfersStayInTheirLedger, detail);
            return Ok(());
        };
        self.transfers += u64::from(transfer.id != 0);
        if debit == credit || self.kept[debit].ledger != self.kept[credit].ledger {
            let detail = format!("the transfer of timestamp {time} is not between two accounts");
            self.tell(Promise::TransfersStayInTheirLedger, detail);
            return Ok(());
        }
        let held = columns::held(row)?;
        self.follow_hold(transfer, held);
        let fits = apply(&mut self.added, debit, credit, transfer, held).is_some()
            && (time <= self.upto
                || apply(&mut self.kept, debit, credit, transfer, held).is_some());
        if !fits {
            let detail = format!("the transfer of timestamp {time} leaves the range of sums");
            self.tell(Promise::BalanceIsSumOfTransfers, detail);
        }
        Ok(())
    }

    fn follow_hold(&mut self, transfer: &Transfer, held: Option<Held>) {
        if transfer.flags.pending() {
            self.open.insert(transfer.id, transfer.timestamp);
        }
        if transfer.flags.resolves() || held.is_some() {
            let was_open = self.open.remove(&transfer.pending_id).is_some();
            let fits = held.is_some_and(|held| transfer.amount <= held.amount);
            if !was_open || !fits {
                let detail =
                    format!("the transfer of timestamp {} resolves no hold", transfer.timestamp);
                self.tell(Promise::HoldsResolveOnce, detail);
            }
        }
    }

    /// The list of open holds is what was opened and not resolved.
    fn holds(&mut self, listed: &[(u128, i64)]) {
        let listed: HashMap<u128, i64> = listed.iter().copied().collect();
        if listed != self.open {
            let detail = format!("{} holds are open, {} are listed", self.open.len(), listed.len());
            self.tell(Promise::HoldsResolveOnce, detail);
        }
    }

    fn end(mut self) -> Proof {
        for nth in 0..self.kept.len() {
            self.compare(nth);
        }
        let ledgers = self.ledgers();
        let books = self.books();
        self.tokens(&books);
        Proof {
            accounts: self.kept.len() as u64,
            transfers: self.transfers,
            ledgers,
            books,
            violations: self.violations,
        }
    }

    fn compare(&mut self, nth: usize) {
        let (kept, added) = (self.kept[nth], self.added[nth]);
        if kept.balance(0) != added.balance(0) {
            let detail = format!(
                "account {:032x} keeps {:?}, its transfers add up to {:?}",
                kept.id,
                machine::sums_of(&kept),
                machine::sums_of(&added)
            );
            self.tell(Promise::BalanceIsSumOfTransfers, detail);
        }
        let over = |debits: i64, pending: i64, credits: i64| {
            i128::from(debits) + i128::from(pending) > i128::from(credits)
        };
        let debits = over(kept.debits_posted, kept.debits_pending, kept.credits_posted);
        let credits = over(kept.credits_posted, kept.credits_pending, kept.debits_posted);
        if kept.flags.debits_must_not_exceed_credits() && debits
            || kept.flags.credits_must_not_exceed_debits() && credits
        {
            self.tell(Promise::LimitsAreKept, format!("account {:032x} is overdrawn", kept.id));
        }
    }

    fn ledgers(&mut self) -> Vec<LedgerSum> {
        let mut sums: BTreeMap<u32, LedgerSum> = BTreeMap::new();
        for account in &self.kept {
            let sum = sums.entry(account.ledger).or_default();
            sum.ledger = account.ledger;
            sum.debits_posted += i128::from(account.debits_posted);
            sum.credits_posted += i128::from(account.credits_posted);
            sum.debits_pending += i128::from(account.debits_pending);
            sum.credits_pending += i128::from(account.credits_pending);
        }
        let sums: Vec<LedgerSum> = sums.into_values().collect();
        for sum in &sums {
            if sum.debits_posted != sum.credits_posted || sum.debits_pending != sum.credits_pending
            {
                self.tell(Promise::DebitsEqualCredits, format!("{sum:?}"));
            }
        }
        sums
    }

    fn books(&self) -> Vec<BookSum> {
        let mut sums: BTreeMap<(u32, u16), BookSum> = BTreeMap::new();
        for account in &self.kept {
            let sum = sums.entry((account.ledger, account.code)).or_default();
            sum.ledger = account.ledger;
            sum.code = account.code;
            sum.book = Book::of(account.code).map_or("other", Book::name);
            sum.accounts += 1;
            sum.debits_posted += i128::from(account.debits_posted);
            sum.credits_posted += i128::from(account.credits_posted);
        }
        sums.into_values().collect()
    }

    /// What the treasury has handed out is on somebody's account, and there is one treasury.
    fn tokens(&mut self, books: &[BookSum]) {
        let tokens = || books.iter().filter(|sum| sum.ledger == Tokens::LEDGER);
        let is_treasury = |sum: &&BookSum| sum.code == Book::TokenTreasury.code();
        let treasury = tokens().find(is_treasury);
        let out = treasury.map_or(0, |sum| sum.debits_posted - sum.credits_posted);
        let held: i128 = tokens()
            .filter(|sum| Book::of(sum.code).is_some() && !is_treasury(sum))
            .map(|sum| sum.credits_posted - sum.debits_posted)
            .sum();
        let foreign = tokens().any(|sum| Book::of(sum.code).is_none());
        if !foreign && (out != held || treasury.is_some_and(|sum| sum.accounts != 1)) {
            let detail = format!("the treasury has handed out {out}, accounts hold {held}");
            self.tell(Promise::TokensAddUp, detail);
        }
    }
}

fn apply(
    accounts: &mut [Account],
    debit: usize,
    credit: usize,
    transfer: &Transfer,
    held: Option<Held>,
) -> Option<()> {
    let (mut from, mut to) = (accounts[debit], accounts[credit]);
    machine::sums(&mut from, &mut to, transfer, held)?;
    accounts[debit] = from;
    accounts[credit] = to;
    Some(())
}
