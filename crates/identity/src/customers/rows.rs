//! Every statement about customers.

use base::Fault;
use base::id::CustomerId;
use store::{Page, Reads, Row, Tx, Walk};

use super::Customer;

/// The customer with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: CustomerId) -> Result<Option<Customer>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM customers WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The customer whom the host site calls so.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_by_external_ref(
    reads: &mut impl Reads,
    external_ref: &str,
) -> Result<Option<Customer>, Fault> {
    let sql = "SELECT * FROM customers WHERE external_ref = $1";
    let row = reads.fetch_optional(sql, (external_ref,)).await?;
    row.as_ref().map(read).transpose()
}

/// The customers with this mail address, the newest first: several may share one.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_by_email(reads: &mut impl Reads, email: &str) -> Result<Vec<Customer>, Fault> {
    let sql = "SELECT * FROM customers WHERE email = $1 ORDER BY id DESC LIMIT 50";
    reads.fetch_all(sql, (email,)).await?.iter().map(read).collect()
}

/// A page of all customers, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, page: Page) -> Result<Vec<Customer>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM customers WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM customers WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

pub(super) async fn insert(tx: &mut Tx, customer: &Customer) -> Result<(), Fault> {
    let sql = "INSERT INTO customers (id, external_ref, email, name, language, country,
               version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let Customer { id, external_ref, email, name, language, country, version, created_at } =
        customer.clone();
    let args = (id, external_ref, email, name, language, country, version, created_at);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn update(tx: &mut Tx, customer: &Customer) -> Result<(), Fault> {
    let sql = "UPDATE customers SET external_ref = $2, email = $3, name = $4, language = $5,
               country = $6, version = $7 WHERE id = $1";
    let Customer { id, external_ref, email, name, language, country, version, .. } =
        customer.clone();
    tx.execute(sql, (id, external_ref, email, name, language, country, version)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Customer, Fault> {
    Ok(Customer {
        id: row.id("id")?,
        external_ref: row.opt_text("external_ref")?,
        email: row.opt_text("email")?,
        name: row.opt_text("name")?,
        language: row.parsed("language")?,
        country: row.opt_text("country")?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
    })
}
