//! Every SQL statement about look-ups. Those of the search read by index, a bounded number of rows.

use base::id::{AttemptId, CustomerId, PaymentId};
use base::{Fault, Timestamp};
use store::{Batch, ColumnKind as Column, Columns, Reads, Tx, Verb};

use super::endings::Ending;
use super::fact::Kind;

static FACTS: Batch = Batch {
    table: "charge_facts",
    columns: &[
        ("payment", Column::Text),
        ("fact", Column::Text),
        ("kind", Column::Text),
        ("taken_at", Column::Int),
    ],
    verb: Verb::InsertUnlessThere,
};

/// A charge and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Owned {
    pub(super) payment: PaymentId,
    pub(super) customer: CustomerId,
    mail: Option<String>,
}

impl Owned {
    /// Whether a mail about either reaches the same person.
    pub(super) fn is_same_person(&self, other: &Owned) -> bool {
        self.customer == other.customer || (self.mail.is_some() && self.mail == other.mail)
    }
}

/// What is known of the customer of a charge.
pub(super) struct Known {
    pub(super) mail: Option<String>,
    pub(super) names: Vec<String>,
}

/// The charges that share a fact, the newest first.
pub(super) async fn sharing(
    reads: &mut impl Reads,
    fact: &str,
    (from, until): (i64, i64),
    most: u32,
) -> Result<Vec<PaymentId>, Fault> {
    let sql = "SELECT payment FROM charge_facts WHERE fact = $1 AND taken_at >= $2 \
               AND taken_at < $3 ORDER BY taken_at DESC, payment DESC LIMIT $4";
    let rows = reads.fetch_all(sql, (fact, from, until, most)).await?;
    rows.iter().map(|row| row.id("payment")).collect()
}

/// Those of the charges that have as many of the facts as are wanted.
pub(super) async fn matching(
    reads: &mut impl Reads,
    payments: Vec<String>,
    facts: Vec<String>,
    wanted: usize,
) -> Result<Vec<PaymentId>, Fault> {
    let sql = "SELECT payment FROM charge_facts WHERE payment IN texts($1) AND fact IN texts($2) \
               GROUP BY payment HAVING COUNT(*) = $3";
    let wanted = i64::try_from(wanted).unwrap_or(i64::MAX);
    let rows = reads.fetch_all(sql, (payments, facts, wanted)).await?;
    rows.iter().map(|row| row.id("payment")).collect()
}

/// Whose the charges are.
pub(super) async fn owners(
    reads: &mut impl Reads,
    payments: Vec<String>,
) -> Result<Vec<Owned>, Fault> {
    let sql = "SELECT payments.id, payments.customer, LOWER(customers.email) AS mail \
               FROM payments JOIN customers ON customers.id = payments.customer \
               WHERE payments.id IN texts($1)";
    let rows = reads.fetch_all(sql, (payments,)).await?;
    let owned = rows.iter().map(|row| {
        let (payment, customer) = (row.id("id")?, row.id("customer")?);
        Ok(Owned { payment, customer, mail: row.opt_text("mail")? })
    });
    owned.collect()
}

/// The accounts that took the charges, each once.
pub(super) async fn accounts(
    reads: &mut impl Reads,
    payments: Vec<String>,
) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT account FROM attempts WHERE payment IN texts($1) AND captured > 0 \
               ORDER BY account";
    let rows = reads.fetch_all(sql, (payments,)).await?;
    rows.iter().map(|row| row.text("account")).collect()
}

/// What the customer of a charge is called and written to.
pub(super) async fn known(reads: &mut impl Reads, id: CustomerId) -> Result<Known, Fault> {
    let sql = "SELECT email, name, external_ref FROM customers WHERE id = $1";
    let row = reads.fetch_one(sql, (id,)).await?;
    let names = [Some(id.to_string()), row.opt_text("name")?, row.opt_text("external_ref")?];
    Ok(Known { mail: row.opt_text("email")?, names: names.into_iter().flatten().collect() })
}

/// The numbers of a payment's receipts, and when each was issued.
pub(super) async fn receipts(
    reads: &mut impl Reads,
    payment: PaymentId,
) -> Result<Vec<(AttemptId, String, Timestamp)>, Fault> {
    let sql = "SELECT attempt, number, issued_at FROM receipts WHERE payment = $1";
    let rows = reads.fetch_all(sql, (payment,)).await?;
    let read =
        |row: &store::Row| Ok((row.id("attempt")?, row.text("number")?, row.time("issued_at")?));
    rows.iter().map(read).collect()
}

/// The newest charges of a customer.
pub(super) async fn charges_of(
    reads: &mut impl Reads,
    customer: CustomerId,
    most: u32,
) -> Result<Vec<PaymentId>, Fault> {
    let sql = "SELECT id FROM payments WHERE customer = $1 AND captured > 0 \
               ORDER BY id DESC LIMIT $2";
    let rows = reads.fetch_all(sql, (customer, most)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Charges behind `after` that have no facts yet, the oldest first.
pub(super) async fn unwritten(
    reads: &mut impl Reads,
    after: &str,
    most: u32,
) -> Result<Vec<PaymentId>, Fault> {
    let sql = "SELECT id FROM payments WHERE id > $1 AND captured > 0 AND NOT EXISTS \
               (SELECT 1 FROM charge_facts WHERE charge_facts.payment = payments.id) \
               ORDER BY id LIMIT $2";
    let rows = reads.fetch_all(sql, (after, most)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Writes facts of a charge; those that are there stay.
pub(super) async fn insert(
    tx: &mut Tx,
    payment: PaymentId,
    facts: Vec<(Kind, String, Timestamp)>,
) -> Result<(), Fault> {
    let mut rows = Columns::new(FACTS.columns.len());
    for (kind, fact, taken_at) in facts {
        rows.push((payment, fact, kind, taken_at));
    }
    if !rows.is_empty() {
        tx.insert(&FACTS, rows).await?;
    }
    Ok(())
}

/// Forgets the facts of a charge that are about its customer.
pub(super) async fn forget_person(tx: &mut Tx, payment: PaymentId) -> Result<(), Fault> {
    let sql = "DELETE FROM charge_facts WHERE payment = $1 AND kind IN ('mail', 'user')";
    tx.execute(sql, (payment,)).await.map(|_| ())
}

/// Counts an ending.
pub(super) async fn count_ending(
    tx: &mut Tx,
    day: i64,
    kinds: &str,
    ending: Ending,
    door: &str,
) -> Result<(), Fault> {
    let sql = "INSERT INTO lookup_endings (day, kinds, ending, door, times) \
               VALUES ($1, $2, $3, $4, 1) ON CONFLICT (day, kinds, ending, door) \
               DO UPDATE SET times = lookup_endings.times + 1";
    tx.execute(sql, (day, kinds, ending, door)).await.map(|_| ())
}
