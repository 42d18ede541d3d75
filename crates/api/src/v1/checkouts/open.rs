//! Opening a checkout: a customer has chosen what to buy.

use std::sync::Arc;

use axum::extract::State;
use base::id::{Customer, CustomerId, TokenPackId};
use base::{Currency, Kind, Refusal};
use billing::checkouts::{self, NewCheckout};
use identity::customers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Once, Reply, Sent, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// No language of ours.
const LANGUAGE: Refusal =
    Refusal::new(Kind::Malformed, "language_unknown", "language is one of en, fr, de, da, fil");

/// No such account.
const ACCOUNT: Refusal = Refusal::new(
    Kind::Malformed,
    "account_unknown",
    "account is the key of a configured processor account",
);

/// What a customer has chosen.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCheckout, example = json!({
    "customer": "cus_01k2h7v3b5d8m9xq4r6s2t1w0y",
    "token_pack": "tpk_01k2h7v3b5d8m9xq4r6s2t1w0y",
    "currency": "USD",
    "return_url": "https://shop.example.org/thanks",
}))]
pub struct Choice {
    /// Who pays.
    #[schema(value_type = String)]
    customer: CustomerId,
    /// What is bought.
    #[schema(value_type = String)]
    token_pack: TokenPackId,
    /// In which of its currencies.
    #[schema(value_type = String, pattern = "^[A-Z]{3}$")]
    currency: Currency,
    /// The language of the pages; the customer's own if left out.
    language: Option<String>,
    /// Where you want the customer back.
    return_url: Option<String>,
    /// A processor account by its key; the first that takes the currency if left out.
    account: Option<String>,
}

/// Open a checkout.
///
/// Send the customer's browser to the `url` of the answer. What became of the payment is told by
/// webhook and by looking at it; the customer's coming back proves nothing.
#[utoipa::path(
    post,
    path = "/v1/checkouts",
    tag = "checkouts",
    operation_id = "open_checkout",
    request_body = Choice,
    responses((status = 201, description = "The checkout, with its link.", body = Shown)),
)]
pub async fn open(
    State(door): State<Arc<Door>>,
    _: Caller<may::WritePayments>,
    asked: Once,
    Sent(body): Sent<Choice>,
) -> Result<Reply, Problem> {
    let deed = asked.asks_for_money("", &body)?.with_secret();
    let spoken = body.language.as_deref().map(str::parse).transpose();
    let language = spoken.map_err(|_| LANGUAGE.at("language"))?;
    let known = |key: &String| door.billing.accounts.get(key).is_some();
    if body.account.as_ref().is_some_and(|key| !known(key)) {
        return Err(ACCOUNT.at("account").into());
    }
    let return_url = body.return_url.as_deref().map(checkouts::return_address).transpose()?;
    once!(door, deed, |tx| {
        let customer = customers::find(tx, body.customer).await?;
        let customer = customer.ok_or(Customer::MISSING.at("customer"))?;
        let new = NewCheckout {
            customer: customer.id,
            pack: body.token_pack,
            currency: body.currency,
            language: language.unwrap_or(customer.language),
            return_url: return_url.clone(),
            account: body.account.clone(),
        };
        let opened = checkouts::open_in(tx, &door.billing, new).await;
        let (checkout, _, secret) = opened.map_err(named_as_here)?;
        let site = &door.billing.site;
        let url = checkouts::url(site, checkout.language, &checkout, &secret).to_string();
        Ok(Reply::created(&Shown::of(checkout, Some(url), door.livemode))?)
    })
}

/// The room calls a field `pack` that is `token_pack` here.
fn named_as_here(stop: base::Stop) -> base::Stop {
    match stop {
        base::Stop::Refused(refusal) if refusal.param.as_deref() == Some("pack") => {
            refusal.at("token_pack").into()
        }
        other => other,
    }
}
