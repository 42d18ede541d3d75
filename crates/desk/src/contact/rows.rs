//! Every statement about links, forms, tries, escalations, ratings and imports.

use base::id::{CaseId, CustomerId, PaymentId, PersonId};
use base::{Fault, Hashed, Timestamp};
use store::{Page, Reads, Row, Tx, Walk};

use super::escalate::Escalation;
use super::links::Opened;
use super::rate::Rating;

pub(super) async fn insert_key(
    tx: &mut Tx,
    hash: &Hashed,
    key: &Opened,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO case_keys (hash, case_id, person, address, created_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let args = (hash.as_str(), key.case, key.person, key.mailed_to, now, key.until);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn find_key(
    reads: &mut impl Reads,
    hash: &Hashed,
    now: Timestamp,
) -> Result<Option<Opened>, Fault> {
    let sql = "SELECT * FROM case_keys WHERE hash = $1 AND expires_at > $2";
    let row = reads.fetch_optional(sql, (hash.as_str(), now)).await?;
    let read = |row: &Row| {
        Ok(Opened {
            case: row.id("case_id")?,
            person: row.id("person")?,
            mailed_to: row.opt_id("address")?,
            until: row.time("expires_at")?,
        })
    };
    row.as_ref().map(read).transpose()
}

/// Forgets links that have expired.
pub(super) async fn forget_keys(tx: &mut Tx, until: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM case_keys WHERE expires_at <= $1", (until,)).await.map(|_| ())
}

pub(super) async fn forget_shown_keys(tx: &mut Tx, cases: &[CaseId]) -> Result<(), Fault> {
    let cases: Vec<String> = cases.iter().map(ToString::to_string).collect();
    let sql = "DELETE FROM case_keys WHERE case_id IN texts($1) AND address IS NULL";
    tx.execute(sql, (cases,)).await.map(|_| ())
}

/// The case that a form has made.
pub(super) async fn case_of_form(
    reads: &mut impl Reads,
    form: &str,
) -> Result<Option<CaseId>, Fault> {
    let sql = "SELECT case_id FROM contact_forms WHERE id = $1";
    let row = reads.fetch_optional(sql, (form,)).await?;
    row.map(|row| row.id("case_id")).transpose()
}

pub(super) async fn insert_form(
    tx: &mut Tx,
    form: &str,
    case: CaseId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO contact_forms (id, case_id, created_at) VALUES ($1, $2, $3)";
    tx.execute(sql, (form, case, now)).await.map(|_| ())
}

/// Writes that a case went one level up; false if it did before.
pub(super) async fn insert_escalation(tx: &mut Tx, new: &Escalation) -> Result<bool, Fault> {
    let sql = "INSERT INTO contact_escalations (case_id, level, person, at, decide_by) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id, level) DO NOTHING";
    let args = (new.case, new.level, new.person, new.at, new.decide_by);
    Ok(tx.execute(sql, args).await? == 1)
}

/// The last level a customer had a case brought to.
pub(super) async fn last_escalation(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<Escalation>, Fault> {
    let sql = "SELECT * FROM contact_escalations WHERE case_id = $1 ORDER BY level DESC LIMIT 1";
    let row = reads.fetch_optional(sql, (case,)).await?;
    let read = |row: &Row| {
        Ok(Escalation {
            case: row.id("case_id")?,
            level: row.int("level")?,
            person: row.id("person")?,
            at: row.time("at")?,
            decide_by: row.time("decide_by")?,
        })
    };
    row.as_ref().map(read).transpose()
}

/// Keeps how a customer found our help; the newest word counts.
pub(super) async fn keep_rating(
    tx: &mut Tx,
    case: CaseId,
    person: PersonId,
    rating: &Rating,
) -> Result<(), Fault> {
    let sql = "INSERT INTO contact_ratings (case_id, person, score, said, at) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id) DO UPDATE SET \
               person = $2, score = $3, said = $4, at = $5";
    let args = (case, person, rating.score, rating.said.clone(), rating.at);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn rating(reads: &mut impl Reads, case: CaseId) -> Result<Option<Rating>, Fault> {
    let sql = "SELECT score, said, at FROM contact_ratings WHERE case_id = $1";
    let row = reads.fetch_optional(sql, (case,)).await?;
    let read = |row: &Row| {
        Ok(Rating { score: row.int("score")?, said: row.opt_text("said")?, at: row.time("at")? })
    };
    row.as_ref().map(read).transpose()
}

/// The case that was made of another desk's.
pub(super) async fn imported(
    reads: &mut impl Reads,
    source: &str,
    item: &str,
) -> Result<Option<CaseId>, Fault> {
    let sql = "SELECT case_id FROM case_imports WHERE source = $1 AND item = $2";
    let row = reads.fetch_optional(sql, (source, item)).await?;
    row.map(|row| row.id("case_id")).transpose()
}

pub(super) async fn insert_import(
    tx: &mut Tx,
    source: &str,
    item: &str,
    case: CaseId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO case_imports (source, item, case_id, created_at) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (source, item) DO NOTHING";
    tx.execute(sql, (source, item, case, now)).await.map(|_| ())
}

/// A page of the cases in these states in which something was said to or by this customer.
///
/// Whoever is the customer by no more than what they typed themselves is not looked at.
pub(super) async fn own_cases(
    reads: &mut impl Reads,
    customer: CustomerId,
    states: Vec<String>,
    page: &Page,
) -> Result<Vec<CaseId>, Fault> {
    let (Walk::Older(edge) | Walk::Newer(edge)) = page.walk();
    let sql = "SELECT cases.id FROM cases JOIN people ON people.id = cases.requester \
               WHERE people.customer = $1 AND cases.state IN texts($2) AND cases.id < $3 \
               AND cases.merged_into IS NULL AND EXISTS (SELECT 1 FROM case_messages \
                 WHERE case_messages.case_id = cases.id \
                 AND case_messages.thread_kind = 'customer' \
                 AND case_messages.shown_seq IS NOT NULL) \
               ORDER BY cases.id DESC LIMIT $4";
    let rows = reads.fetch_all(sql, (customer, states, edge, page.limit)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Whether a case is this customer's, and something was said to or by them in it.
pub(super) async fn is_own_case(
    reads: &mut impl Reads,
    customer: CustomerId,
    case: CaseId,
) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS found FROM cases JOIN people ON people.id = cases.requester \
               WHERE cases.id = $2 AND people.customer = $1 AND EXISTS (SELECT 1 \
                 FROM case_messages WHERE case_messages.case_id = cases.id \
                 AND case_messages.thread_kind = 'customer' \
                 AND case_messages.shown_seq IS NOT NULL)";
    Ok(reads.fetch_one(sql, (customer, case)).await?.int("found")? > 0)
}

/// Whether a payment is this customer's.
pub(super) async fn is_payment_of(
    reads: &mut impl Reads,
    payment: PaymentId,
    customer: CustomerId,
) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS found FROM payments WHERE id = $1 AND customer = $2";
    Ok(reads.fetch_one(sql, (payment, customer)).await?.int("found")? > 0)
}
