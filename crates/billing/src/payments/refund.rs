//! A deed: a payment is given back through the processor that took it.

use base::id::{AttemptId, OperationId, PaymentId};
use base::time::SignedDuration;
use base::{Actor, Fault, Kind, Money, Refusal, Stop, Timestamp};
use processor::{Answer, Done, HandTask, Refunding};
use store::{Tx, jobs};

use super::attempt::{Attempt, AttemptState};
use super::cancel::PAYMENT_NOT_FOUND;
use super::fact::Fact;
use super::operation::{Operation, OperationKind, OperationMove, OperationState};
use super::payment::Payment;
use super::settle::{raise_attention, settle};
use super::{by_hand, resolve, rows};
use crate::reversals::TakenBackBy;
use crate::{Account, Billing};

/// Nothing was taken, or all of it went back.
pub const NOTHING_TO_REFUND: Refusal = Refusal::new(
    Kind::Conflict,
    "nothing_to_refund",
    "nothing was taken for this payment, or all of it has gone back",
);
/// More than is left.
pub const TOO_MUCH_TO_REFUND: Refusal = Refusal::new(
    Kind::Rule,
    "refund_too_large",
    "a refund is above zero, in the payment's currency, and at most what has not gone back yet",
);
/// Another refund's outcome is open.
pub const REFUND_UNDER_WAY: Refusal = Refusal::new(
    Kind::Conflict,
    "refund_under_way",
    "another refund of this payment has no outcome yet; wait for it",
);
/// The processor account cannot do it by itself.
pub const CANNOT_REFUND: Refusal = Refusal::new(
    Kind::Rule,
    "cannot_refund",
    "this processor account cannot give that back by itself; do it at the processor, its notice \
     will be booked",
);

/// Gives a payment back, all that is left or a part, and gives the call with what is known of it.
///
/// # Errors
/// `payment_not_found`, [`NOTHING_TO_REFUND`], [`TOO_MUCH_TO_REFUND`], [`REFUND_UNDER_WAY`],
/// [`CANNOT_REFUND`], or a fault if the database fails.
pub async fn refund(
    billing: &Billing,
    id: PaymentId,
    amount: Option<Money>,
    reason: &str,
    actor: Actor,
) -> Result<Operation, Stop> {
    give_back(billing, id, None, amount, reason, actor).await
}

/// Gives back all that is left of one attempt.
pub(super) async fn refund_attempt(
    billing: &Billing,
    id: PaymentId,
    attempt: AttemptId,
    reason: &str,
    actor: Actor,
) -> Result<Operation, Stop> {
    give_back(billing, id, Some(attempt), None, reason, actor).await
}

/// How the reason of a call says who asked for it.
const ASKED_BY: &str = " (asked by ";

/// What leaves once it is written down: a call, or nothing where a person does it.
enum Prepared {
    Call(Box<(Operation, Refunding, Account)>),
    ByHand(Box<Operation>),
}

async fn give_back(
    billing: &Billing,
    id: PaymentId,
    attempt: Option<AttemptId>,
    amount: Option<Money>,
    reason: &str,
    actor: Actor,
) -> Result<Operation, Stop> {
    let prepared = store::write!(billing.store, |tx| {
        prepare(tx, billing, id, attempt, amount, reason, actor).await
    })?;
    let (operation, refunding, account) = match prepared {
        Prepared::ByHand(operation) => return Ok(*operation),
        Prepared::Call(call) => *call,
    };
    let billing = billing.clone();
    // Whoever asked may go away; the answer is written down all the same.
    let call = tokio::spawn(async move {
        let answer = account.connector.refund(&refunding).await;
        store::write!(billing.store, |tx| record(tx, &billing, operation.id, &answer).await)
    });
    call.await.map_err(|error| Fault::of("finish the call to the processor", error))?
}

