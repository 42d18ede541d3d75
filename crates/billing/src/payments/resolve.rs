//! A deed and a job: the processor is asked what became of an attempt. Unknown ends by proof only,
//! and every end names its proof.

use async_trait::async_trait;
use base::id::AttemptId;
use base::time::SignedDuration;
use base::{Fault, Kind, Refusal, Stop, Timestamp};
use processor::{Answer, FindBy, Found, FoundState};
use store::Tx;
use store::jobs::{Job, Next, Work};

use super::attempt::{Attempt, AttemptState};
use super::cancel::PAYMENT_NOT_FOUND;
use super::complete::complete;
use super::fact::Fact;
use super::operation::{Operation, OperationKind};
use super::payment::Payment;
use super::resend::resend;
use super::settle::{Learned, Settled, raise_attention, settle, settle_learning};
use super::{held_call, refund, rows};
use crate::reversals::TakenBackBy;
use crate::{Account, Billing};

/// There is no such attempt.
pub const ATTEMPT_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "attempt_not_found", "there is no attempt of that id");

/// The kind of the job.
pub const RESOLVE: &str = "payments.resolve";

/// When an attempt is looked up after it was made, in seconds; then daily.
const SCHEDULE: [i64; 6] = [10, 30, 120, 600, 3_600, 21_600];
const DAY: i64 = 86_400;
/// A call without a recorded answer is lost after this: the process that made it is gone.
const LOST_AFTER: SignedDuration = SignedDuration::from_secs(90);
/// An attempt is not looked up more often than this, whoever wants to know.
const GAP: SignedDuration = SignedDuration::from_secs(3);
/// After this somebody on the staff must look.
const PATIENCE: SignedDuration = SignedDuration::from_hours(72);

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Payload {
    pub(super) attempt: AttemptId,
}

/// The first look-up of an attempt made now.
pub(super) fn first(now: Timestamp) -> Timestamp {
    next(now, now)
}

/// The next look-up of an attempt: the first of its schedule that is still to come.
fn next(made: Timestamp, now: Timestamp) -> Timestamp {
    let age = now.duration_since(made).as_secs();
    let days = (age / DAY + 1).max(1) * DAY;
    let wait = SCHEDULE.into_iter().find(|wait| *wait > age).unwrap_or(days);
    made.checked_add(SignedDuration::from_secs(wait)).unwrap_or(now)
}

/// Asks the processor what became of an attempt and books what it says.
///
/// Nothing is asked about an attempt that has its end, nor twice within a few seconds.
///
/// # Errors
/// [`ATTEMPT_NOT_FOUND`], or a fault if the database fails.
pub async fn resolve(billing: &Billing, id: AttemptId) -> Result<Payment, Stop> {
    let now = billing.env.now();
    let attempt = rows::find_attempt(&mut billing.store.read().await?, id).await?;
    let attempt = attempt.ok_or(ATTEMPT_NOT_FOUND)?;
    if attempt.state.is_unresolved() {
        let asked_before = now.checked_sub(GAP).unwrap_or(now);
        let ours = store::write!(billing.store, |tx| {
            Ok(rows::may_ask(tx, id, now, asked_before).await?)
        })?;
        if ours {
            if !held_call::look_after(billing, &attempt, now).await? {
                ask(billing, &attempt).await?;
            }
            complete(billing, id).await?;
        }
        clock(billing, id, now).await?;
        if ours {
            resend(billing, id).await?;
        }
    }
    if attempt.state == AttemptState::Captured {
        ask_for_refunds(billing, &attempt, now).await?;
    }
    let payment = rows::find(&mut billing.store.read().await?, attempt.payment).await?;
    Ok(payment.ok_or(PAYMENT_NOT_FOUND)?)
}

/// Looks the attempt up and hears what is found.
async fn ask(billing: &Billing, attempt: &Attempt) -> Result<(), Stop> {
    let Some(account) = billing.accounts.get(&attempt.account) else { return Ok(()) };
    if !account.connector.capabilities().find {
        return Ok(());
    }
    let (by, answer) = look_up(account, attempt).await;
    match answer {
        Answer::Done(Some(found)) => hear_found(billing, attempt, &found, &by).await,
        Answer::Done(None) => hear_absence(billing, account, attempt, &by).await,
        Answer::Accepted | Answer::Declined(_) | Answer::NotExecuted(_) | Answer::Unknown(_) => {
            Ok(())
        }
    }
}

