//! What a payment did to the books, with the accounts by their names.

use std::collections::HashMap;

use base::{Currency, Fault, Language, Money, Timestamp, Tokens};
use billing::payments::Payment;
use ledger::books::{self, Book};
use ledger::moves::Cause;
use ledger::{Account, AccountFilter, MOST, Order, Transfer};
use words::Words;

use crate::house::House;

/// A transfer as staff read it.
pub(crate) struct Move {
    pub(crate) at: Timestamp,
    pub(crate) cause: String,
    pub(crate) debit: String,
    pub(crate) credit: String,
    pub(crate) amount: String,
    /// `pending`, `posted`, `voided`.
    pub(crate) standing: &'static str,
    pub(crate) id: String,
}

/// The transfers of a payment in one ledger.
pub(crate) struct LedgerPart {
    pub(crate) name: String,
    pub(crate) moves: Vec<Move>,
    /// What was posted, moved in all.
    pub(crate) total: String,
}

/// Everything a payment did to the books, ledger by ledger.
pub(crate) async fn of_payment(
    house: &House,
    payment: &Payment,
    account_keys: &[&str],
) -> Result<Vec<LedgerPart>, Fault> {
    let transfers = collect(house, payment, account_keys).await?;
    let names = names(house, payment, &transfers, account_keys).await?;
    let mut parts: Vec<LedgerPart> = Vec::new();
    let mut ledgers: Vec<u32> = transfers.iter().map(|transfer| transfer.ledger).collect();
    ledgers.sort_unstable();
    ledgers.dedup();
    for ledger in ledgers {
        let own = transfers.iter().filter(|transfer| transfer.ledger == ledger);
        let posted = own.clone().filter(|one| !one.flags.pending() && !one.flags.void_pending());
        let total = posted.fold(0_i64, |sum, one| sum.saturating_add(one.amount));
        parts.push(LedgerPart {
            name: name_of(ledger),
            moves: own.map(|transfer| read(transfer, &names)).collect(),
            total: amount(ledger, total),
        });
    }
    Ok(parts)
}

/// The transfers that carry the payment's id, from every account it can have touched.
async fn collect(
    house: &House,
    payment: &Payment,
    account_keys: &[&str],
) -> Result<Vec<Transfer>, Fault> {
    let currency = payment.amount.currency;
    let mut accounts = vec![
        books::customer_tokens(payment.customer).id,
        books::token_liability(payment.customer, currency).id,
        books::chargeback_loss(currency).id,
    ];
    for key in account_keys {
        accounts.push(books::processor_fees(key, currency).id);
        accounts.push(books::refunds_payable(key, currency).id);
        accounts.push(books::dispute_held(key, currency).id);
    }
    let mut found: HashMap<u128, Transfer> = HashMap::new();
    for account in accounts {
        let filter = AccountFilter {
            user_data_128: payment.id.as_u128(),
            order: Order::OldestFirst,
            ..AccountFilter::newest(account, MOST)
        };
        let transfers = house.billing.ledger.account_transfers(&filter).await?;
        found.extend(transfers.into_iter().map(|transfer| (transfer.id, transfer)));
    }
    let mut transfers: Vec<_> = found.into_values().collect();
    transfers.sort_by_key(|transfer| transfer.timestamp);
    Ok(transfers)
}

/// What the accounts of these transfers are called.
async fn names(
    house: &House,
    payment: &Payment,
    transfers: &[Transfer],
    account_keys: &[&str],
) -> Result<HashMap<u128, String>, Fault> {
    let mut ids: Vec<u128> = transfers
        .iter()
        .flat_map(|transfer| [transfer.debit_account_id, transfer.credit_account_id])
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let accounts = house.billing.ledger.look_up_accounts(&ids).await?;
    let named = |account: Account| {
        let book = Book::of(account.code).map_or("unknown book", Book::name).replace('_', " ");
        let owner = owner(&account, payment, account_keys);
        let name = owner.map_or_else(|| book.clone(), |owner| format!("{book} · {owner}"));
        (account.id, name)
    };
    Ok(accounts.into_iter().flatten().map(named).collect())
}

/// Whose account it is, if it is somebody's.
fn owner(account: &Account, payment: &Payment, account_keys: &[&str]) -> Option<String> {
    if account.user_data_128 == payment.customer.as_u128() {
        return Some("this customer".to_owned());
    }
    let currency = payment.amount.currency;
    let of_processor = [
        books::processor_receivable as fn(&str, Currency) -> _,
        books::processor_fees,
        books::refunds_payable,
        books::dispute_held,
        books::suspense,
    ];
    let key = account_keys
        .iter()
        .find(|key| of_processor.iter().any(|book| book(key, currency).id == account.id));
    key.map(|key| (*key).to_owned())
}

fn read(transfer: &Transfer, names: &HashMap<u128, String>) -> Move {
    let name = |id: u128| names.get(&id).cloned().unwrap_or_else(|| format!("{id:032x}"));
    let cause = Cause::of(transfer.code).map_or("unknown", Cause::name);
    Move {
        at: base::time::from_micros(transfer.timestamp / 1_000),
        cause: cause.replace('_', " "),
        debit: name(transfer.debit_account_id),
        credit: name(transfer.credit_account_id),
        amount: amount(transfer.ledger, transfer.amount),
        standing: match transfer.flags {
            flags if flags.pending() => "pending",
            flags if flags.void_pending() => "voided",
            _ => "posted",
        },
        id: format!("{:032x}", transfer.id),
    }
}

fn currency_of(ledger: u32) -> Option<Currency> {
    u16::try_from(ledger).ok().and_then(Currency::from_number)
}

fn name_of(ledger: u32) -> String {
    match currency_of(ledger) {
        Some(currency) => currency.code().to_owned(),
        None if ledger == Tokens::LEDGER => "Tokens".to_owned(),
        None => format!("Ledger {ledger}"),
    }
}

fn amount(ledger: u32, amount: i64) -> String {
    let words = Words::of(Language::En);
    match currency_of(ledger) {
        Some(currency) => words.money(Money::new(amount, currency)),
        None => words.number(amount),
    }
}
