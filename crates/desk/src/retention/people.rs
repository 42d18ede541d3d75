//! A deed: the last of a person goes, once nothing they said is left: names, addresses, accounts.

use base::{Actor, Env, Stop};
use identity::customers::Changes;
use identity::{Change, customers, sessions};
use store::{Tx, outbox};

use super::rows;
use super::whose::Whose;
use crate::people;

/// The fields of a customer that name them, in what was told to the merchant's programs.
const NAMING: [&str; 2] = ["email", "name"];

/// Forgets the persons, and the name and mail address of the customer they are. The customer's id
/// and what the host site calls them stay: the books know no other name.
///
/// # Errors
/// A fault if the database does not answer.
pub(super) async fn forget(tx: &mut Tx, env: &Env, whose: &Whose) -> Result<(), Stop> {
    rows::people::clear(tx, whose).await?;
    for customer in &whose.customers {
        let named = customer.email.is_some() || customer.name.is_some();
        if named {
            let changes =
                Changes { email: Change::Clear, name: Change::Clear, ..Changes::default() };
            customers::change(tx, env, customer.id, changes).await?;
        }
        outbox::forget(tx, &customer.id.to_string(), &NAMING).await?;
        sessions::end_all(tx, env.now(), Actor::Customer(customer.id), None).await?;
    }
    for person in &whose.people {
        people::erase(tx, env, person.id).await?;
    }
    Ok(())
}
