//! Becoming one of the sample customers, in the demo only.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect};
use base::id::CustomerId;
use identity::{customers, sessions};
use serde::Deserialize;

use crate::answer::Answer;
use crate::guard::Trouble;
use crate::guard::cookies::Keep;
use crate::house::House;

#[derive(Deserialize)]
pub(crate) struct Whom {
    customer: CustomerId,
}

/// `POST /demo/be`.
pub(crate) async fn be(State(house): State<House>, Form(whom): Form<Whom>) -> Answer {
    let demo = house.demo.as_ref().ok_or(Trouble::NotFound)?;
    if !demo.customers.contains(&whom.customer) {
        return Err(Trouble::NotFound);
    }
    let (store, env, id) = (&house.billing.store, &house.billing.env, whom.customer);
    let mut reader = store.read().await?;
    let customer = customers::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    drop(reader);
    let (_, secret) =
        store::write!(store, |tx| Ok(sessions::begin_for_customer(tx, env, id).await?))?;
    let mut response = Redirect::to(&format!("/{}/", customer.language)).into_response();
    Keep::Customer.set(&house, secret.reveal(), response.headers_mut());
    Ok(response)
}
