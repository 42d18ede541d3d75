//! The wallet: what a customer may spend now. It is a view of the ledger, nothing is kept here.

use base::id::{CustomerId, WalletId};
use base::{Fault, Tokens};
use ledger::books;

use crate::Billing;

/// What a customer may spend now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "wallet")]
pub struct Wallet {
    /// Its id: the customer's, under another prefix.
    pub id: WalletId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What may be spent.
    pub balance: Tokens,
    /// What is reserved and not spent yet.
    pub held: Tokens,
}

/// The wallet of a customer.
#[must_use]
pub fn wallet_id(customer: CustomerId) -> WalletId {
    WalletId::from_uuid(customer.uuid())
}

/// What a customer may spend now; nothing if they have never bought.
///
/// # Errors
/// A fault if the books cannot be read.
pub async fn wallet(billing: &Billing, customer: CustomerId) -> Result<Wallet, Fault> {
    let id = books::customer_tokens(customer).id;
    let account = billing.ledger.look_up_accounts(&[id]).await?.into_iter().flatten().next();
    let tokens = |count| {
        Tokens::new(count).ok_or_else(|| Fault::new("read a wallet: its balance is negative"))
    };
    Ok(Wallet {
        id: wallet_id(customer),
        customer,
        balance: tokens(account.map_or(0, |account| account.spendable()))?,
        held: tokens(account.map_or(0, |account| account.debits_pending))?,
    })
}
