//! Every SQL statement about checkouts.

use base::id::{CheckoutId, CustomerId, PaymentId};
use base::{Fault, Hashed, Secret};
use store::{Page, Reads, Row, Tx};
use url::Url;

use super::checkout::{Checkout, CheckoutState};
use crate::rows::list_of;

fn checkout(row: &Row) -> Result<Checkout, Fault> {
    let return_url = row.opt_text("return_url")?.map(|url| Url::parse(&url)).transpose();
    Ok(Checkout {
        id: row.id("id")?,
        customer: row.id("customer")?,
        payment: row.id("payment")?,
        pack: row.id("pack")?,
        language: row.parsed("language")?,
        state: row.parsed("state")?,
        return_url: return_url.map_err(|error| Fault::of("read column return_url", error))?,
        account: row.opt_text("account")?,
        secret: Hashed::from_stored(row.text("secret_hash")?),
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
    })
}

pub(super) async fn insert(tx: &mut Tx, checkout: &Checkout) -> Result<(), Fault> {
    let sql = "INSERT INTO checkouts (id, customer, payment, pack, language, state, return_url, \
               account, secret_hash, created_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let args = (
        checkout.id,
        checkout.customer,
        checkout.payment,
        checkout.pack,
        checkout.language,
        checkout.state,
        checkout.return_url.as_ref().map(ToString::to_string),
        checkout.account.clone(),
        checkout.secret.as_str(),
        checkout.created_at,
        checkout.expires_at,
    );
    tx.execute(sql, args).await?;
    Ok(())
}

/// Moves the checkout of a payment on.
pub(crate) async fn set_state(
    tx: &mut Tx,
    payment: PaymentId,
    state: CheckoutState,
) -> Result<(), Fault> {
    let sql = "UPDATE checkouts SET state = $1 WHERE payment = $2";
    tx.execute(sql, (state, payment)).await?;
    Ok(())
}

/// Whether there is such a customer. The table is identity's; it is only read here.
pub(super) async fn knows_customer(reads: &mut impl Reads, id: CustomerId) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS there FROM customers WHERE id = $1";
    Ok(reads.fetch_optional(sql, (id,)).await?.is_some())
}

/// The checkout of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: CheckoutId) -> Result<Option<Checkout>, Fault> {
    let sql = "SELECT * FROM checkouts WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(checkout).transpose()
}

/// The checkout a payment belongs to.
///
/// # Errors
/// A fault if the database fails.
pub async fn of_payment(
    reads: &mut impl Reads,
    payment: PaymentId,
) -> Result<Option<Checkout>, Fault> {
    let sql = "SELECT * FROM checkouts WHERE payment = $1";
    reads.fetch_optional(sql, (payment,)).await?.as_ref().map(checkout).transpose()
}

/// The checkout of that id, if the secret opens it. A wrong secret and no checkout look the same.
///
/// # Errors
/// A fault if the database fails.
pub async fn find_by_secret(
    reads: &mut impl Reads,
    id: CheckoutId,
    secret: &Secret,
) -> Result<Option<Checkout>, Fault> {
    Ok(find(reads, id).await?.filter(|checkout| checkout.secret.opens_with(secret)))
}

/// Checkouts of a customer or of all, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(
    reads: &mut impl Reads,
    customer: Option<CustomerId>,
    page: Page,
) -> Result<Vec<Checkout>, Fault> {
    let (texts, filter) = match customer {
        None => (list_of!("checkouts" where "1 = 1"), vec![]),
        Some(id) => (list_of!("checkouts" where "customer = $3"), vec![id.into()]),
    };
    crate::rows::page(reads, texts, &page, filter).await?.iter().map(checkout).collect()
}
