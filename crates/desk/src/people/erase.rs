//! Nothing about a person is kept any more: their name, addresses and whose account they had.

use base::id::PersonId;
use base::{Env, Stop};
use store::Tx;

use super::{Person, UNKNOWN, addresses_of, rows};

/// Forgets a person. What they wrote is forgotten message by message, by who asked for this.
///
/// # Errors
/// Refused if there is no such person.
pub async fn erase(tx: &mut Tx, env: &Env, id: PersonId) -> Result<Person, Stop> {
    let mut person = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    for mut address in addresses_of(tx, id).await? {
        // The row stays, because messages say where they came from; the value goes.
        address.value = format!("erased:{}", address.id);
        address.verified_at = None;
        address.verified_by = None;
        address.bounce = None;
        rows::update_address(tx, &address).await?;
    }
    person.name = None;
    person.customer = None;
    person.customer_by = None;
    person.creator = None;
    person.erased_at = person.erased_at.or(Some(env.now()));
    rows::update(tx, &person).await?;
    Ok(person)
}
