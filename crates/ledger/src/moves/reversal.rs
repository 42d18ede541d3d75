//! A sale is taken back by the processor: a refund made there, a chargeback, a late void.
//!
//! Tokens that are not spent go back to the treasury, and their value is no longer owed to the
//! customer. The value of tokens that are spent is a loss of the house; the creator keeps the tip
//! and the customer's balance never goes below zero. Spent first are the first tokens of the sale:
//! their value is the cumulative floor, so both parts add up to the price exactly.

use base::id::{CustomerId, PaymentId};
use base::money::cumulative;
use base::{Money, Tokens};
use uuid::Uuid;

use super::{Cause, chain};
use crate::{Account, NewAccount, NewTransfer, books, transfer_id};

/// The facts of a reversal.
#[derive(Clone, Copy, Debug)]
pub struct Reversal<'a> {
    /// What takes the sale back (the operation, refund or dispute): it names the transfers.
    pub cause: Uuid,
    /// The payment, which every transfer carries.
    pub payment: PaymentId,
    /// Who had bought.
    pub customer: CustomerId,
    /// The processor account that had collected.
    pub account_key: &'a str,
    /// What had been paid.
    pub price: Money,
    /// What had been bought.
    pub tokens: Tokens,
}

/// The accounts a reversal moves between; to be created before it.
#[must_use]
pub fn accounts(reversal: &Reversal<'_>) -> Vec<NewAccount> {
    let currency = reversal.price.currency;
    vec![
        books::processor_receivable(reversal.account_key, currency),
        books::token_liability(reversal.customer, currency),
        books::chargeback_loss(currency),
        books::token_treasury(),
        books::customer_tokens(reversal.customer),
    ]
}

/// Takes a sale back.
///
/// `wallet` is the customer's token account as [`crate::Ledger::accounts`] gives it in the same
/// deed; if it should have changed since, the ledger refuses the whole chain.
#[must_use]
pub fn reverse(reversal: &Reversal<'_>, wallet: &Account) -> Vec<NewTransfer> {
    let sold = reversal.tokens.count();
    let back = wallet.spendable().clamp(0, sold);
    let lost = lost(reversal, sold - back);
    let owed = reversal.price.minor - lost;
    assert!(lost >= 0 && owed >= 0, "both parts come out of the price");
    let currency = reversal.price.currency;
    let money = NewTransfer {
        credit_account_id: books::processor_receivable(reversal.account_key, currency).id,
        user_data_128: reversal.payment.as_u128(),
        ledger: books::ledger_of(currency),
        ..NewTransfer::default()
    };
    let transfers = [
        NewTransfer {
            id: transfer_id(reversal.cause, "reversal.money"),
            debit_account_id: books::token_liability(reversal.customer, currency).id,
            amount: owed,
            code: Cause::ReversalMoney.code(),
            ..money
        },
        NewTransfer {
            id: transfer_id(reversal.cause, "reversal.loss"),
            debit_account_id: books::chargeback_loss(currency).id,
            amount: lost,
            code: Cause::ReversalLoss.code(),
            ..money
        },
        NewTransfer {
            id: transfer_id(reversal.cause, "reversal.tokens"),
            debit_account_id: books::customer_tokens(reversal.customer).id,
            credit_account_id: books::token_treasury().id,
            amount: back,
            ledger: Tokens::LEDGER,
            code: Cause::ReversalTokens.code(),
            ..money
        },
    ];
    chain(transfers.into_iter().filter(|transfer| transfer.amount > 0).collect())
}

fn lost(reversal: &Reversal<'_>, spent: i64) -> i64 {
    match reversal.tokens.count() {
        0 => 0,
        sold => cumulative(reversal.price.minor, sold, 0, spent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moves::sale::tests::hundred_tokens_for_ten_dollars;

    fn with_left(left: i64) -> Vec<(u16, i64)> {
        let sale = hundred_tokens_for_ten_dollars();
        let reversal = Reversal {
            cause: Uuid::from_u128(9),
            payment: sale.payment,
            customer: sale.customer,
            account_key: sale.account_key,
            price: sale.price,
            tokens: sale.tokens,
        };
        let wallet = Account { credits_posted: left, ..Account::default() };
        let code = |transfer: &NewTransfer| (transfer.code, transfer.amount);
        reverse(&reversal, &wallet).iter().map(code).collect()
    }

    #[test]
    fn an_unspent_sale_goes_back_whole() {
        assert_eq!(with_left(100), [(20, 1000), (22, 100)]);
        assert_eq!(with_left(250), [(20, 1000), (22, 100)]);
    }

    #[test]
    fn what_is_spent_is_a_loss_and_the_wallet_stays_above_zero() {
        assert_eq!(with_left(75), [(20, 750), (21, 250), (22, 75)]);
        assert_eq!(with_left(0), [(21, 1000)]);
    }
}
