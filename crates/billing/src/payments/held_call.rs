//! What the calls about held money have in common: they are written down, and answered.

use base::id::{AttemptId, OperationId, PaymentId};
use base::time::SignedDuration;
use base::{Actor, Fault, Kind, Money, Refusal, Stop, Timestamp};
use processor::{Answer, Done, FindBy, FoundState};
use store::{Tx, jobs};

use super::attempt::{Attempt, AttemptState};
use super::cancel::PAYMENT_NOT_FOUND;
use super::fact::{Fact, Paid};
use super::hold::held;
use super::operation::{Operation, OperationKind, OperationMove, OperationState};
use super::payment::PaymentMove;
use super::settle::{raise_attention, settle};
use super::{resolve, rows};
use crate::{Account, Billing};

/// Nothing is held, or a call about it is under way.
pub const NOTHING_HELD: Refusal = Refusal::new(
    Kind::Conflict,
    "nothing_held",
    "no money is held for this payment, or a call about it has no outcome yet",
);
/// The account cannot do it.
pub const CANNOT_BE_HELD_SO: Refusal = Refusal::new(
    Kind::Rule,
    "cannot_with_hold",
    "this processor account cannot do that with held money; do it at the processor, its notice \
     will be booked",
);
/// More than is held, or too little to be worth a token.
pub const NOT_OF_THE_HOLD: Refusal = Refusal::new(
    Kind::Rule,
    "capture_not_valid",
    "a capture is above zero, in the payment's currency, at most what is held, and worth at least \
     one token",
);

/// A call without a recorded answer is lost after this.
const LOST_AFTER: SignedDuration = SignedDuration::from_secs(90);

/// Writes a call about held money down, before it leaves.
pub(super) async fn write_ahead(
    tx: &mut Tx,
    billing: &Billing,
    id: PaymentId,
    kind: OperationKind,
    amount: Option<Money>,
    actor: Actor,
) -> Result<(Operation, String, Account), Stop> {
    let payment = rows::find(tx, id).await?.ok_or(PAYMENT_NOT_FOUND)?;
    let attempts = rows::attempts_of(tx, id).await?;
    let attempt = attempts.into_iter().find(|one| one.state == AttemptState::Authorized);
    let attempt = attempt.ok_or(NOTHING_HELD)?;
    let mut payment = payment.moved(PaymentMove::AskHold, None).map_err(|_| NOTHING_HELD)?;
    let account = billing.accounts.get(&attempt.account).ok_or(CANNOT_BE_HELD_SO)?;
    let amount = amount.unwrap_or(attempt.amount);
    may(account, kind, &attempt, amount)?;
    let worth = Attempt { captured: amount, ..attempt.clone() }.sold(payment.tokens);
    if kind == OperationKind::Capture && worth.count() == 0 {
        return Err(NOT_OF_THE_HOLD.at("amount").into());
    }
    let transaction = attempt.transaction.clone().ok_or(CANNOT_BE_HELD_SO)?;
    let now = billing.env.now();
    let operation = Operation {
        id: billing.env.id(),
        attempt: attempt.id,
        kind,
        amount,
        state: OperationState::Sent,
        transaction: None,
        proof: None,
        reason: Some(format!("asked by {actor}")),
        created_at: now,
        updated_at: now,
    };
    rows::insert_operation(tx, &operation).await?;
    payment.updated_at = now;
    rows::update_payment(tx, &payment).await?;
    let payload = resolve::Payload { attempt: attempt.id };
    jobs::enqueue(tx, &billing.env, resolve::RESOLVE, &payload, resolve::first(now)).await?;
    Ok((operation, transaction, account.clone()))
}

fn may(
    account: &Account,
    kind: OperationKind,
    attempt: &Attempt,
    amount: Money,
) -> Result<(), Refusal> {
    let can = account.connector.capabilities();
    let fits = amount.currency == attempt.amount.currency
        && (1..=attempt.amount.minor).contains(&amount.minor);
    match kind {
        _ if !fits => Err(NOT_OF_THE_HOLD.at("amount")),
        OperationKind::Void if can.void => Ok(()),
        OperationKind::Capture if amount == attempt.amount && can.manual_capture => Ok(()),
        OperationKind::Capture if can.partial_capture => Ok(()),
        OperationKind::Sale
        | OperationKind::Refund
        | OperationKind::Void
        | OperationKind::Capture => Err(CANNOT_BE_HELD_SO),
    }
}

/// Writes the processor's answer down, unless a notice was faster.
pub(super) async fn record(
    tx: &mut Tx,
    billing: &Billing,
    id: OperationId,
    answer: &Answer<Done>,
    proof: &str,
) -> Result<Operation, Stop> {
    let gone = || Fault::new(format!("find the call {id}"));
    let operation = rows::find_operation(tx, id).await?.ok_or_else(gone)?;
    if !operation.is_open() {
        return Ok(operation);
    }
    match answer {
        Answer::Done(done) => {
            let fact = done_fact(&operation, done);
            settle(tx, billing, operation.attempt, &fact, proof).await?;
        }
        Answer::Accepted => {
            end(tx, billing, &operation, OperationMove::TakenIn, proof, None).await?
        }
        Answer::Declined(decline) => {
            let why = format!("declined: {}", decline.cause);
            end(tx, billing, &operation, OperationMove::Decline, proof, Some(why)).await?;
        }
        Answer::NotExecuted(why) => {
            let said = Some(why.clone());
            end(tx, billing, &operation, OperationMove::NeverRan, why, said).await?;
        }
        Answer::Unknown(why) => {
            let said = Some(why.clone());
            end(tx, billing, &operation, OperationMove::LoseSight, proof, said).await?;
        }
    }
    Ok(rows::find_operation(tx, id).await?.ok_or_else(gone)?)
}

