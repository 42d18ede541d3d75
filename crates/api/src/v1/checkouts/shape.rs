//! A checkout as the API shows it.

use base::id::{CheckoutId, CustomerId, PaymentId, TokenPackId};
use base::{Language, Timestamp};
use billing::checkouts::{Checkout, CheckoutState};
use serde::Serialize;
use utoipa::ToSchema;

/// A customer's way through paying.
#[derive(Serialize, ToSchema)]
#[schema(as = Checkout)]
pub struct Shown {
    #[schema(value_type = String, example = "chk_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: CheckoutId,
    /// Always `checkout`.
    #[schema(example = "checkout")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Who pays.
    #[schema(value_type = String, example = "cus_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    customer: CustomerId,
    /// What is to be collected: look at it to see what became of it.
    #[schema(value_type = String, example = "pay_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    payment: PaymentId,
    /// What is bought.
    #[schema(value_type = String, example = "tpk_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    token_pack: TokenPackId,
    /// `open`, `paid`, `canceled` or `expired`.
    #[schema(value_type = String, example = "open")]
    state: CheckoutState,
    /// The language of its pages.
    #[schema(value_type = String, example = "da")]
    language: Language,
    /// Where you want the customer back.
    return_url: Option<String>,
    /// The processor account you chose, if you did.
    account: Option<String>,
    /// Where to send the customer's browser. It carries a secret, so it is given once, in the
    /// answer that opens the checkout.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://pay.example.org/da/checkout/chk_01k2…?key=7m3v…")]
    url: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When nobody may pay any more.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl Shown {
    /// As shown by a house in this mode; with its link, if this is the answer that opens it.
    pub fn of(checkout: Checkout, url: Option<String>, livemode: bool) -> Shown {
        Shown {
            id: checkout.id,
            object: "checkout",
            livemode,
            customer: checkout.customer,
            payment: checkout.payment,
            token_pack: checkout.pack,
            state: checkout.state,
            language: checkout.language,
            return_url: checkout.return_url.map(String::from),
            account: checkout.account,
            url,
            created_at: checkout.created_at,
            expires_at: checkout.expires_at,
        }
    }
}
