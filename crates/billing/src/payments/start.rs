//! A deed: an attempt is made. It is written down with its hold, then the call leaves, then its
//! answer is written down; after a crash anywhere, the resolver goes on from what is written.

use std::time::Duration;

use base::id::{AttemptId, PaymentId};
use base::time::SignedDuration;
use base::{Fault, Kind, Money, Refusal, Stop, Timestamp};
use processor::{Answer, Buyer, GoTo, StartRequest, Started};
use store::{Tx, jobs};

use super::attempt::{Attempt, AttemptState};
use super::cancel::PAYMENT_NOT_FOUND;
use super::fact::{Fact, Told};
use super::operation::{Operation, OperationKind, OperationState};
use super::payment::{Payment, PaymentMove};
use super::resolve::{self, RESOLVE};
use super::settle::settle;
use super::{books, rows};
use crate::{Account, Billing, catalog, checkouts, events};

/// The payment is paid, cancelled or given up.
pub const PAYMENT_CLOSED: Refusal = Refusal::new(
    Kind::Conflict,
    "payment_closed",
    "this payment is paid, canceled or failed; open a new checkout to pay again",
);
/// The processor or the bank said no.
pub const ATTEMPT_DECLINED: Refusal = Refusal::new(
    Kind::Declined,
    "payment_declined",
    "the processor declined; the payment may be tried again",
);
/// Nothing was executed.
pub const PROCESSOR_UNAVAILABLE: Refusal = Refusal::new(
    Kind::Unavailable,
    "processor_unavailable",
    "the processor could not be reached and nothing was taken; try again",
);
/// Nobody knows yet whether money was taken.
pub const OUTCOME_UNKNOWN: Refusal = Refusal::new(
    Kind::Conflict,
    "outcome_unknown",
    "the processor has not answered yet; the payment is being confirmed, do not pay again",
);

/// How long a customer may act on the processor's page.
const ACT_WITHIN: SignedDuration = SignedDuration::from_hours(2);
/// A second request for the same payment waits so many tenths of a second for the first.
const PATIENCE: u32 = 100;

/// Where the browser goes when it leaves the processor's page. Neither is a proof of anything.
#[derive(Clone, Debug)]
pub struct Links {
    /// After paying.
    pub return_url: String,
    /// After giving up.
    pub cancel_url: String,
}

/// What is written down before a call may leave.
enum Prepared {
    /// A new attempt, and what to ask.
    New(Box<(Attempt, StartRequest)>),
    /// An attempt whose outcome is open, and that the customer can go on with.
    Again(Box<Attempt>, GoTo),
    /// An attempt whose call is under way.
    UnderWay(AttemptId),
}

/// Starts an attempt to collect a payment, or leads back to the one that is open.
///
/// # Errors
/// `payment_not_found`, [`PAYMENT_CLOSED`], `no_processor_account`, [`ATTEMPT_DECLINED`],
/// [`PROCESSOR_UNAVAILABLE`], [`OUTCOME_UNKNOWN`], or a fault if the database fails.
pub async fn start(
    billing: &Billing,
    payment: PaymentId,
    account: Option<&str>,
    links: Links,
) -> Result<(Attempt, GoTo), Stop> {
    let mut prepared =
        store::write!(billing.store, |tx| prepare(tx, billing, payment, account, &links).await)?;
    if let Prepared::Again(open, _) = &prepared
        && billing.env.now() >= open.expires_at
    {
        // Its page is over: find out how it ended, and make another attempt if it came to nothing.
        resolve::resolve(billing, open.id).await?;
        prepared = store::write!(billing.store, |tx| {
            prepare(tx, billing, payment, account, &links).await
        })?;
    }
    match prepared {
        Prepared::Again(attempt, go_to) => Ok((*attempt, go_to)),
        Prepared::UnderWay(id) => wait_for(billing, id, &links).await,
        Prepared::New(new) => {
            let (attempt, request) = *new;
            let (billing, return_url) = (billing.clone(), links.return_url);
            // A browser that goes away must not take the answer with it.
            let call = tokio::spawn(async move { call(&billing, attempt, request).await });
            let (attempt, go_to) = call
                .await
                .map_err(|error| Fault::of("finish the call to the processor", error))??;
            Ok((attempt, go_to.unwrap_or(GoTo::Link(return_url))))
        }
    }
}

async fn prepare(
    tx: &mut Tx,
    billing: &Billing,
    id: PaymentId,
    account: Option<&str>,
    links: &Links,
) -> Result<Prepared, Stop> {
    let now = billing.env.now();
    let payment = rows::find(tx, id).await?.ok_or(PAYMENT_NOT_FOUND)?;
    let attempts = rows::attempts_of(tx, id).await?;
    if let Some(open) = attempts.into_iter().find(|attempt| attempt.state.is_unresolved()) {
        return Ok(match open.go_to.clone() {
            Some(go_to) => Prepared::Again(Box::new(open), go_to),
            None => Prepared::UnderWay(open.id),
        });
    }
    let checkout = checkouts::of_payment(tx, id).await?;
    let chosen = checkout.as_ref().and_then(|checkout| checkout.account.as_deref());
    let closed = |_| Stop::from(PAYMENT_CLOSED);
    let payment = payment.moved(PaymentMove::Send, None).map_err(closed)?;
    let account = billing.accounts.pick(account.or(chosen), payment.amount)?;
    let attempt = planned(billing, &payment, &account.key, now);
    let sale = Operation {
        id: billing.env.id(),
        attempt: attempt.id,
        kind: OperationKind::Sale,
        amount: attempt.amount,
        // It leaves right after the commit; from then on only an answer tells.
        state: OperationState::Sent,
        transaction: None,
        proof: None,
        reason: None,
        created_at: now,
        updated_at: now,
    };
    let request = request(tx, billing, &payment, account, &attempt, &sale, links).await?;
    write_ahead(tx, billing, payment, &attempt, &sale, now).await?;
    Ok(Prepared::New(Box::new((attempt, request))))
}