fn done_fact(operation: &Operation, done: &Done) -> Fact {
    if operation.kind == OperationKind::Void {
        return Fact::Released;
    }
    Fact::Paid(Paid {
        transaction: done.transaction.clone(),
        amount: Some(done.amount.unwrap_or(operation.amount)),
        card: None,
        provisional: false,
    })
}

/// Moves the call, and the payment with it: the hold still stands.
async fn end(
    tx: &mut Tx,
    billing: &Billing,
    operation: &Operation,
    by: OperationMove,
    proof: &str,
    why: Option<String>,
) -> Result<(), Fault> {
    let Ok(moved) = operation.clone().moved(by, proof) else { return Ok(()) };
    let now = billing.env.now();
    let reason = why.clone().or(moved.reason);
    let moved = Operation { reason, updated_at: now, ..moved };
    rows::update_operation(tx, &moved).await?;
    let gone = || Fault::new("find what a call belongs to");
    let attempt = rows::find_attempt(tx, operation.attempt).await?.ok_or_else(gone)?;
    let mut payment = rows::find(tx, attempt.payment).await?.ok_or_else(gone)?;
    let before = payment.clone();
    payment.outcome_known = moved.state != OperationState::Unknown;
    if !moved.is_open() {
        payment = held(payment);
    }
    if payment != before {
        payment.updated_at = now;
        rows::update_payment(tx, &payment).await?;
        payment.version += 1;
    }
    if moved.state == OperationState::Declined {
        let why = why.unwrap_or_default();
        let why = format!("the {} {} was {why}; the hold still stands", moved.kind, moved.id);
        raise_attention(tx, billing, &mut payment, why, now).await?;
    }
    Ok(())
}

/// Looks after the open call about a hold, if there is one: by look-up, by the kept answer, and by
/// the clock. False if there is none.
pub(super) async fn look_after(
    billing: &Billing,
    attempt: &Attempt,
    now: Timestamp,
) -> Result<bool, Stop> {
    let Some(open) = open_call(billing, attempt.id).await? else { return Ok(false) };
    let open = &open;
    let account = billing.accounts.get(&attempt.account);
    let Some((account, transaction)) = account.zip(attempt.transaction.as_deref()) else {
        return Ok(true);
    };
    let age = now.duration_since(open.updated_at);
    if open.state == OperationState::Sent && age < LOST_AFTER {
        return Ok(true);
    }
    let (answer, proof) = match again(account, open, transaction, now).await {
        Some(kept) => kept,
        None => look_up(account, open, transaction, age).await,
    };
    store::write!(billing.store, |tx| record(tx, billing, open.id, &answer, &proof).await)?;
    Ok(true)
}

/// When the open call about a hold was begun, if there is one.
pub(super) async fn begun(billing: &Billing, id: AttemptId) -> Result<Option<Timestamp>, Fault> {
    Ok(open_call(billing, id).await?.map(|call| call.created_at))
}

/// The call about a hold that has no outcome yet: there is one at most.
async fn open_call(billing: &Billing, id: AttemptId) -> Result<Option<Operation>, Fault> {
    let calls = rows::operations_of_attempt(&mut billing.store.read().await?, id).await?;
    let ours = |one: &Operation| {
        matches!(one.kind, OperationKind::Capture | OperationKind::Void) && one.is_open()
    };
    Ok(calls.into_iter().find(ours))
}

/// The kept answer to the same call with the same key, if the house keeps keys and has one.
async fn again(
    account: &Account,
    open: &Operation,
    transaction: &str,
    now: Timestamp,
) -> Option<(Answer<Done>, String)> {
    let seconds = account.connector.capabilities().keeps_keys?;
    if now.duration_since(open.created_at).as_secs() + 120 > i64::from(seconds) {
        return None;
    }
    let answer = call(account, open, transaction).await;
    let kept = matches!(answer, Answer::Done(_) | Answer::Declined(_));
    kept.then(|| (answer, format!("the answer that was kept under the key {}", open.id)))
}

/// The call itself, by its key.
pub(super) async fn call(account: &Account, open: &Operation, transaction: &str) -> Answer<Done> {
    let key = open.id.to_string();
    if open.kind == OperationKind::Void {
        account.connector.void(&key, transaction).await
    } else {
        account.connector.capture(&key, transaction, open.amount).await
    }
}

/// What a look-up says about the call. That the hold still stands proves that nothing was
/// executed only once what was executed must have become visible.
async fn look_up(
    account: &Account,
    open: &Operation,
    transaction: &str,
    age: SignedDuration,
) -> (Answer<Done>, String) {
    let by = format!("look-up by transaction {transaction}");
    let can = account.connector.capabilities();
    let unknown = Answer::Unknown("its answer was lost".to_owned());
    if !can.find {
        return (unknown, by);
    }
    let answer = account.connector.find(&FindBy::Transaction(transaction.to_owned())).await;
    let Answer::Done(Some(found)) = answer else { return (unknown, by) };
    let done = Done { transaction: Some(found.transaction), amount: found.amount };
    let visible = |seconds: u32| age.as_secs() >= i64::from(seconds);
    match (found.state, open.kind) {
        (FoundState::Paid, OperationKind::Capture) | (FoundState::Voided, OperationKind::Void) => {
            (Answer::Done(done), by)
        }
        (FoundState::Authorized, _) if can.find_proves_absence.is_some_and(visible) => {
            (Answer::NotExecuted(format!("{by}: the money is still held")), by)
        }
        _ => (unknown, by),
    }
}