/// By our reference first: it names this attempt and nothing else.
async fn look_up(account: &Account, attempt: &Attempt) -> (String, Answer<Option<Found>>) {
    let by = FindBy::Reference(attempt.reference.clone());
    let answer = account.connector.find(&by).await;
    match (&answer, &attempt.transaction) {
        (Answer::NotExecuted(_), Some(transaction)) => {
            let by = FindBy::Transaction(transaction.clone());
            let answer = account.connector.find(&by).await;
            (format!("look-up by transaction {transaction}"), answer)
        }
        _ => (format!("look-up by reference {}", attempt.reference), answer),
    }
}

async fn hear_found(
    billing: &Billing,
    attempt: &Attempt,
    found: &Found,
    by: &str,
) -> Result<(), Stop> {
    if found.reference.as_ref().is_some_and(|reference| *reference != attempt.reference) {
        let why = format!("a {by} found the payment of another reference");
        return store::write!(billing.store, |tx| {
            attention(tx, billing, attempt.id, why.clone()).await
        });
    }
    // "Not decided" is news only about a call whose answer was lost, and then only where it needs
    // no customer: on a hosted page they may not even have arrived.
    let lost = attempt.state == AttemptState::Unknown && !hosted(billing, attempt);
    if found.state == FoundState::Waiting && !lost {
        return Ok(());
    }
    let held = attempt.state == AttemptState::Authorized;
    let facts = match found.state {
        FoundState::Voided if held => vec![Fact::Released],
        _ => Fact::of_found(found),
    };
    let settled: Vec<Settled> = store::write!(billing.store, |tx| {
        let mut settled = Vec::new();
        for fact in &facts {
            let ids = std::slice::from_ref(&found.transaction);
            let learned = Learned { ids, stored: None };
            settled.push(settle_learning(tx, billing, attempt.id, fact, by, learned).await?);
        }
        Ok(settled)
    })?;
    settled.iter().for_each(Settled::count);
    Ok(())
}

/// "Never heard of it" proves something only where the processor's search is dependable, and only
/// once what it has taken in must have become visible.
async fn hear_absence(
    billing: &Billing,
    account: &Account,
    attempt: &Attempt,
    by: &str,
) -> Result<(), Stop> {
    let Some(seconds) = account.connector.capabilities().find_proves_absence else {
        return Ok(());
    };
    let visible = attempt.updated_at.checked_add(SignedDuration::from_secs(i64::from(seconds)));
    let sure = visible.is_ok_and(|visible| billing.env.now() >= visible);
    // A page that was handed out can still be paid on, whether it is known yet or not; and while
    // our own call is on its way, nothing can be found.
    let callable = attempt.state == AttemptState::Unknown;
    if !sure || !callable {
        return Ok(());
    }
    let proof = format!("{by} found nothing, {seconds} s and more after the call");
    hear_one(billing, attempt.id, &Fact::NeverRan(proof.clone()), &proof).await
}

/// What the clock alone says: a lost answer, a deadline, and when a person must look.
async fn clock(billing: &Billing, id: AttemptId, now: Timestamp) -> Result<(), Stop> {
    let attempt = rows::find_attempt(&mut billing.store.read().await?, id).await?;
    let attempt = attempt.ok_or(ATTEMPT_NOT_FOUND)?;
    let late = |since: Timestamp, wait| now.duration_since(since) >= wait;
    let over = now >= attempt.expires_at;
    match attempt.state {
        AttemptState::Sent if late(attempt.created_at, LOST_AFTER) => {
            let why = "no answer was written down".to_owned();
            hear_one(billing, id, &Fact::Lost(why), "the clock").await?;
        }
        AttemptState::ActionRequired if over => {
            hear_one(billing, id, &Fact::Expired, "the deadline passed").await?;
        }
        AttemptState::Unknown if over && never_handed_out(billing, &attempt) => {
            let proof = "no address to pay at was ever handed out, and its time is over";
            hear_one(billing, id, &Fact::NeverRan(proof.to_owned()), proof).await?;
        }
        AttemptState::Created
        | AttemptState::Sent
        | AttemptState::ActionRequired
        | AttemptState::Pending
        | AttemptState::Unknown
        | AttemptState::Authorized => {
            if late(attempt.created_at, PATIENCE) {
                let why = format!("{id} is {} for more than three days", attempt.state);
                store::write!(billing.store, |tx| {
                    attention(tx, billing, id, why.clone()).await
                })?;
            }
        }
        AttemptState::Captured
        | AttemptState::Declined
        | AttemptState::Voided
        | AttemptState::Expired
        | AttemptState::NotExecuted => {}
    }
    Ok(())
}

/// Whether only the customer can pay, on a page of the processor.
fn hosted(billing: &Billing, attempt: &Attempt) -> bool {
    billing.accounts.get(&attempt.account).is_some_and(|account| {
        let can = account.connector.capabilities();
        can.hosted_page && !can.server_charge
    })
}