fn planned(billing: &Billing, payment: &Payment, account: &str, now: Timestamp) -> Attempt {
    let id: AttemptId = billing.env.id();
    let nothing = Money::zero(payment.amount.currency);
    Attempt {
        id,
        payment: payment.id,
        account: account.to_owned(),
        state: AttemptState::Sent,
        amount: payment.amount,
        captured: nothing,
        refunded: nothing,
        disputed: nothing,
        reference: id.to_string(),
        transaction: None,
        card: None,
        decline: None,
        provisional: false,
        go_to: None,
        version: 1,
        created_at: now,
        updated_at: now,
        expires_at: now.checked_add(ACT_WITHIN).unwrap_or(now),
    }
}

async fn request(
    tx: &mut Tx,
    billing: &Billing,
    payment: &Payment,
    account: &Account,
    attempt: &Attempt,
    sale: &Operation,
    links: &Links,
) -> Result<StartRequest, Fault> {
    let pack = catalog::find(tx, payment.pack).await?;
    let buyer = rows::buyer(tx, payment.customer).await?;
    Ok(StartRequest {
        key: sale.id.to_string(),
        reference: attempt.reference.clone(),
        amount: attempt.amount,
        product: pack.map(|pack| pack.code).unwrap_or_default(),
        description: format!("{}: {} tokens", billing.site.name, payment.tokens.count()),
        buyer: buyer.unwrap_or_else(|| Buyer {
            customer: payment.customer.to_string(),
            ..Buyer::default()
        }),
        capture: processor::CaptureWhen::AtOnce,
        renews: None,
        return_url: links.return_url.clone(),
        cancel_url: links.cancel_url.clone(),
        postback_url: billing.site.address(&account.postback_path()),
    })
}

/// Everything that must be durable before the call leaves.
async fn write_ahead(
    tx: &mut Tx,
    billing: &Billing,
    mut payment: Payment,
    attempt: &Attempt,
    sale: &Operation,
    now: Timestamp,
) -> Result<(), Fault> {
    payment.updated_at = now;
    payment.outcome_known = false;
    rows::update_payment(tx, &payment).await?;
    payment.version += 1;
    rows::insert_attempt(tx, attempt).await?;
    rows::insert_operation(tx, sale).await?;
    books::hold(tx, billing, &payment, attempt).await?;
    let due = resolve::first(now);
    jobs::enqueue(tx, &billing.env, RESOLVE, &resolve::Payload { attempt: attempt.id }, due)
        .await?;
    events::payment_told(tx, &billing.env, &payment, &[Told::Processing]).await
}

/// Asks the processor and writes its answer down.
async fn call(
    billing: &Billing,
    attempt: Attempt,
    request: StartRequest,
) -> Result<(Attempt, Option<GoTo>), Stop> {
    let account = billing.accounts.get(&attempt.account);
    let account = account.ok_or_else(|| Fault::new("find the account that was just chosen"))?;
    let answer = account.connector.start(&request).await;
    let (fact, refusal) = match answer {
        Answer::Done(Started { go_to, transaction }) => (Fact::Begun { go_to, transaction }, None),
        Answer::Accepted => (Fact::Waiting, None),
        Answer::Declined(decline) => {
            (Fact::Declined { decline: Some(decline), card: None }, Some(ATTEMPT_DECLINED))
        }
        Answer::NotExecuted(why) => (Fact::NeverRan(why), Some(PROCESSOR_UNAVAILABLE)),
        Answer::Unknown(why) => (Fact::Lost(why), Some(OUTCOME_UNKNOWN)),
    };
    let settled = store::write!(billing.store, |tx| {
        settle(tx, billing, attempt.id, &fact, "the processor's answer").await
    })?;
    settled.count();
    match refusal {
        // A notice may have told of success before our own answer came.
        Some(refusal) if settled.attempt.state != AttemptState::Captured => Err(refusal.into()),
        Some(_) | None => {
            let go_to = settled.attempt.go_to.clone();
            Ok((settled.attempt, go_to))
        }
    }
}

/// Waits for the call of another request for the same payment.
async fn wait_for(
    billing: &Billing,
    id: AttemptId,
    links: &Links,
) -> Result<(Attempt, GoTo), Stop> {
    for _ in 0..PATIENCE {
        let attempt = rows::find_attempt(&mut billing.store.read().await?, id).await?;
        let attempt = attempt.ok_or_else(|| Fault::new("find the attempt that is under way"))?;
        if let Some(go_to) = attempt.go_to.clone() {
            return Ok((attempt, go_to));
        }
        match attempt.state {
            AttemptState::Created | AttemptState::Sent => {}
            AttemptState::Captured => return Ok((attempt, GoTo::Link(links.return_url.clone()))),
            AttemptState::Declined => return Err(ATTEMPT_DECLINED.into()),
            AttemptState::NotExecuted => return Err(PROCESSOR_UNAVAILABLE.into()),
            AttemptState::ActionRequired
            | AttemptState::Pending
            | AttemptState::Unknown
            | AttemptState::Authorized
            | AttemptState::Voided
            | AttemptState::Expired => break,
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(OUTCOME_UNKNOWN.into())
}
