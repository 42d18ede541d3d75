//! Which customer or creator of the money side a person is.

use base::id::{CreatorId, CustomerId, PersonId};
use base::{Env, Fault, Stop};
use identity::{Customer, creators, customers};
use store::Tx;

use super::meet::{stranger, write_down};
use super::verify::verify;
use super::{
    ANOTHER_CUSTOMER, AddressKind, Audience, Hint, Person, Proof, UNKNOWN, find_address, rows,
};

/// The person that a customer is; made once. The customer's mail address, which the host site
/// gave us, is a verified address of theirs.
///
/// # Errors
/// Refused if there is no such customer.
pub async fn of_customer(tx: &mut Tx, env: &Env, id: CustomerId) -> Result<Person, Stop> {
    let customer = customers::find(tx, id).await?.ok_or(customers::UNKNOWN)?;
    let person = match rows::of_a_customer(tx, id).await?.into_iter().next() {
        Some(person) => person,
        None => first_met(tx, env, &customer).await?,
    };
    if let Some(mail) = customer.email.as_deref() {
        give_mail(tx, env, &person, mail).await?;
    }
    Ok(person)
}

/// The person that a creator is; made once.
///
/// # Errors
/// Refused if there is no such creator.
pub async fn of_creator(tx: &mut Tx, env: &Env, id: CreatorId) -> Result<Person, Stop> {
    let creator = creators::find(tx, id).await?.ok_or(creators::UNKNOWN)?;
    if let Some(person) = rows::of_a_creator(tx, id).await? {
        return Ok(person);
    }
    let hint = Hint {
        name: Some(creator.name),
        language: base::Language::default(),
        audience: Audience::Creator,
    };
    let person = Person { creator: Some(id), ..stranger(env, &hint) };
    rows::insert(tx, &person).await?;
    Ok(person)
}

/// Notes which customer a person is, and how we know.
///
/// # Errors
/// Refused if there is no such person or customer, or if they are known as another customer.
pub async fn attach_customer(
    tx: &mut Tx,
    env: &Env,
    id: PersonId,
    customer: CustomerId,
    proof: Proof,
) -> Result<Person, Stop> {
    let mut person = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    match person.customer {
        Some(known) if known == customer => return Ok(person),
        Some(_) => return Err(ANOTHER_CUSTOMER.into()),
        None => {}
    }
    let customer = customers::find(tx, customer).await?.ok_or(customers::UNKNOWN)?;
    person.customer = Some(customer.id);
    person.customer_by = Some(proof);
    if person.name.is_none() {
        person.name = customer.name;
    }
    rows::update(tx, &person).await?;
    if let Some(mail) = customer.email.as_deref() {
        give_mail(tx, env, &person, mail).await?;
    }
    Ok(person)
}

/// Whoever wrote from the customer's mail address and from nowhere else is the customer; else it is
/// somebody new. Anybody can claim an address that is not theirs, so nothing else that somebody
/// unproved has becomes the customer's.
async fn first_met(tx: &mut Tx, env: &Env, customer: &Customer) -> Result<Person, Fault> {
    let written = match customer.email.as_deref() {
        Some(mail) => find_address(tx, AddressKind::Mail, mail).await?,
        None => None,
    };
    if let Some(address) = written
        && let Some(mut person) = rows::find(tx, address.person).await?
        && is_nobody_yet(&person)
        && rows::addresses_of(tx, person.id).await?.len() == 1
    {
        person.customer = Some(customer.id);
        person.customer_by = Some(Proof::HostSite);
        rows::update(tx, &person).await?;
        return Ok(person);
    }
    let hint = Hint {
        name: customer.name.clone(),
        language: customer.language,
        audience: Audience::Customer,
    };
    let person = Person {
        customer: Some(customer.id),
        customer_by: Some(Proof::HostSite),
        ..stranger(env, &hint)
    };
    rows::insert(tx, &person).await?;
    Ok(person)
}

/// Several customers may have one mail address: it is the person's who had it first. Somebody
/// whose address it was by their own word only loses it to whom the host site names.
async fn give_mail(tx: &mut Tx, env: &Env, person: &Person, mail: &str) -> Result<(), Stop> {
    let address = match find_address(tx, AddressKind::Mail, mail).await? {
        Some(address) if address.person == person.id => address,
        Some(address) if address.verified_at.is_some() => return Ok(()),
        Some(address) => {
            let owner = rows::find(tx, address.person).await?;
            if !owner.is_some_and(|owner| is_nobody_yet(&owner)) {
                return Ok(());
            }
            rows::move_address(tx, address.id, person.id).await?;
            address
        }
        None => {
            let value = AddressKind::Mail.normal(mail)?;
            write_down(tx, env, person.id, AddressKind::Mail, value).await?
        }
    };
    verify(tx, env, address.id, Proof::HostSite).await.map(|_| ())
}

/// Whether nothing is known of who they are on the money side.
fn is_nobody_yet(person: &Person) -> bool {
    person.customer.is_none() && person.creator.is_none() && person.erased_at.is_none()
}
