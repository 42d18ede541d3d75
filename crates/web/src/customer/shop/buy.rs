//! A customer has chosen a pack: the checkout opens.

use axum::extract::Form;
use axum::response::{IntoResponse, Redirect};
use base::Currency;
use base::id::TokenPackId;
use billing::checkouts::{self, NewCheckout};
use serde::Deserialize;

use crate::answer::Answer;
use crate::guard::Room;
use crate::guard::session::Visit;

#[derive(Deserialize)]
pub(crate) struct Chosen {
    pack: TokenPackId,
    currency: Currency,
}

/// `POST /{language}/buy`.
pub(crate) async fn buy(visit: Visit, Form(chosen): Form<Chosen>) -> Answer {
    let house = &visit.house;
    house.limits.count(Room::Checkout, visit.address.0, visit.now)?;
    let new = NewCheckout {
        customer: visit.customer()?.customer.id,
        pack: chosen.pack,
        currency: chosen.currency,
        language: visit.language(),
        return_url: None,
        account: None,
    };
    let (checkout, _, secret) = checkouts::open(&house.billing, new).await?;
    let url = checkouts::url(&house.billing.site, visit.language(), &checkout, &secret);
    // Within the site, so that it also works where the public address is not the one in use.
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Ok(Redirect::to(&format!("{}{query}", url.path())).into_response())
}
