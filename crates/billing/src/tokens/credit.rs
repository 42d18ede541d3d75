//! A deed: the house gives a customer tokens out of goodwill, once for each key.
//!
//! What is given is a lot without a price: it is spent like any other tokens, and no refund is
//! made of it.

use base::id::{CreditId, CustomerId};
use base::{Actor, Fault, Kind, Refusal, Stop, Timestamp, Tokens};
use ledger::moves::goodwill;
use store::{Tx, outbox};

use super::rows;
use crate::tips::CUSTOMER_NOT_FOUND;
use crate::{Billing, events};

/// Nothing, or more than anybody gives.
pub const NOT_A_CREDIT: Refusal = Refusal::new(
    Kind::Malformed,
    "credit_tokens_not_valid",
    "tokens must be a whole number from 1 up to 1,000,000",
);
/// No reason, or a long one.
pub const NOT_A_REASON: Refusal = Refusal::new(
    Kind::Malformed,
    "credit_reason_not_valid",
    "say why in 1 to 280 characters; colleagues read it, the customer does not",
);
/// The key is no key.
pub const NOT_A_KEY: Refusal =
    Refusal::new(Kind::Malformed, "key_not_valid", "a key has from 1 to 200 characters");
/// Another credit has the key.
pub const CREDIT_KEY_REUSED: Refusal = Refusal::new(
    Kind::Rule,
    "credit_key_reused",
    "this key was sent with another credit; make a new key for each credit",
);

const MOST_TOKENS: i64 = 1_000_000;
const LONGEST_REASON: usize = 280;
const LONGEST_KEY: usize = 200;

/// Tokens to be given.
#[derive(Clone, Debug)]
pub struct Credit {
    /// To whom.
    pub customer: CustomerId,
    /// How many.
    pub tokens: Tokens,
    /// Why, for colleagues.
    pub reason: String,
    /// Who gives.
    pub by: Actor,
    /// The same key with the same credit is one credit.
    pub key: String,
}

/// Tokens that were given: a lot without a price.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "goodwill_credit")]
pub struct Given {
    /// Its id.
    pub id: CreditId,
    /// To whom.
    pub customer: CustomerId,
    /// How many.
    pub tokens: Tokens,
    /// Why, for colleagues.
    pub reason: String,
    /// Who gave.
    pub by: String,
    /// The key it was asked under.
    #[serde(skip)]
    pub key: String,
    /// When.
    pub given_at: Timestamp,
}

/// What became of the ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// What was given.
    pub given: Given,
    /// It was given before; nothing has moved now.
    pub earlier: bool,
}

/// Gives tokens out of goodwill, within the deed that causes it.
///
/// # Errors
/// `credit_tokens_not_valid`, `credit_reason_not_valid` or `key_not_valid`; `customer_not_found`;
/// [`CREDIT_KEY_REUSED`] if the key named something else; a fault if the database fails.
pub async fn credit(tx: &mut Tx, billing: &Billing, credit: &Credit) -> Result<Credited, Stop> {
    let reason = checked(credit)?;
    if let Some(given) = rows::given_under(tx, &credit.key).await? {
        let same = given.customer == credit.customer
            && given.tokens == credit.tokens
            && given.reason == reason
            && given.by == credit.by.to_string();
        return if same {
            Ok(Credited { given, earlier: true })
        } else {
            Err(CREDIT_KEY_REUSED.at("key").into())
        };
    }
    if !rows::is_customer(tx, credit.customer).await? {
        return Err(CUSTOMER_NOT_FOUND.at("customer").into());
    }
    let given = Given {
        id: billing.env.id(),
        customer: credit.customer,
        tokens: credit.tokens,
        reason: reason.to_owned(),
        by: credit.by.to_string(),
        key: credit.key.clone(),
        given_at: billing.env.now(),
    };
    book(tx, billing, &given).await?;
    rows::insert_given(tx, &given).await?;
    outbox::tell(tx, &events::wallet_given(&billing.env, &given)?).await?;
    Ok(Credited { given, earlier: false })
}

/// The reason without the space around it.
fn checked(credit: &Credit) -> Result<&str, Refusal> {
    if !(1..=MOST_TOKENS).contains(&credit.tokens.count()) {
        return Err(NOT_A_CREDIT.at("tokens"));
    }
    let reason = credit.reason.trim();
    if !(1..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Err(NOT_A_REASON.at("reason"));
    }
    if !(1..=LONGEST_KEY).contains(&credit.key.chars().count()) {
        return Err(NOT_A_KEY.at("key"));
    }
    Ok(reason)
}

async fn book(tx: &mut Tx, billing: &Billing, given: &Given) -> Result<(), Fault> {
    let accounts = goodwill::accounts(given.customer);
    let statuses = billing.ledger.create_accounts(tx, &accounts).await?;
    if let Some(status) = statuses.into_iter().find(|status| !status.is_there()) {
        return Err(Fault::new(format!("open the accounts of a credit: {status}")));
    }
    let transfer = goodwill::give(given.id, given.customer, given.tokens);
    let statuses = billing.ledger.create_transfers(tx, &[transfer]).await?;
    match statuses.into_iter().find(|status| !status.is_there()) {
        Some(status) => Err(Fault::new(format!("book a credit: {status}"))),
        None => Ok(()),
    }
}
