//! A customer as the API shows them.

use base::id::CustomerId;
use base::{Language, Timestamp};
use identity::Customer;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who buys.
#[derive(Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct Shown {
    #[schema(value_type = String, example = "cus_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: CustomerId,
    /// Always `customer`.
    #[schema(example = "customer")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Your own id of the same person.
    #[schema(example = "user-42")]
    external_ref: Option<String>,
    /// Where receipts go.
    #[schema(example = "ana@example.org")]
    email: Option<String>,
    /// What to call them.
    #[schema(example = "Ana")]
    name: Option<String>,
    /// The language of pages and mails: `en`, `fr`, `de`, `da` or `fil`.
    #[schema(value_type = String, example = "da")]
    language: Language,
    /// Two letters of ISO 3166-1.
    #[schema(example = "DK")]
    country: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl Shown {
    /// As shown by a house in this mode.
    pub fn of(customer: Customer, livemode: bool) -> Shown {
        let Customer { id, external_ref, email, name, language, country, created_at, .. } =
            customer;
        let object = "customer";
        Shown { id, object, livemode, external_ref, email, name, language, country, created_at }
    }
}
