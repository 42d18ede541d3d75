//! The chart of accounts: which books there are, and the accounts of each owner in them.
//!
//! An account's id follows from its owner, its book and its ledger, so nobody keeps a table of
//! account ids: whoever knows the customer knows the account.

mod book;

use base::id::{CreatorId, CustomerId};
use base::{Currency, Tokens};
use uuid::Uuid;

pub use book::Book;

use crate::derive;
use crate::{AccountFlags, NewAccount};

/// The ledger of a currency: its ISO 4217 number.
#[must_use]
pub fn ledger_of(currency: Currency) -> u32 {
    u32::from(currency.number())
}

/// A customer's tokens. It cannot be overdrawn.
#[must_use]
pub fn customer_tokens(customer: CustomerId) -> NewAccount {
    let account = owned(Book::CustomerTokens, customer.uuid(), Tokens::LEDGER);
    NewAccount { flags: AccountFlags::DEBITS_MUST_NOT_EXCEED_CREDITS, ..account }
}

/// The tokens a creator has earned. It cannot be overdrawn.
#[must_use]
pub fn creator_tokens(creator: CreatorId) -> NewAccount {
    let account = owned(Book::CreatorTokens, creator.uuid(), Tokens::LEDGER);
    NewAccount { flags: AccountFlags::DEBITS_MUST_NOT_EXCEED_CREDITS, ..account }
}

/// The house's share of what was spent, in tokens.
#[must_use]
pub fn house_commission_tokens() -> NewAccount {
    named(Book::HouseCommissionTokens, "house", Tokens::LEDGER)
}

/// Where tokens come from and go back to: its debit balance is the tokens in circulation that were
/// sold.
#[must_use]
pub fn token_treasury() -> NewAccount {
    named(Book::TokenTreasury, "treasury", Tokens::LEDGER)
}

/// What the house has given away, in tokens. It may be debited without end: it is an expense, and
/// its debit balance is the tokens in circulation that nobody has paid for.
#[must_use]
pub fn goodwill_tokens() -> NewAccount {
    named(Book::GoodwillTokens, "house", Tokens::LEDGER)
}

/// What a customer has paid for tokens that are not used yet.
#[must_use]
pub fn token_liability(customer: CustomerId, currency: Currency) -> NewAccount {
    owned(Book::TokenLiability, customer.uuid(), ledger_of(currency))
}

/// What a processor account has collected and not paid out yet.
#[must_use]
pub fn processor_receivable(account_key: &str, currency: Currency) -> NewAccount {
    named(Book::ProcessorReceivable, account_key, ledger_of(currency))
}

/// What a processor account has cost.
#[must_use]
pub fn processor_fees(account_key: &str, currency: Currency) -> NewAccount {
    named(Book::ProcessorFees, account_key, ledger_of(currency))
}

/// Refunds that are approved and not confirmed by the processor yet.
#[must_use]
pub fn refunds_payable(account_key: &str, currency: Currency) -> NewAccount {
    named(Book::RefundsPayable, account_key, ledger_of(currency))
}

/// Money that a processor has withdrawn in open disputes.
#[must_use]
pub fn dispute_held(account_key: &str, currency: Currency) -> NewAccount {
    named(Book::DisputeHeld, account_key, ledger_of(currency))
}

/// What disputes have cost in fees.
#[must_use]
pub fn dispute_fees(account_key: &str, currency: Currency) -> NewAccount {
    named(Book::DisputeFees, account_key, ledger_of(currency))
}

/// What was lost on sales that were taken back after their tokens were spent.
#[must_use]
pub fn chargeback_loss(currency: Currency) -> NewAccount {
    named(Book::ChargebackLoss, "house", ledger_of(currency))
}

/// Money at a processor account that matches nothing yet.
#[must_use]
pub fn suspense(account_key: &str, currency: Currency) -> NewAccount {
    named(Book::Suspense, account_key, ledger_of(currency))
}

fn owned(book: Book, owner: Uuid, ledger: u32) -> NewAccount {
    let code = book.code();
    NewAccount {
        id: derive::account_id(owner, code, ledger),
        user_data_128: owner.as_u128(),
        ledger,
        code,
        ..NewAccount::default()
    }
}

fn named(book: Book, name: &str, ledger: u32) -> NewAccount {
    let code = book.code();
    let id = derive::named_account_id(name, code, ledger);
    NewAccount { id, ledger, code, ..NewAccount::default() }
}
