//! A link that signs a customer's browser in to the hosted pages, once.

use std::sync::Arc;

use axum::extract::State;
use base::id::Customer;
use base::{SignedDuration, Timestamp};
use identity::{customer_links, customers};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ask::once::once;
use crate::ask::{Named, Once, Reply, SentOrEmpty, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// How long a link is good for.
const VALID_FOR: SignedDuration = SignedDuration::from_mins(15);

/// There is nothing to say about a link.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLink {}

/// A link that opens once.
#[derive(Serialize, ToSchema)]
#[schema(as = CustomerLink)]
pub struct Shown {
    /// Always `customer_link`.
    #[schema(example = "customer_link")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    #[schema(value_type = String, example = "cus_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    customer: base::id::CustomerId,
    /// Where to send the customer's browser. Whoever opens it is signed in, so hand it to nobody
    /// else; it opens once.
    #[schema(example = "https://pay.example.org/da/welcome?key=7m3v…")]
    url: String,
    /// Until when it opens.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Make a link that signs a customer's browser in, once.
#[utoipa::path(
    post,
    path = "/v1/customers/{id}/links",
    tag = "customers",
    operation_id = "create_customer_link",
    params(("id" = String, Path, description = "The customer's id, `cus_…`.")),
    request_body = NewLink,
    responses((status = 201, description = "The link.", body = Shown)),
)]
pub async fn link(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteCustomers>,
    Named(id): Named<Customer>,
    asked: Once,
    SentOrEmpty(body): SentOrEmpty<NewLink>,
) -> Result<Reply, Problem> {
    let deed = asked.asks(&id.to_string(), &body)?.with_secret();
    once!(door, deed, |tx| {
        let customer = customers::find(tx, id).await?.ok_or(Customer::MISSING)?;
        let secret = customer_links::make(tx, door.env(), id, VALID_FOR).await?;
        let path = format!("/{}/welcome?key={}", customer.language, secret.reveal());
        let now = door.env().now();
        Ok(Reply::created(&Shown {
            object: "customer_link",
            livemode: door.livemode,
            customer: id,
            url: door.billing.site.address(&path),
            expires_at: now.checked_add(VALID_FOR).unwrap_or(now),
        })?)
    })
}
