//! Goodwill: the house gives a customer tokens that nobody has paid for.
//!
//! They come out of the house's goodwill account, not out of the treasury, so that the tokens that
//! were sold stay equal to the lots and what was given away is a number of its own.

use base::Tokens;
use base::id::{CreditId, CustomerId};

use super::Cause;
use crate::{NewAccount, NewTransfer, books, transfer_id};

/// The accounts a credit moves between; to be created before it, which is harmless a second time.
#[must_use]
pub fn accounts(customer: CustomerId) -> Vec<NewAccount> {
    vec![books::goodwill_tokens(), books::customer_tokens(customer)]
}

/// Gives tokens away. The same credit twice moves once.
#[must_use]
pub fn give(credit: CreditId, customer: CustomerId, tokens: Tokens) -> NewTransfer {
    NewTransfer {
        id: transfer_id(credit.uuid(), "goodwill"),
        debit_account_id: books::goodwill_tokens().id,
        credit_account_id: books::customer_tokens(customer).id,
        amount: tokens.count(),
        user_data_128: credit.as_u128(),
        ledger: Tokens::LEDGER,
        code: Cause::Goodwill.code(),
        ..NewTransfer::default()
    }
}

#[cfg(test)]
mod tests {
    use base::{Chance, Id, Timestamp};

    use super::*;

    #[test]
    fn goodwill_comes_from_the_house_and_not_from_the_treasury() {
        let chance = Chance::seeded(1);
        let (credit, customer) =
            (Id::new(Timestamp::UNIX_EPOCH, &chance), Id::new(Timestamp::UNIX_EPOCH, &chance));
        let gift = give(credit, customer, Tokens::new(50).unwrap());
        assert_eq!((gift.amount, gift.code, gift.ledger), (50, 30, Tokens::LEDGER));
        let known = accounts(customer);
        assert_eq!(gift.debit_account_id, known[0].id);
        assert_eq!(gift.credit_account_id, known[1].id);
        assert_ne!(gift.debit_account_id, books::token_treasury().id);
        assert!(known[1].flags.debits_must_not_exceed_credits());
        assert!(!known[0].flags.debits_must_not_exceed_credits());
        assert_eq!(gift.id, give(credit, customer, Tokens::NONE).id, "its name is the credit's");
    }
}