/// On a hosted page a customer can pay only at an address they were given.
fn never_handed_out(billing: &Billing, attempt: &Attempt) -> bool {
    hosted(billing, attempt) && attempt.go_to.is_none() && attempt.transaction.is_none()
}

async fn hear_one(billing: &Billing, id: AttemptId, fact: &Fact, proof: &str) -> Result<(), Stop> {
    let settled = store::write!(billing.store, |tx| settle(tx, billing, id, fact, proof).await)?;
    settled.count();
    Ok(())
}

/// Asks somebody on the staff to look at the payment of an attempt.
pub(crate) async fn attention(
    tx: &mut Tx,
    billing: &Billing,
    id: AttemptId,
    why: String,
) -> Result<(), Stop> {
    let attempt = rows::find_attempt(tx, id).await?.ok_or(ATTEMPT_NOT_FOUND)?;
    let payment = rows::find(tx, attempt.payment).await?.ok_or(PAYMENT_NOT_FOUND)?;
    let now = billing.env.now();
    raise_attention(tx, billing, &mut { payment }, why, now).await?;
    Ok(())
}

/// A refund whose outcome is open: by look-up, or by a person after three days.
async fn ask_for_refunds(billing: &Billing, attempt: &Attempt, now: Timestamp) -> Result<(), Stop> {
    let Some(open) = open_refund(billing, attempt.id).await? else { return Ok(()) };
    let account = billing.accounts.get(&attempt.account);
    if refund::ask_again(billing, attempt, &open, now).await? {
        return Ok(());
    }
    // That something went back proves this refund only where nothing had gone back before.
    let first = attempt.refunded.minor == 0;
    let able = |account: &&Account| first && account.connector.capabilities().find;
    if let Some(account) = account.filter(able) {
        let (by, answer) = look_up(account, attempt).await;
        let gone = |found: &Found| match found.state {
            FoundState::Refunded | FoundState::Voided => true,
            FoundState::Paid
            | FoundState::Waiting
            | FoundState::Authorized
            | FoundState::Approved
            | FoundState::Declined
            | FoundState::ChargedBack => false,
        };
        if matches!(&answer, Answer::Done(Some(found)) if gone(found)) {
            let (amount, transaction) = (Some(open.amount), None);
            let fact = Fact::TakenBack { by: TakenBackBy::Refund, amount, transaction };
            return hear_one(billing, attempt.id, &fact, &by).await;
        }
    }
    if now.duration_since(open.created_at) >= PATIENCE {
        let why = format!("the refund {} is {} for more than three days", open.id, open.state);
        let id = attempt.id;
        store::write!(billing.store, |tx| attention(tx, billing, id, why.clone()).await)?;
    }
    Ok(())
}

async fn open_refund(billing: &Billing, id: AttemptId) -> Result<Option<Operation>, Fault> {
    let operations = rows::operations_of_attempt(&mut billing.store.read().await?, id).await?;
    let open = |one: &Operation| one.kind == OperationKind::Refund && one.state.is_unresolved();
    Ok(operations.into_iter().find(open))
}

/// Looks open attempts up by their schedule.
pub(crate) struct Resolve(pub(crate) Billing);

#[async_trait]
impl Work for Resolve {
    fn kind(&self) -> &'static str {
        RESOLVE
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let id = job.read::<Payload>()?.attempt;
        if let Err(Stop::Fault(fault)) = resolve(&self.0, id).await {
            return Err(fault);
        }
        let now = self.0.env.now();
        let attempt = rows::find_attempt(&mut self.0.store.read().await?, id).await?;
        Ok(match (attempt, open_refund(&self.0, id).await?) {
            (Some(open), _) if open.state.is_unresolved() => {
                // A call about an old hold is looked up by its own age, not by the hold's.
                let call = held_call::begun(&self.0, id).await?;
                Next::Later(next(call.unwrap_or(open.created_at), now))
            }
            (Some(_), Some(refund)) => Next::Later(next(refund.created_at, now)),
            (Some(_) | None, None) | (None, Some(_)) => Next::Finished,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_is_looked_up_less_and_less_often() {
        let made: Timestamp = "2026-11-21T20:00:00Z".parse().unwrap();
        let at = |seconds| made.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        let gaps = [(0, 10), (10, 30), (29, 30), (30, 120), (700, 3_600), (21_600, DAY)];
        for (age, due) in gaps.into_iter().chain([(DAY, 2 * DAY), (9 * DAY + 5, 10 * DAY)]) {
            assert_eq!(next(made, at(age)), at(due), "{age} seconds old");
        }
    }
}
