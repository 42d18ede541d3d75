//! The line a customer will find on their statement, shown before they pay.

use billing::Account;

/// A line of a card statement, as it will read.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// The text, letter by letter.
    pub(crate) descriptor: String,
    /// The sum as the page's language writes it.
    pub(crate) amount: String,
    /// What customers call the house that takes the payment.
    pub(crate) processor: String,
}

impl Statement {
    /// The line that a payment on this account leaves.
    pub(crate) fn of(account: &Account, amount: String) -> Statement {
        Statement { descriptor: account.descriptor.clone(), amount, processor: name_of(account) }
    }
}

/// What customers call the house behind an account.
pub(crate) fn name_of(account: &Account) -> String {
    let name = account.support().name;
    if name.is_empty() { account.key.clone() } else { name }
}
