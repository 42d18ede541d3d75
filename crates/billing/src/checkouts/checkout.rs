//! A checkout: a customer's way through paying, from the choice to the receipt.

use base::id::{CheckoutId, CustomerId, PaymentId, TokenPackId};
use base::{Hashed, Kind, Language, Refusal, Secret, Timestamp};
use url::Url;

use crate::Site;
use store::terms;

/// There is no such checkout, or the secret is wrong: the answer is the same.
pub const CHECKOUT_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "checkout_not_found", "there is no checkout of that id");
/// The pack has no price in the currency.
pub const NOT_SOLD_IN_CURRENCY: Refusal = Refusal::new(
    Kind::Rule,
    "not_sold_in_currency",
    "this token pack has no price in that currency; choose one of its prices",
);
/// The pack is off the shelf.
pub const PACK_NOT_ACTIVE: Refusal =
    Refusal::new(Kind::Rule, "token_pack_not_active", "this token pack is not sold any more");
/// There is no such customer.
pub const CUSTOMER_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "customer_not_found", "there is no customer of that id");
/// The address to return to cannot be one.
pub const RETURN_URL_NOT_VALID: Refusal = Refusal::new(
    Kind::Malformed,
    "return_url_not_valid",
    "return_url must be an http or https address of at most 2,000 characters without a password",
);

terms! {
    /// Where a checkout stands.
    CheckoutState {
        /// The customer may pay.
        Open = "open",
        /// Paid.
        Paid = "paid",
        /// Given up.
        Canceled = "canceled",
        /// Nobody paid in time.
        Expired = "expired",
    }
}

/// A customer's way through paying.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(tag = "object", rename = "checkout")]
pub struct Checkout {
    /// Its id.
    pub id: CheckoutId,
    /// Who pays.
    pub customer: CustomerId,
    /// What is to be collected.
    pub payment: PaymentId,
    /// What is bought.
    pub pack: TokenPackId,
    /// The language of its pages.
    pub language: Language,
    /// Where it stands.
    pub state: CheckoutState,
    /// Where the host site wants the customer back.
    pub return_url: Option<Url>,
    /// The processor account the host site chose, if it did.
    pub account: Option<String>,
    /// What its link is opened with.
    #[serde(skip)]
    pub secret: Hashed,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When nobody may pay any more.
    pub expires_at: Timestamp,
}

/// The public address of a checkout. It carries the secret: show it to its customer only.
#[must_use]
pub fn url(site: &Site, language: Language, checkout: &Checkout, secret: &Secret) -> Url {
    let path = format!("/{language}/checkout/{}?key={}", checkout.id, secret.reveal());
    // The base is an address already, and a path of letters and digits keeps it one.
    Url::parse(&site.address(&path)).unwrap_or_else(|_| site.base_url.clone())
}
