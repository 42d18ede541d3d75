//! Every SQL statement about payments, attempts and operations, and the customer's few columns
//! that a processor's page wants to know.

mod outcomes;
mod round;

use base::id::{AttemptId, CustomerId, OperationId, PaymentId};
use base::{Fault, Money, Timestamp};
use processor::{Buyer, GoTo};
use store::{Page, Reads, Row, Tx, Value};

use super::attempt::Attempt;
use super::operation::Operation;
use super::payment::{Payment, PaymentState};
use crate::rows::{json, list_of, opt_json};

pub use outcomes::known_as;
pub(super) use outcomes::{
    asked, capture_later, instrument, is_captured_later, keep_asked, keep_instrument, learn_ids,
    mark_approved, may_complete, not_completed, vote, votes,
};
pub(super) use round::{
    Changes, attempts_of_payments, attempts_of_same, find_many, operations_of_attempts,
};

fn payment(row: &Row) -> Result<Payment, Fault> {
    let amount = row.money("amount", "currency")?;
    let sum = |column| Ok::<_, Fault>(Money::new(row.int(column)?, amount.currency));
    let payment = Payment {
        id: row.id("id")?,
        customer: row.id("customer")?,
        checkout: row.id("checkout")?,
        pack: row.id("pack")?,
        tokens: crate::rows::tokens(row, "tokens")?,
        amount,
        state: row.parsed("state")?,
        reason: row.opt_text("reason")?,
        needs_attention: row.opt_text("needs_attention")?,
        authorized: sum("authorized")?,
        captured: sum("captured")?,
        refunded: sum("refunded")?,
        disputed: sum("disputed")?,
        outcome_known: row.flag("outcome_known")?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    };
    payment.assert_sound();
    Ok(payment)
}

fn attempt(row: &Row) -> Result<Attempt, Fault> {
    let amount = row.money("amount", "currency")?;
    let sum = |column| Ok::<_, Fault>(Money::new(row.int(column)?, amount.currency));
    Ok(Attempt {
        id: row.id("id")?,
        payment: row.id("payment")?,
        account: row.text("account")?,
        state: row.parsed("state")?,
        amount,
        captured: sum("captured")?,
        refunded: sum("refunded")?,
        disputed: sum("disputed")?,
        reference: row.text("id")?,
        transaction: row.opt_text("transaction_id")?,
        card: opt_json(row, "card")?,
        decline: opt_json(row, "decline")?,
        provisional: row.flag("provisional")?,
        go_to: opt_json::<StoredGoTo>(row, "go_to")?.map(StoredGoTo::into_go_to),
        version: row.int("version")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
        expires_at: row.time("expires_at")?,
    })
}

