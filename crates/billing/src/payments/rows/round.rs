//! Every SQL statement of a round: many payments read with one statement each, and written back so.

use base::Fault;
use store::{Batch, ColumnKind as Kind, Columns, Reads, Tx, Verb};

use super::{StoredGoTo, attempt, operation, opt, payment};
use crate::payments::attempt::{Attempt, AttemptState};
use crate::payments::operation::Operation;
use crate::payments::payment::Payment;

/// The payments of these ids.
pub(in crate::payments) async fn find_many(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<Vec<Payment>, Fault> {
    let sql = "SELECT * FROM payments WHERE id IN texts($1)";
    reads.fetch_all(sql, (ids,)).await?.iter().map(payment).collect()
}

/// The attempts of these ids.
pub(in crate::payments) async fn attempts_of_same(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<Vec<Attempt>, Fault> {
    let sql = "SELECT * FROM attempts WHERE id IN texts($1)";
    reads.fetch_all(sql, (ids,)).await?.iter().map(attempt).collect()
}

/// All attempts of these payments, first to last.
pub(in crate::payments) async fn attempts_of_payments(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<Vec<Attempt>, Fault> {
    let sql = "SELECT * FROM attempts WHERE payment IN texts($1) ORDER BY id";
    reads.fetch_all(sql, (ids,)).await?.iter().map(attempt).collect()
}

/// All operations of these attempts, first to last.
pub(in crate::payments) async fn operations_of_attempts(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<Vec<Operation>, Fault> {
    let sql = "SELECT * FROM operations WHERE attempt IN texts($1) ORDER BY id";
    reads.fetch_all(sql, (ids,)).await?.iter().map(operation).collect()
}

static PAYMENTS: Batch = Batch {
    table: "payments",
    columns: &[
        ("id", Kind::Text),
        ("state", Kind::Text),
        ("reason", Kind::Text),
        ("needs_attention", Kind::Text),
        ("authorized", Kind::Int),
        ("captured", Kind::Int),
        ("refunded", Kind::Int),
        ("disputed", Kind::Int),
        ("outcome_known", Kind::Int),
        ("version", Kind::Int),
        ("updated_at", Kind::Int),
    ],
    verb: Verb::Update,
};

static ATTEMPTS: Batch = Batch {
    table: "attempts",
    columns: &[
        ("id", Kind::Text),
        ("state", Kind::Text),
        ("captured", Kind::Int),
        ("refunded", Kind::Int),
        ("disputed", Kind::Int),
        ("transaction_id", Kind::Text),
        ("card", Kind::Text),
        ("decline", Kind::Text),
        ("provisional", Kind::Int),
        ("go_to", Kind::Text),
        ("version", Kind::Int),
        ("updated_at", Kind::Int),
    ],
    verb: Verb::Update,
};

/// Attempts whose lost answer is known: what was asked is forgotten.
static FORGOTTEN: Batch = Batch {
    table: "attempts",
    columns: &[("id", Kind::Text), ("asked", Kind::Text)],
    verb: Verb::Update,
};

static OPERATIONS: Batch = Batch {
    table: "operations",
    columns: &[
        ("id", Kind::Text),
        ("state", Kind::Text),
        ("transaction_id", Kind::Text),
        ("proof", Kind::Text),
        ("reason", Kind::Text),
        ("updated_at", Kind::Int),
    ],
    verb: Verb::Update,
};

static CHECKOUTS: Batch = Batch {
    table: "checkouts",
    columns: &[("payment", Kind::Text), ("state", Kind::Text)],
    verb: Verb::Update,
};

/// What a round has changed.
pub(in crate::payments) struct Changes {
    payments: Columns,
    attempts: Columns,
    forgotten: Columns,
    operations: Columns,
    checkouts: Columns,
}

impl Changes {
    pub(in crate::payments) fn none() -> Changes {
        Changes {
            payments: PAYMENTS.rows(),
            attempts: ATTEMPTS.rows(),
            forgotten: FORGOTTEN.rows(),
            operations: OPERATIONS.rows(),
            checkouts: CHECKOUTS.rows(),
        }
    }

    pub(in crate::payments) fn payment(&mut self, payment: &Payment) {
        payment.assert_sound();
        self.payments.push((
            payment.id,
            payment.state,
            payment.reason.clone(),
            payment.needs_attention.clone(),
            payment.authorized.minor,
            payment.captured.minor,
            payment.refunded.minor,
            payment.disputed.minor,
            payment.outcome_known,
            payment.version,
            payment.updated_at,
        ));
    }

    pub(in crate::payments) fn attempt(
        &mut self,
        attempt: &Attempt,
        was: AttemptState,
    ) -> Result<(), Fault> {
        let go_to = attempt.go_to.as_ref().map(StoredGoTo::of);
        self.attempts.push((
            attempt.id,
            attempt.state,
            attempt.captured.minor,
            attempt.refunded.minor,
            attempt.disputed.minor,
            attempt.transaction.clone(),
            opt(attempt.card.as_ref())?,
            opt(attempt.decline.as_ref())?,
            attempt.provisional,
            opt(go_to.as_ref())?,
            attempt.version,
            attempt.updated_at,
        ));
        let open = |state| matches!(state, AttemptState::Sent | AttemptState::Unknown);
        if open(was) && !open(attempt.state) {
            self.forgotten.push((attempt.id, None::<String>));
        }
        Ok(())
    }

    pub(in crate::payments) fn operation(&mut self, operation: &Operation) {
        self.operations.push((
            operation.id,
            operation.state,
            operation.transaction.clone(),
            operation.proof.clone(),
            operation.reason.clone(),
            operation.updated_at,
        ));
    }

    pub(in crate::payments) fn checkout(
        &mut self,
        payment: &Payment,
        state: crate::checkouts::CheckoutState,
    ) {
        self.checkouts.push((payment.id, state));
    }

    /// Writes them. Whoever reads and writes the same rows meanwhile loses the race and runs again.
    pub(in crate::payments) async fn write(self, tx: &mut Tx) -> Result<(), Fault> {
        let all = [
            (&PAYMENTS, self.payments),
            (&ATTEMPTS, self.attempts),
            (&FORGOTTEN, self.forgotten),
            (&OPERATIONS, self.operations),
            (&CHECKOUTS, self.checkouts),
        ];
        for (batch, rows) in all {
            let many = rows.len() as u64;
            if many > 0 && tx.insert(batch, rows).await? != many {
                return Err(Fault::new(format!("write {} back: some are gone", batch.table)));
            }
        }
        Ok(())
    }
}
