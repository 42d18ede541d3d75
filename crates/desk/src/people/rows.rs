//! Every statement about people and their addresses.

use base::Fault;
use base::id::{AddressId, CreatorId, CustomerId, PersonId};
use store::{Reads, Row, Tx};

use super::{Address, AddressKind, Person};

/// The person with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: PersonId) -> Result<Option<Person>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM people WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The people with these ids, in no order.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_many(reads: &mut impl Reads, ids: &[PersonId]) -> Result<Vec<Person>, Fault> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let sql = "SELECT * FROM people WHERE id IN texts($1)";
    reads.fetch_all(sql, (ids,)).await?.iter().map(read).collect()
}

/// Everybody who is this customer, who was known first before the others.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn of_a_customer(
    reads: &mut impl Reads,
    customer: CustomerId,
) -> Result<Vec<Person>, Fault> {
    let sql = "SELECT * FROM people WHERE customer = $1 ORDER BY id LIMIT 100";
    reads.fetch_all(sql, (customer,)).await?.iter().map(read).collect()
}

pub(super) async fn of_a_creator(
    reads: &mut impl Reads,
    creator: CreatorId,
) -> Result<Option<Person>, Fault> {
    let sql = "SELECT * FROM people WHERE creator = $1 ORDER BY id LIMIT 1";
    reads.fetch_optional(sql, (creator,)).await?.as_ref().map(read).transpose()
}

/// The address with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn address(reads: &mut impl Reads, id: AddressId) -> Result<Option<Address>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM addresses WHERE id = $1", (id,)).await?;
    row.as_ref().map(read_address).transpose()
}

/// The addresses with these ids.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn addresses(reads: &mut impl Reads, ids: &[AddressId]) -> Result<Vec<Address>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let sql = "SELECT * FROM addresses WHERE id IN texts($1)";
    reads.fetch_all(sql, (ids,)).await?.iter().map(read_address).collect()
}

pub(super) async fn address_of(
    reads: &mut impl Reads,
    kind: AddressKind,
    value: &str,
) -> Result<Option<Address>, Fault> {
    let sql = "SELECT * FROM addresses WHERE kind = $1 AND value = $2";
    reads.fetch_optional(sql, (kind, value)).await?.as_ref().map(read_address).transpose()
}

/// All addresses of a person, the oldest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn addresses_of(reads: &mut impl Reads, person: PersonId) -> Result<Vec<Address>, Fault> {
    let sql = "SELECT * FROM addresses WHERE person = $1 ORDER BY id LIMIT 100";
    reads.fetch_all(sql, (person,)).await?.iter().map(read_address).collect()
}

pub(super) async fn insert(tx: &mut Tx, person: &Person) -> Result<(), Fault> {
    let sql = "INSERT INTO people (id, name, language, audience, customer, customer_by, creator,
               blocked_at, erased_at, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let Person { id, name, language, audience, .. } = person.clone();
    let by = person.customer_by.map(super::Proof::as_str);
    let Person { customer, creator, blocked_at, erased_at, created_at, .. } = person;
    let args = (
        id,
        name,
        language,
        audience,
        *customer,
        by,
        *creator,
        *blocked_at,
        *erased_at,
        *created_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn update(tx: &mut Tx, person: &Person) -> Result<(), Fault> {
    let sql = "UPDATE people SET name = $2, language = $3, customer = $4, customer_by = $5,
               creator = $6, blocked_at = $7, erased_at = $8 WHERE id = $1";
    let Person { id, name, language, customer, creator, blocked_at, erased_at, .. } =
        person.clone();
    let by = person.customer_by.map(super::Proof::as_str);
    let args = (id, name, language, customer, by, creator, blocked_at, erased_at);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn insert_address(tx: &mut Tx, address: &Address) -> Result<(), Fault> {
    let sql = "INSERT INTO addresses (id, person, kind, value, verified_at, verified_by,
               bounced_at, bounce, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let Address { id, person, kind, value, verified_at, .. } = address.clone();
    let by = address.verified_by.map(super::Proof::as_str);
    let Address { bounced_at, bounce, created_at, .. } = address.clone();
    let args = (id, person, kind, value, verified_at, by, bounced_at, bounce, created_at);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn update_address(tx: &mut Tx, address: &Address) -> Result<(), Fault> {
    let sql = "UPDATE addresses SET value = $2, verified_at = $3, verified_by = $4,
               bounced_at = $5, bounce = $6 WHERE id = $1";
    let Address { id, value, verified_at, bounced_at, bounce, .. } = address.clone();
    let by = address.verified_by.map(super::Proof::as_str);
    tx.execute(sql, (id, value, verified_at, by, bounced_at, bounce)).await.map(|_| ())
}

/// Gives an address to another person.
pub(super) async fn move_address(tx: &mut Tx, id: AddressId, to: PersonId) -> Result<(), Fault> {
    let sql = "UPDATE addresses SET person = $2 WHERE id = $1";
    tx.execute(sql, (id, to)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Person, Fault> {
    let by = row.opt_text("customer_by")?;
    Ok(Person {
        id: row.id("id")?,
        name: row.opt_text("name")?,
        language: row.parsed("language")?,
        audience: row.parsed("audience")?,
        customer: row.opt_id("customer")?,
        customer_by: by.and_then(|word| word.parse().ok()),
        creator: row.opt_id("creator")?,
        blocked_at: row.opt_time("blocked_at")?,
        erased_at: row.opt_time("erased_at")?,
        created_at: row.time("created_at")?,
    })
}

fn read_address(row: &Row) -> Result<Address, Fault> {
    let by = row.opt_text("verified_by")?;
    Ok(Address {
        id: row.id("id")?,
        person: row.id("person")?,
        kind: row.parsed("kind")?,
        value: row.text("value")?,
        verified_at: row.opt_time("verified_at")?,
        verified_by: by.and_then(|word| word.parse().ok()),
        bounced_at: row.opt_time("bounced_at")?,
        bounce: row.opt_text("bounce")?,
        created_at: row.time("created_at")?,
    })
}