fn operation(row: &Row) -> Result<Operation, Fault> {
    Ok(Operation {
        id: row.id("id")?,
        attempt: row.id("attempt")?,
        kind: row.parsed("kind")?,
        amount: row.money("amount", "currency")?,
        state: row.parsed("state")?,
        transaction: row.opt_text("transaction_id")?,
        proof: row.opt_text("proof")?,
        reason: row.opt_text("reason")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Where the customer goes on, as stored.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredGoTo {
    Link(String),
    Form { action: String, fields: Vec<(String, String)> },
}

impl StoredGoTo {
    fn of(go_to: &GoTo) -> StoredGoTo {
        match go_to {
            GoTo::Link(link) => StoredGoTo::Link(link.clone()),
            GoTo::Form { action, fields } => {
                StoredGoTo::Form { action: action.clone(), fields: fields.clone() }
            }
        }
    }

    fn into_go_to(self) -> GoTo {
        match self {
            StoredGoTo::Link(link) => GoTo::Link(link),
            StoredGoTo::Form { action, fields } => GoTo::Form { action, fields },
        }
    }
}

fn opt<T: serde::Serialize>(value: Option<&T>) -> Result<Option<String>, Fault> {
    value.map(json).transpose()
}

pub(crate) async fn insert_payment(tx: &mut Tx, payment: &Payment) -> Result<(), Fault> {
    payment.assert_sound();
    let sql = "INSERT INTO payments (id, customer, checkout, pack, tokens, amount, currency, \
               state, reason, needs_attention, authorized, captured, refunded, disputed, \
               outcome_known, version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, \
               $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    let args = (
        payment.id,
        payment.customer,
        payment.checkout,
        payment.pack,
        payment.tokens,
        payment.amount.minor,
        payment.amount.currency,
        payment.state,
        payment.reason.clone(),
        payment.needs_attention.clone(),
        payment.authorized.minor,
        payment.captured.minor,
        payment.refunded.minor,
        payment.disputed.minor,
        payment.outcome_known,
        payment.version,
        payment.created_at,
        payment.updated_at,
    );
    tx.execute(sql, args).await?;
    Ok(())
}

/// Writes a payment back, unless somebody else did since it was read.
pub(super) async fn update_payment(tx: &mut Tx, payment: &Payment) -> Result<(), Fault> {
    payment.assert_sound();
    let sql = "UPDATE payments SET state = $1, reason = $2, needs_attention = $3, \
               authorized = $4, captured = $5, refunded = $6, disputed = $7, outcome_known = $8, \
               version = version + 1, updated_at = $9 WHERE id = $10 AND version = $11";
    let args = (
        payment.state,
        payment.reason.clone(),
        payment.needs_attention.clone(),
        payment.authorized.minor,
        payment.captured.minor,
        payment.refunded.minor,
        payment.disputed.minor,
        payment.outcome_known,
        payment.updated_at,
        payment.id,
        payment.version,
    );
    written(tx.execute(sql, args).await?)
}

pub(super) async fn insert_attempt(tx: &mut Tx, attempt: &Attempt) -> Result<(), Fault> {
    let sql = "INSERT INTO attempts (id, payment, account, state, amount, currency, captured, \
               refunded, disputed, provisional, version, created_at, updated_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, $7, $8, $9, $10)";
    let args = (
        attempt.id,
        attempt.payment,
        &attempt.account,
        attempt.state,
        attempt.amount.minor,
        attempt.amount.currency,
        attempt.version,
        attempt.created_at,
        attempt.updated_at,
        attempt.expires_at,
    );
    tx.execute(sql, args).await?;
    Ok(())
}

pub(super) async fn insert_operation(tx: &mut Tx, operation: &Operation) -> Result<(), Fault> {
    let sql = "INSERT INTO operations (id, attempt, kind, amount, currency, state, reason, \
               created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = (
        operation.id,
        operation.attempt,
        operation.kind,
        operation.amount.minor,
        operation.amount.currency,
        operation.state,
        operation.reason.clone(),
        operation.created_at,
        operation.updated_at,
    );
    tx.execute(sql, args).await?;
    Ok(())
}

pub(super) async fn update_operation(tx: &mut Tx, operation: &Operation) -> Result<(), Fault> {
    let sql = "UPDATE operations SET state = $1, transaction_id = $2, proof = $3, reason = $4, \
               updated_at = $5 WHERE id = $6";
    let args = (
        operation.state,
        operation.transaction.clone(),
        operation.proof.clone(),
        operation.reason.clone(),
        operation.updated_at,
        operation.id,
    );
    written(tx.execute(sql, args).await?)
}

fn written(rows: u64) -> Result<(), Fault> {
    if rows == 1 {
        return Ok(());
    }
    Err(Fault::new("write a payment back: somebody else has changed it meanwhile"))
}

/// The payment of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: PaymentId) -> Result<Option<Payment>, Fault> {
    let sql = "SELECT * FROM payments WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(payment).transpose()
}

/// The attempt of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find_attempt(reads: &mut impl Reads, id: AttemptId) -> Result<Option<Attempt>, Fault> {
    let sql = "SELECT * FROM attempts WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(attempt).transpose()
}

/// The operation of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find_operation(
    reads: &mut impl Reads,
    id: OperationId,
) -> Result<Option<Operation>, Fault> {
    let sql = "SELECT * FROM operations WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(operation).transpose()
}