async fn prepare(
    tx: &mut Tx,
    billing: &Billing,
    id: PaymentId,
    of: Option<AttemptId>,
    amount: Option<Money>,
    reason: &str,
    actor: Actor,
) -> Result<Prepared, Stop> {
    let payment = rows::find(tx, id).await?.ok_or(PAYMENT_NOT_FOUND)?;
    let attempts = rows::attempts_of(tx, id).await?;
    let taken = |attempt: &&Attempt| {
        attempt.state == AttemptState::Captured
            && attempt.returnable().is_positive()
            && of.is_none_or(|of| of == attempt.id)
    };
    let attempt = attempts.iter().rfind(taken).ok_or(NOTHING_TO_REFUND)?;
    let left = attempt.returnable();
    let amount = amount.unwrap_or(left);
    if amount.currency != left.currency || !(1..=left.minor).contains(&amount.minor) {
        return Err(TOO_MUCH_TO_REFUND.at("amount").into());
    }
    let open = |one: &Operation| one.kind == OperationKind::Refund && one.state.is_unresolved();
    if rows::operations_of_attempt(tx, attempt.id).await?.iter().any(open) {
        return Err(REFUND_UNDER_WAY.into());
    }
    let account = billing.accounts.get(&attempt.account).ok_or(CANNOT_REFUND)?;
    let can = account.connector.capabilities();
    let allowed = if amount == attempt.captured { can.refund_full } else { can.refund_partial };
    let now = billing.env.now();
    let mut operation = Operation {
        id: billing.env.id(),
        attempt: attempt.id,
        kind: OperationKind::Refund,
        amount,
        state: OperationState::Sent,
        transaction: None,
        proof: None,
        reason: Some(format!("{reason}{ASKED_BY}{actor})")),
        created_at: now,
        updated_at: now,
    };
    let transaction = attempt.transaction.clone().filter(|_| allowed);
    let Some(transaction) = transaction else {
        let task = can.by_hand(HandTask::Refund).ok_or(CANNOT_REFUND)?;
        operation.state = OperationState::Pending;
        operation.reason = Some(format!("{} {reason} (asked by {actor})", by_hand::REASON));
        leave_to_a_person(tx, billing, payment, &operation, &task.how).await?;
        return Ok(Prepared::ByHand(Box::new(operation)));
    };
    rows::insert_operation(tx, &operation).await?;
    let due = resolve::first(now);
    let payload = resolve::Payload { attempt: attempt.id };
    jobs::enqueue(tx, &billing.env, resolve::RESOLVE, &payload, due).await?;
    let refunding = Refunding {
        key: operation.id.to_string(),
        transaction,
        amount,
        paid: attempt.captured,
        reason: reason.to_owned(),
    };
    Ok(Prepared::Call(Box::new((operation, refunding, account.clone()))))
}

/// Writes down that a person must give money back at the processor, and asks for one.
async fn leave_to_a_person(
    tx: &mut Tx,
    billing: &Billing,
    mut payment: Payment,
    operation: &Operation,
    how: &str,
) -> Result<(), Fault> {
    rows::insert_operation(tx, operation).await?;
    let now = operation.created_at;
    let payload = resolve::Payload { attempt: operation.attempt };
    let due = resolve::first(now);
    jobs::enqueue(tx, &billing.env, resolve::RESOLVE, &payload, due).await?;
    let attempt = rows::find_attempt(tx, operation.attempt).await?;
    let account = attempt.map(|attempt| attempt.account).unwrap_or_default();
    let what = by_hand::attention(operation, &account, how);
    raise_attention(tx, billing, &mut payment, what, now).await
}

