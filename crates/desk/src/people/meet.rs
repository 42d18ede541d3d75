//! Somebody writes: the desk knows them, or meets them now.

use base::id::PersonId;
use base::{Env, Fault, Stop};
use store::Tx;

use super::{ADDRESS_TAKEN, Address, AddressKind, Hint, Person, UNKNOWN, rows};
use crate::mask;

/// The longest name.
const LONGEST_NAME: usize = 120;

/// The person at an address; somebody new, unverified, if nobody has written from there.
///
/// # Errors
/// Refused if the value cannot be an address of its kind.
pub async fn meet(
    tx: &mut Tx,
    env: &Env,
    kind: AddressKind,
    value: &str,
    hint: &Hint,
) -> Result<(Person, Address), Stop> {
    let value = kind.normal(value)?;
    if let Some(address) = rows::address_of(tx, kind, &value).await? {
        let mut person = rows::find(tx, address.person).await?.ok_or(UNKNOWN)?;
        if person.name.is_none() && hint.name.is_some() && person.erased_at.is_none() {
            person.name = hint.name.as_deref().and_then(named);
            rows::update(tx, &person).await?;
        }
        return Ok((person, address));
    }
    let person = stranger(env, hint);
    rows::insert(tx, &person).await?;
    let address = write_down(tx, env, person.id, kind, value).await?;
    Ok((person, address))
}

/// One more address of a person, unverified; the same again if it is theirs already.
///
/// # Errors
/// Refused if it cannot be one, or if it is known as somebody else's.
pub async fn add_address(
    tx: &mut Tx,
    env: &Env,
    person: PersonId,
    kind: AddressKind,
    value: &str,
) -> Result<Address, Stop> {
    let value = kind.normal(value)?;
    match rows::address_of(tx, kind, &value).await? {
        Some(address) if address.person == person => Ok(address),
        Some(_) => Err(ADDRESS_TAKEN.into()),
        None => {
            rows::find(tx, person).await?.ok_or(UNKNOWN)?;
            Ok(write_down(tx, env, person, kind, value).await?)
        }
    }
}

/// Takes nothing from this person any more.
///
/// # Errors
/// Refused if there is no such person.
pub async fn block(tx: &mut Tx, env: &Env, id: PersonId) -> Result<Person, Stop> {
    let mut person = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    person.blocked_at = person.blocked_at.or(Some(env.now()));
    rows::update(tx, &person).await?;
    Ok(person)
}

/// Takes what this person writes again.
///
/// # Errors
/// Refused if there is no such person.
pub async fn unblock(tx: &mut Tx, id: PersonId) -> Result<Person, Stop> {
    let mut person = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    person.blocked_at = None;
    rows::update(tx, &person).await?;
    Ok(person)
}

/// Somebody of whom only this is known.
pub(super) fn stranger(env: &Env, hint: &Hint) -> Person {
    Person {
        id: env.id(),
        name: hint.name.as_deref().and_then(named),
        language: hint.language,
        audience: hint.audience,
        customer: None,
        customer_by: None,
        creator: None,
        blocked_at: None,
        erased_at: None,
        created_at: env.now(),
    }
}

pub(super) async fn write_down(
    tx: &mut Tx,
    env: &Env,
    person: PersonId,
    kind: AddressKind,
    value: String,
) -> Result<Address, Fault> {
    let address = Address {
        id: env.id(),
        person,
        kind,
        value,
        verified_at: None,
        verified_by: None,
        bounced_at: None,
        bounce: None,
        created_at: env.now(),
    };
    rows::insert_address(tx, &address).await?;
    Ok(address)
}

/// A name as it is kept: one line of bounded length, without a card number in it.
fn named(written: &str) -> Option<String> {
    let line = written.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let line: String = line.take(LONGEST_NAME).collect();
    let line = mask::cards(line.trim()).into_owned();
    (!line.is_empty()).then_some(line)
}
