//! Tokens are sold: money is owed to us by the processor, and the customer holds tokens.
//!
//! Two ways lead there, and both name the transfers alike, so that one sale is never booked twice:
//! [`paid`] in one go, or [`reserve`] when the attempt starts and later [`post`] on proof of
//! success or [`void`] on proof of none. A reserve has no time-out: unknown is a state, and only
//! proof ends it.

use base::id::{AttemptId, CustomerId, PaymentId};
use base::{Money, Tokens};

use super::{Cause, chain};
use crate::{AMOUNT_MAX, NewAccount, NewTransfer, TransferFlags, books, transfer_id};

/// The facts of a sale.
#[derive(Clone, Copy, Debug)]
pub struct Sale<'a> {
    /// The attempt that collects the money: it names the transfers.
    pub attempt: AttemptId,
    /// The payment, which every transfer carries.
    pub payment: PaymentId,
    /// Who buys.
    pub customer: CustomerId,
    /// The processor account that collects, by its key in the configuration.
    pub account_key: &'a str,
    /// What is paid.
    pub price: Money,
    /// What the processor keeps, where it says so at once; zero otherwise.
    pub fee: Money,
    /// What is bought.
    pub tokens: Tokens,
}

/// The accounts a sale moves between; to be created before it, which is harmless a second time.
#[must_use]
pub fn accounts(sale: &Sale<'_>) -> Vec<NewAccount> {
    let currency = sale.price.currency;
    vec![
        books::processor_receivable(sale.account_key, currency),
        books::processor_fees(sale.account_key, currency),
        books::token_liability(sale.customer, currency),
        books::token_treasury(),
        books::customer_tokens(sale.customer),
    ]
}

/// The money was collected: books it and hands out the tokens, all or nothing.
#[must_use]
pub fn paid(sale: &Sale<'_>) -> Vec<NewTransfer> {
    let money = NewTransfer { id: money_id(sale), ..money(sale) };
    all(sale, money)
}

/// The attempt starts: the money is on its way or it is not, nobody knows yet.
#[must_use]
pub fn reserve(sale: &Sale<'_>) -> Vec<NewTransfer> {
    vec![NewTransfer { id: hold_id(sale), flags: TransferFlags::PENDING, ..money(sale) }]
}

/// Proof that the money was collected: the reserve becomes final and the tokens are handed out.
#[must_use]
pub fn post(sale: &Sale<'_>) -> Vec<NewTransfer> {
    let money = NewTransfer {
        id: money_id(sale),
        pending_id: hold_id(sale),
        amount: AMOUNT_MAX,
        flags: TransferFlags::POST_PENDING,
        ..money(sale)
    };
    all(sale, money)
}

/// Proof that no money was collected: the reserve is released.
#[must_use]
pub fn void(sale: &Sale<'_>) -> Vec<NewTransfer> {
    vec![NewTransfer {
        id: money_id(sale),
        pending_id: hold_id(sale),
        amount: 0,
        flags: TransferFlags::VOID_PENDING,
        ..money(sale)
    }]
}

fn money_id(sale: &Sale<'_>) -> u128 {
    transfer_id(sale.attempt.uuid(), "sale.money")
}

fn hold_id(sale: &Sale<'_>) -> u128 {
    transfer_id(sale.attempt.uuid(), "sale.hold")
}

fn money(sale: &Sale<'_>) -> NewTransfer {
    let currency = sale.price.currency;
    NewTransfer {
        debit_account_id: books::processor_receivable(sale.account_key, currency).id,
        credit_account_id: books::token_liability(sale.customer, currency).id,
        amount: sale.price.minor,
        user_data_128: sale.payment.as_u128(),
        ledger: books::ledger_of(currency),
        code: Cause::SaleMoney.code(),
        ..NewTransfer::default()
    }
}

fn all(sale: &Sale<'_>, money: NewTransfer) -> Vec<NewTransfer> {
    assert_eq!(sale.price.currency, sale.fee.currency, "a fee is kept of the money itself");
    let mut transfers = vec![money];
    if sale.fee.is_positive() {
        let currency = sale.fee.currency;
        transfers.push(NewTransfer {
            id: transfer_id(sale.attempt.uuid(), "sale.fee"),
            debit_account_id: books::processor_fees(sale.account_key, currency).id,
            credit_account_id: books::processor_receivable(sale.account_key, currency).id,
            amount: sale.fee.minor,
            code: Cause::SaleFee.code(),
            pending_id: 0,
            flags: TransferFlags::NONE,
            ..money
        });
    }
    transfers.push(NewTransfer {
        id: transfer_id(sale.attempt.uuid(), "sale.tokens"),
        debit_account_id: books::token_treasury().id,
        credit_account_id: books::customer_tokens(sale.customer).id,
        amount: sale.tokens.count(),
        user_data_128: sale.payment.as_u128(),
        ledger: Tokens::LEDGER,
        code: Cause::SaleTokens.code(),
        ..NewTransfer::default()
    });
    chain(transfers)
}

#[cfg(test)]
pub(crate) mod tests {
    use base::{Chance, Currency, Id, Timestamp};

    use super::*;

    pub(crate) fn hundred_tokens_for_ten_dollars() -> Sale<'static> {
        let chance = Chance::seeded(1);
        let now: Timestamp = "2026-11-21T20:00:00Z".parse().unwrap();
        Sale {
            attempt: Id::new(now, &chance),
            payment: Id::new(now, &chance),
            customer: Id::new(now, &chance),
            account_key: "sandbox",
            price: Money::new(1000, Currency::USD),
            fee: Money::new(59, Currency::USD),
            tokens: Tokens::new(100).unwrap(),
        }
    }

    #[test]
    fn a_paid_sale_books_money_fee_and_tokens_together() {
        let sale = hundred_tokens_for_ten_dollars();
        let [money, fee, tokens] = paid(&sale).try_into().unwrap();
        assert_eq!((money.amount, fee.amount, tokens.amount), (1000, 59, 100));
        assert!(money.flags.linked() && fee.flags.linked() && !tokens.flags.linked());
        assert_eq!(money.debit_account_id, fee.credit_account_id);
        assert_eq!((money.ledger, tokens.ledger), (840, Tokens::LEDGER));
        assert_eq!(tokens.debit_account_id, books::token_treasury().id);
        let known = accounts(&sale);
        for transfer in [money, fee, tokens] {
            for side in [transfer.debit_account_id, transfer.credit_account_id] {
                assert!(known.iter().any(|account| account.id == side));
            }
        }
    }

    #[test]
    fn a_sale_without_a_known_fee_has_two_transfers() {
        let sale = Sale { fee: Money::zero(Currency::USD), ..hundred_tokens_for_ten_dollars() };
        assert_eq!(paid(&sale).len(), 2);
    }

    #[test]
    fn a_reserve_never_times_out_and_is_resolved_under_the_name_of_the_money() {
        let sale = hundred_tokens_for_ten_dollars();
        let [hold] = reserve(&sale).try_into().unwrap();
        assert!(hold.flags.pending() && hold.timeout == 0);
        assert_eq!(post(&sale)[0].pending_id, hold.id);
        assert_eq!(void(&sale)[0].pending_id, hold.id);
        assert_eq!(post(&sale)[0].id, paid(&sale)[0].id);
        assert_eq!(post(&sale)[0].id, void(&sale)[0].id);
    }
}