/// Writes the processor's answer down, unless a notice was faster.
pub(super) async fn record(
    tx: &mut Tx,
    billing: &Billing,
    id: OperationId,
    answer: &Answer<Done>,
) -> Result<Operation, Stop> {
    let now = billing.env.now();
    let gone = || Fault::new(format!("find the refund {id}"));
    let operation = rows::find_operation(tx, id).await?.ok_or_else(gone)?;
    let proof = "the processor's answer";
    let changed = match answer {
        Answer::Done(done) => {
            return succeeded(tx, billing, operation, done, now).await;
        }
        Answer::Accepted => operation.clone().moved(OperationMove::TakenIn, proof),
        Answer::Declined(decline) => {
            let reason = Some(format!("declined: {}", decline.cause));
            operation
                .clone()
                .moved(OperationMove::Decline, proof)
                .map(|one| Operation { reason, ..one })
        }
        Answer::NotExecuted(why) => operation.clone().moved(OperationMove::NeverRan, why),
        Answer::Unknown(why) => operation.clone().moved(OperationMove::LoseSight, why),
    };
    // A notice was faster: its word stands.
    let Ok(changed) = changed else { return Ok(operation) };
    let changed = Operation { updated_at: now, ..changed };
    rows::update_operation(tx, &changed).await?;
    Ok(changed)
}

async fn succeeded(
    tx: &mut Tx,
    billing: &Billing,
    mut operation: Operation,
    done: &Done,
    now: Timestamp,
) -> Result<Operation, Stop> {
    let gone = || Fault::new("find the attempt of a refund");
    if operation.state == OperationState::Succeeded {
        if operation.transaction.is_none() {
            operation.transaction.clone_from(&done.transaction);
            rows::update_operation(tx, &operation).await?;
        }
        return Ok(operation);
    }
    if done.amount.is_some_and(|amount| amount != operation.amount) {
        let attempt = rows::find_attempt(tx, operation.attempt).await?.ok_or_else(gone)?;
        let mut payment = rows::find(tx, attempt.payment).await?.ok_or_else(gone)?;
        let why = format!("{} gave back another amount than asked for", operation.id);
        raise_attention(tx, billing, &mut payment, why, now).await?;
        return Ok(operation);
    }
    let fact = Fact::TakenBack {
        by: TakenBackBy::Refund,
        amount: Some(operation.amount),
        transaction: done.transaction.clone(),
    };
    settle(tx, billing, operation.attempt, &fact, "the processor's answer").await?;
    Ok(rows::find_operation(tx, operation.id).await?.ok_or_else(gone)?)
}

/// A refund without a recorded answer is lost after this.
const LOST_AFTER: SignedDuration = SignedDuration::from_secs(90);

/// Looks after a refund whose answer was lost: while the house keeps keys, the same call with the
/// same key only reads the answer it gave. False if that told nothing.
pub(super) async fn ask_again(
    billing: &Billing,
    attempt: &Attempt,
    open: &Operation,
    now: Timestamp,
) -> Result<bool, Stop> {
    let lost = match open.state {
        OperationState::Unknown => true,
        OperationState::Sent => now.duration_since(open.created_at) >= LOST_AFTER,
        _ => false,
    };
    let account = billing.accounts.get(&attempt.account);
    let Some((account, transaction)) = account.zip(attempt.transaction.clone()) else {
        return Ok(false);
    };
    if !lost {
        return Ok(false);
    }
    let keeps = account.connector.capabilities().keeps_keys.map_or(0, i64::from);
    let kept = now.duration_since(open.created_at).as_secs() + 120 <= keeps;
    let answer = if kept {
        let reason = open.reason.as_deref().unwrap_or_default();
        let reason = reason.rsplit_once(ASKED_BY).map_or(reason, |(reason, _)| reason);
        let refunding = Refunding {
            key: open.id.to_string(),
            transaction,
            amount: open.amount,
            paid: attempt.captured,
            reason: reason.to_owned(),
        };
        account.connector.refund(&refunding).await
    } else {
        Answer::Unknown("no answer was written down".to_owned())
    };
    let told = matches!(answer, Answer::Done(_) | Answer::Declined(_));
    let answer = if told { answer } else { Answer::Unknown("its answer was lost".to_owned()) };
    store::write!(billing.store, |tx| record(tx, billing, open.id, &answer).await)?;
    Ok(told)
}
