//! A deed: a payment is collected from the server, without a page in between. Written ahead like
//! every attempt.

use base::id::PaymentId;
use base::{Fault, Kind, Refusal, Stop};
use processor::{Buyer, CaptureWhen, Charge, GoTo, Instrument};
use store::Tx;

use super::answered;
use super::attempt::{Attempt, AttemptState};
use super::cancel::PAYMENT_NOT_FOUND;
use super::fact::Fact;
use super::operation::{Operation, OperationKind, OperationState};
use super::payment::{Payment, PaymentMove};
use super::settle::{Learned, settle_learning};
use super::start::{
    ATTEMPT_DECLINED, OUTCOME_UNKNOWN, PAYMENT_CLOSED, PROCESSOR_UNAVAILABLE, planned, write_ahead,
};
use super::{resend, rows};
use crate::routing::{self, Breakers, Method, Purpose, Trace, Wish};
use crate::{Account, Billing, catalog, checkouts};

/// The account cannot charge this.
pub const CANNOT_CHARGE: Refusal = Refusal::new(
    Kind::Rule,
    "cannot_charge",
    "this processor account cannot charge that from the server; send the customer to its page",
);
/// Another attempt is under way.
pub const ATTEMPT_UNDER_WAY: Refusal = Refusal::new(
    Kind::Conflict,
    "attempt_under_way",
    "another attempt of this payment has no outcome yet; wait for it",
);

/// What is to be charged, and how.
#[derive(Clone, Debug)]
pub struct ChargeAsk {
    /// What is charged.
    pub instrument: Instrument,
    /// On which account; the one that keeps the instrument, or the first that can, without.
    pub account: Option<String>,
    /// Whether the money is taken or only held.
    pub capture: CaptureWhen,
    /// Where the browser comes back to if the customer must act.
    pub return_url: String,
}

/// Charges a payment from the server. Gives the attempt, and where the customer must act, if they
/// must.
///
/// # Errors
/// `payment_not_found`, `payment_closed`, [`ATTEMPT_UNDER_WAY`], `no_processor_account`,
/// [`CANNOT_CHARGE`], `payment_declined`, `processor_unavailable`, `outcome_unknown`, or a fault if
/// the database fails.
pub async fn charge(
    billing: &Billing,
    id: PaymentId,
    ask: ChargeAsk,
) -> Result<(Attempt, Option<GoTo>), Stop> {
    let breakers = billing.routes.health.breakers();
    let (attempt, account, request) =
        store::write!(billing.store, |tx| prepare(tx, billing, id, &ask, &breakers).await)?;
    let billing = billing.clone();
    // Whoever asked may go away; the answer is written down all the same.
    let made = tokio::spawn(async move { call(&billing, &account, attempt, &request).await });
    made.await.map_err(|error| Fault::of("finish the call to the processor", error))?
}

async fn prepare(
    tx: &mut Tx,
    billing: &Billing,
    id: PaymentId,
    ask: &ChargeAsk,
    breakers: &Breakers,
) -> Result<(Attempt, Account, Charge), Stop> {
    let now = billing.env.now();
    let payment = rows::find(tx, id).await?.ok_or(PAYMENT_NOT_FOUND)?;
    let attempts = rows::attempts_of(tx, id).await?;
    if attempts.iter().any(|attempt| attempt.state.is_unresolved()) {
        return Err(ATTEMPT_UNDER_WAY.into());
    }
    let payment = payment.moved(PaymentMove::Send, None).map_err(|_| PAYMENT_CLOSED)?;
    let trace = route(tx, billing, &payment, &attempts, ask, breakers).await?;
    let account = trace
        .account(&billing.accounts)
        .map_err(|refusal| if trace.only_way_of_paying() { CANNOT_CHARGE } else { refusal })?;
    let attempt = planned(billing, &payment, &account.key, now);
    let sale = Operation {
        id: billing.env.id(),
        attempt: attempt.id,
        kind: OperationKind::Sale,
        amount: attempt.amount,
        state: OperationState::Sent,
        transaction: None,
        proof: None,
        reason: None,
        created_at: now,
        updated_at: now,
    };
    let pack = catalog::find(tx, payment.pack).await?;
    let buyer = rows::buyer(tx, payment.customer).await?;
    let request = Charge {
        key: sale.id.to_string(),
        reference: attempt.reference.clone(),
        amount: attempt.amount,
        product: pack.map(|pack| pack.code).unwrap_or_default(),
        description: format!("{}: {} tokens", billing.site.name, payment.tokens.count()),
        buyer: buyer.unwrap_or_else(|| Buyer {
            customer: payment.customer.to_string(),
            ..Buyer::default()
        }),
        instrument: ask.instrument.clone(),
        capture: ask.capture,
        return_url: ask.return_url.clone(),
        postback_url: billing.site.address(&account.postback_path()),
    };
    write_ahead(tx, billing, payment, &attempt, &sale, now).await?;
    routing::insert_trace(tx, attempt.id, id, &trace, now).await?;
    resend::keep_charge(tx, account, &attempt, &request).await?;
    if ask.capture == CaptureWhen::Later {
        rows::capture_later(tx, attempt.id).await?;
    }
    Ok((attempt, account.clone(), request))
}

/// Where the charge goes: to the account that keeps what is charged, or where routing says.
async fn route(
    tx: &mut Tx,
    billing: &Billing,
    payment: &Payment,
    attempts: &[Attempt],
    ask: &ChargeAsk,
    breakers: &Breakers,
) -> Result<Trace, Stop> {
    let (method, kept) = match &ask.instrument {
        Instrument::Stored { id, .. } => {
            (Method::Stored, rows::instrument(tx, payment.customer, id).await?)
        }
        Instrument::GooglePay { .. } => (Method::GooglePay, None),
        Instrument::Token { .. } => (Method::Token, None),
    };
    let keeper = kept.map(|(account, _)| account).filter(|_| ask.account.is_none());
    let checkout = checkouts::of_payment(tx, payment.id).await?;
    let named = ask.account.clone().or(checkout.and_then(|checkout| checkout.account));
    // What one house keeps means nothing to another.
    if method == Method::Stored && keeper.is_none() && named.is_none() {
        return Err(CANNOT_CHARGE.into());
    }
    let wish = Wish {
        payment,
        attempts,
        purpose: Purpose::Tokens,
        method,
        capture: ask.capture,
        named: named.as_deref(),
        keeper: keeper.as_deref(),
        just_now: &[],
    };
    Ok(routing::choose(tx, &billing.routes, &wish, breakers, billing.env.now()).await?)
}

async fn call(
    billing: &Billing,
    account: &Account,
    attempt: Attempt,
    request: &Charge,
) -> Result<(Attempt, Option<GoTo>), Stop> {
    let charge = account.connector.charge(request);
    let answer = billing.routes.health.watched(&account.key, charge).await;
    let (ids, stored) = answered::learned(&answer);
    let fact = answered::charged(answer, attempt.amount);
    let refusal = match &fact {
        Fact::Declined { .. } => Some(ATTEMPT_DECLINED),
        Fact::NeverRan(_) => Some(PROCESSOR_UNAVAILABLE),
        Fact::Lost(_) => Some(OUTCOME_UNKNOWN),
        _ => None,
    };
    let learned = Learned { ids: &ids, stored: stored.as_deref() };
    let settled = store::write!(billing.store, |tx| {
        let proof = "the processor's answer";
        settle_learning(tx, billing, attempt.id, &fact, proof, learned).await
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
