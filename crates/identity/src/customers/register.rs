//! Somebody becomes a customer.

use base::{Env, Stop};
use store::Tx;

use super::{Customer, NewCustomer, events, rows};
use crate::external_ref::TAKEN;

/// Registers a customer. One reference of the host site names one customer at most.
///
/// # Errors
/// Refused if another customer has the reference.
pub async fn register(tx: &mut Tx, env: &Env, new: NewCustomer) -> Result<Customer, Stop> {
    if let Some(reference) = &new.external_ref
        && rows::find_by_external_ref(tx, reference.as_str()).await?.is_some()
    {
        return Err(TAKEN.at("external_ref").into());
    }
    let customer = Customer {
        id: env.id(),
        external_ref: new.external_ref.map(crate::ExternalRef::into_string),
        email: new.email.map(crate::Email::into_string),
        name: new.name.map(crate::Name::into_string),
        language: new.language,
        country: new.country.map(crate::CountryCode::into_string),
        version: 1,
        created_at: env.now(),
    };
    rows::insert(tx, &customer).await?;
    events::tell(tx, env, "customer.created", &customer).await?;
    Ok(customer)
}
