//! What is known of a customer changes.

use std::sync::Arc;

use axum::extract::State;
use base::id::Customer;
use identity::customers::{self, Changes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::{Named, Reply, Sent, Thing};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::kept_or_changed;

/// What becomes of each field: left out, it is kept; null empties it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@example.org", "name": null}))]
pub struct CustomerChanges {
    /// Your own id of the same person.
    #[serde(default, deserialize_with = "kept_or_changed")]
    #[schema(value_type = Option<String>)]
    external_ref: Option<Option<String>>,
    /// Where receipts go.
    #[serde(default, deserialize_with = "kept_or_changed")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// What to call them.
    #[serde(default, deserialize_with = "kept_or_changed")]
    #[schema(value_type = Option<String>)]
    name: Option<Option<String>>,
    /// The language of pages and mails; it cannot be emptied.
    language: Option<String>,
    /// Two letters of ISO 3166-1.
    #[serde(default, deserialize_with = "kept_or_changed")]
    #[schema(value_type = Option<String>)]
    country: Option<Option<String>>,
}

/// Change a customer.
#[utoipa::path(
    patch,
    path = "/v1/customers/{id}",
    tag = "customers",
    operation_id = "change_customer",
    params(("id" = String, Path, description = "The customer's id, `cus_…`.")),
    request_body = CustomerChanges,
    responses((status = 200, description = "The customer after the change.", body = Shown)),
)]
pub async fn change(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteCustomers>,
    Named(id): Named<Customer>,
    Sent(body): Sent<CustomerChanges>,
) -> Result<Reply, Problem> {
    let CustomerChanges { external_ref, email, name, language, country } = body;
    let changes =
        Changes::checked(external_ref.into(), email.into(), name.into(), language, country.into())?;
    let customer = store::write!(door.billing.store, |tx| {
        customers::find(tx, id).await?.ok_or(Customer::MISSING)?;
        customers::change(tx, door.env(), id, changes.clone()).await
    })?;
    Ok(Reply::ok(&Shown::of(customer, door.livemode))?)
}
