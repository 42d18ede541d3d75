//! Registering a customer.

use std::sync::Arc;

use axum::extract::State;
use identity::customers::{self, Form};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Once, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// A customer to be registered. Everything can be left out and changed later.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"external_ref": "user-42", "name": "Ana", "language": "da"}))]
pub struct NewCustomer {
    /// Your own id of the same person; only one customer has it.
    external_ref: Option<String>,
    /// Where receipts go.
    email: Option<String>,
    /// What to call them: one line of up to 100 characters.
    name: Option<String>,
    /// The language of pages and mails: `en`, `fr`, `de`, `da` or `fil`; English if left out.
    language: Option<String>,
    /// Two letters of ISO 3166-1.
    country: Option<String>,
}

/// Register a customer.
#[utoipa::path(
    post,
    path = "/v1/customers",
    tag = "customers",
    operation_id = "create_customer",
    request_body = NewCustomer,
    responses((status = 201, description = "The customer.", body = Shown)),
)]
pub async fn create(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteCustomers>,
    asked: Once,
    Sent(body): Sent<NewCustomer>,
) -> Result<Reply, Problem> {
    let deed = asked.asks("", &body)?;
    let NewCustomer { external_ref, email, name, language, country } = body;
    let form = Form { external_ref, email, name, language, country };
    let new = customers::NewCustomer::checked(form)?;
    once!(door, deed, |tx| {
        let customer = customers::register(tx, door.env(), new.clone()).await?;
        Ok(Reply::created(&Shown::of(customer, door.livemode))?)
    })
}