/// All attempts of a payment, first to last.
///
/// # Errors
/// A fault if the database fails.
pub async fn attempts_of(reads: &mut impl Reads, id: PaymentId) -> Result<Vec<Attempt>, Fault> {
    let sql = "SELECT * FROM attempts WHERE payment = $1 ORDER BY id";
    reads.fetch_all(sql, (id,)).await?.iter().map(attempt).collect()
}

/// All operations of a payment, first to last.
///
/// # Errors
/// A fault if the database fails.
pub async fn operations_of(reads: &mut impl Reads, id: PaymentId) -> Result<Vec<Operation>, Fault> {
    let sql = "SELECT operations.* FROM operations JOIN attempts \
               ON attempts.id = operations.attempt WHERE attempts.payment = $1 \
               ORDER BY operations.id";
    reads.fetch_all(sql, (id,)).await?.iter().map(operation).collect()
}

/// The operations of one attempt, first to last.
pub(super) async fn operations_of_attempt(
    reads: &mut impl Reads,
    id: AttemptId,
) -> Result<Vec<Operation>, Fault> {
    let sql = "SELECT * FROM operations WHERE attempt = $1 ORDER BY id";
    reads.fetch_all(sql, (id,)).await?.iter().map(operation).collect()
}

/// Marks that the processor is asked about an attempt now; false if it was asked a moment ago.
pub(super) async fn may_ask(
    tx: &mut Tx,
    id: AttemptId,
    now: Timestamp,
    asked_before: Timestamp,
) -> Result<bool, Fault> {
    let sql = "UPDATE attempts SET asked_at = $1 WHERE id = $2 \
               AND (asked_at IS NULL OR asked_at <= $3)";
    Ok(tx.execute(sql, (now, id, asked_before)).await? == 1)
}

/// What a processor's page may know of the customer. The table is identity's; it is only read here.
pub(super) async fn buyer(reads: &mut impl Reads, id: CustomerId) -> Result<Option<Buyer>, Fault> {
    let sql = "SELECT name, email, country, language FROM customers WHERE id = $1";
    let Some(row) = reads.fetch_optional(sql, (id,)).await? else { return Ok(None) };
    Ok(Some(Buyer {
        customer: id.to_string(),
        name: row.opt_text("name")?,
        email: row.opt_text("email")?,
        ip: None,
        country: row.opt_text("country")?,
        language: row.parsed("language")?,
    }))
}

macro_rules! filtered {
    ($more:literal) => {
        list_of!("payments" where concat!(
            "($3 = '' OR state = $3) AND ($4 = '' OR EXISTS (SELECT 1 FROM attempts WHERE \
             attempts.payment = payments.id AND attempts.account = $4)) AND \
             ($5 = 0 OR needs_attention IS NOT NULL) AND created_at >= $6 AND created_at < $7",
            $more
        ))
    };
}

/// Which payments a list walks over.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    /// Everybody's.
    Everybodys,
    /// Those of the customer in the last argument.
    Ones,
}

/// Payments, newest first; an empty filter takes everything.
pub(super) async fn list(
    reads: &mut impl Reads,
    whose: Whose,
    page: &Page,
    args: Vec<Value>,
) -> Result<Vec<Payment>, Fault> {
    let texts = match whose {
        Whose::Everybodys => filtered!(""),
        Whose::Ones => filtered!(" AND customer = $8"),
    };
    crate::rows::page(reads, texts, page, args).await?.iter().map(payment).collect()
}

/// How many payments stand in each state, for the console's first page.
///
/// # Errors
/// A fault if the database fails.
pub async fn counts(reads: &mut impl Reads) -> Result<Vec<(PaymentState, i64)>, Fault> {
    let sql = "SELECT state, COUNT(*) AS many FROM payments GROUP BY state ORDER BY state";
    let rows = reads.fetch_all(sql, ()).await?;
    rows.iter().map(|row| Ok((row.parsed("state")?, row.int("many")?))).collect()
}

/// How many payments somebody must look at.
///
/// # Errors
/// A fault if the database fails.
pub async fn needing_attention(reads: &mut impl Reads) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM payments WHERE needs_attention IS NOT NULL";
    reads.fetch_one(sql, ()).await?.int("many")
}
