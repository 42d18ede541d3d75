//! A deed: an attempt is made. It is written down with its hold, then the call leaves, then its
//! answer is written down; after a crash anywhere, the resolver goes on from what is written.

use std::time::Duration;

use base::id::{AttemptId, PaymentId};
use base::time::SignedDuration;
use base::{Fault, Kind, Money, Refusal, Stop, Timestamp};
use processor::{Buyer, GoTo, StartRequest};
use store::{Tx, jobs};

use super::attempt::{Attempt, AttemptState};
use super::cancel::PAYMENT_NOT_FOUND;
use super::cascade::cascade;
use super::fact::Told;
use super::operation::{Operation, OperationKind, OperationState};
use super::payment::{Payment, PaymentMove};
use super::resolve::{self, RESOLVE};
use super::{books, resend, rows};
use crate::routing::{self, Breakers, Method, Purpose, Wish};
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
/// Whoever asks is answered after this, even if the processor is not done: the call goes on.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Where the browser goes when it leaves the processor's page. Neither is a proof of anything.
#[derive(Clone, Debug)]
pub struct Links {
    /// After paying.
    pub return_url: String,
    /// After giving up.
    pub cancel_url: String,
}

/// What is written down before a call may leave.
pub(super) enum Prepared {
    /// A new attempt, and what to ask.
    New(Box<(Attempt, StartRequest)>),
    /// An attempt whose outcome is open, and that the customer can go on with.
    Again(Box<Attempt>, GoTo),
    /// An attempt whose call is under way.
    UnderWay(AttemptId),
}

/// What is asked for.
#[derive(Clone)]
pub(super) struct Going {
    pub(super) payment: PaymentId,
    /// The account that whoever asks wants, if they want one.
    pub(super) named: Option<String>,
    pub(super) links: Links,
}

/// Starts an attempt to collect a payment, or leads back to the one that is open.
///
/// Routing chooses the account; where a no allows it, the next account is asked at once.
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
    let going = Going { payment, named: account.map(str::to_owned), links };
    let mut prepared = written_down(billing, &going, &[]).await?;
    if let Prepared::Again(open, _) = &prepared
        && billing.env.now() >= open.expires_at
    {
        // Its page is over: find out how it ended, and make another attempt if it came to nothing.
        resolve::resolve(billing, open.id).await?;
        prepared = written_down(billing, &going, &[]).await?;
    }
    match prepared {
        Prepared::Again(attempt, go_to) => Ok((*attempt, go_to)),
        Prepared::UnderWay(id) => wait_for(billing, id, &going.links).await,
        Prepared::New(new) => {
            let (billing, return_url) = (billing.clone(), going.links.return_url.clone());
            // A browser that goes away must not take the answer with it.
            let calls = tokio::spawn(async move { cascade(&billing, &going, *new).await });
            let Ok(ended) = tokio::time::timeout(ANSWER_WITHIN, calls).await else {
                return Err(OUTCOME_UNKNOWN.into());
            };
            let (attempt, go_to) =
                ended.map_err(|error| Fault::of("finish the call to the processor", error))??;
            Ok((attempt, go_to.unwrap_or(GoTo::Link(return_url))))
        }
    }
}

/// Chooses an account and writes an attempt down; `just_now` are attempts of this very moment
/// that came to nothing.
pub(super) async fn written_down(
    billing: &Billing,
    going: &Going,
    just_now: &[AttemptId],
) -> Result<Prepared, Stop> {
    let breakers = billing.routes.health.breakers();
    store::write!(billing.store, |tx| prepare(tx, billing, going, just_now, &breakers).await)
}

async fn prepare(
    tx: &mut Tx,
    billing: &Billing,
    going: &Going,
    just_now: &[AttemptId],
    breakers: &Breakers,
) -> Result<Prepared, Stop> {
    let now = billing.env.now();
    let id = going.payment;
    let payment = rows::find(tx, id).await?.ok_or(PAYMENT_NOT_FOUND)?;
    let attempts = rows::attempts_of(tx, id).await?;
    if let Some(open) = attempts.iter().find(|attempt| attempt.state.is_unresolved()) {
        return Ok(match open.go_to.clone() {
            Some(go_to) => Prepared::Again(Box::new(open.clone()), go_to),
            None => Prepared::UnderWay(open.id),
        });
    }
    let checkout = checkouts::of_payment(tx, id).await?;
    let chosen = checkout.as_ref().and_then(|checkout| checkout.account.as_deref());
    let closed = |_| Stop::from(PAYMENT_CLOSED);
    let payment = payment.moved(PaymentMove::Send, None).map_err(closed)?;
    let wish = Wish {
        payment: &payment,
        attempts: &attempts,
        purpose: Purpose::Tokens,
        method: Method::Page,
        capture: processor::CaptureWhen::AtOnce,
        named: going.named.as_deref().or(chosen),
        keeper: None,
        just_now,
    };
    let trace = routing::choose(tx, &billing.routes, &wish, breakers, now).await?;
    let account = trace.account(&billing.accounts)?;
    let attempt = planned(billing, &payment, &account.key, now);
    let sale = sale_of(billing, &attempt, now);
    let request = request(tx, billing, &payment, account, &attempt, &sale, &going.links).await?;
    write_ahead(tx, billing, payment, &attempt, &sale, now).await?;
    routing::insert_trace(tx, attempt.id, id, &trace, now).await?;
    resend::keep(tx, account, &attempt, &request).await?;
    Ok(Prepared::New(Box::new((attempt, request))))
}

fn sale_of(billing: &Billing, attempt: &Attempt, now: Timestamp) -> Operation {
    Operation {
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
    }
}

pub(super) fn planned(
    billing: &Billing,
    payment: &Payment,
    account: &str,
    now: Timestamp,
) -> Attempt {
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
pub(super) async fn write_ahead(
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

/// Waits for the call of another request for the same payment.
pub(super) async fn wait_for(
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
