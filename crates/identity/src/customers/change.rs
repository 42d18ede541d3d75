//! What is known of a customer changes.

use base::id::CustomerId;
use base::{Env, Language, Refusal, Stop};
use store::Tx;

use super::customer::{address, located, named, reference, spoken};
use super::{Customer, UNKNOWN, events, rows};
use crate::external_ref::TAKEN;
use crate::{Change, CountryCode, Email, ExternalRef, Name};

/// What becomes of each field.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Of the host site's own id.
    pub external_ref: Change<ExternalRef>,
    /// Of the mail address.
    pub email: Change<Email>,
    /// Of the name.
    pub name: Change<Name>,
    /// The new language, if it changes.
    pub language: Option<Language>,
    /// Of the country.
    pub country: Change<CountryCode>,
}

impl Changes {
    /// Reads what was written.
    ///
    /// # Errors
    /// Refused at the first field that makes no sense.
    pub fn checked(
        external_ref: Change<String>,
        email: Change<String>,
        name: Change<String>,
        language: Option<String>,
        country: Change<String>,
    ) -> Result<Changes, Refusal> {
        Ok(Changes {
            external_ref: external_ref.try_map(|written| reference(&written))?,
            email: email.try_map(|written| address(&written))?,
            name: name.try_map(|written| named(&written))?,
            language: language.as_deref().map(spoken).transpose()?,
            country: country.try_map(|written| located(&written))?,
        })
    }

    fn over(self, old: Customer) -> Customer {
        Customer {
            id: old.id,
            external_ref: self.external_ref.map(ExternalRef::into_string).over(old.external_ref),
            email: self.email.map(Email::into_string).over(old.email),
            name: self.name.map(Name::into_string).over(old.name),
            language: self.language.unwrap_or(old.language),
            country: self.country.map(CountryCode::into_string).over(old.country),
            version: old.version + 1,
            created_at: old.created_at,
        }
    }
}

/// Changes what is known of a customer.
///
/// # Errors
/// Refused if there is no such customer, or another one has the reference.
pub async fn change(
    tx: &mut Tx,
    env: &Env,
    id: CustomerId,
    changes: Changes,
) -> Result<Customer, Stop> {
    let old = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if let Change::Set(reference) = &changes.external_ref {
        let holder = rows::find_by_external_ref(tx, reference.as_str()).await?;
        if holder.is_some_and(|holder| holder.id != id) {
            return Err(TAKEN.at("external_ref").into());
        }
    }
    let customer = changes.over(old);
    rows::update(tx, &customer).await?;
    events::tell(tx, env, "customer.changed", &customer).await?;
    Ok(customer)
}
