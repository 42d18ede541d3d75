//! Looking a payment up: by Stripe's id of an intent, a page or an invoice, or by our reference.
//!
//! Search lags behind by a minute and in bad times by more ("Search" at docs.stripe.com), and a
//! page that is open may still be paid on: that nothing is found proves nothing.

use processor::{Answer, FindBy, Found, FoundState, Http};

use super::api::{self, Api};
use super::config::Sound;
use super::money;
use super::objects::{
    self, Intent, Invoice, Linked, List, REFERENCE, Session, Subscription, is_reference,
};

/// What an intent is read with.
const CHARGE: (&str, &str) = ("expand[0]", "latest_charge");

type Answered = Answer<Option<Found>>;

/// Looks a payment up.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answered {
    let stripe = Api { config, http };
    let found = match by {
        FindBy::Reference(reference) => referred(&stripe, reference).await,
        FindBy::Transaction(id) => match api::id(id, &["pi_", "cs_", "in_"]) {
            Ok(id) if id.starts_with("cs_") => session(&stripe, id).await,
            Ok(id) if id.starts_with("in_") => invoice(&stripe, id).await,
            Ok(id) => intent(&stripe, id).await,
            Err(why) => Err(Answer::NotExecuted(why)),
        },
    };
    match found {
        Ok(found) => Answer::Done(found),
        Err(answer) => answer,
    }
}

async fn intent(stripe: &Api<'_>, id: &str) -> Result<Option<Found>, Answered> {
    let sent = stripe.get(&format!("v1/payment_intents/{id}"), &[CHARGE]).await;
    let intent: Option<Intent> = api::perhaps(sent)?;
    intent.as_ref().map(of_intent).transpose().map_err(Answer::Unknown)
}

async fn session(stripe: &Api<'_>, id: &str) -> Result<Option<Found>, Answered> {
    let query = [("expand[0]", "payment_intent.latest_charge"), ("expand[1]", "invoice")];
    let sent = stripe.get(&format!("v1/checkout/sessions/{id}"), &query).await;
    let session: Option<Session> = api::perhaps(sent)?;
    session.map(of_session).transpose().map_err(Answer::Unknown)
}

async fn invoice(stripe: &Api<'_>, id: &str) -> Result<Option<Found>, Answered> {
    let invoice: Option<Invoice> =
        api::perhaps(stripe.get(&format!("v1/invoices/{id}"), &[]).await)?;
    invoice.as_ref().map(of_invoice).transpose().map_err(Answer::Unknown)
}

/// By our reference: on intents, and on subscriptions, whose intents do not carry it.
async fn referred(stripe: &Api<'_>, reference: &str) -> Result<Option<Found>, Answered> {
    if !is_reference(reference) {
        return Err(Answer::NotExecuted("this is no reference of ours".to_owned()));
    }
    let wanted = format!("metadata['{REFERENCE}']:'{reference}'");
    let query = [("query", wanted.as_str()), ("limit", "10"), ("expand[0]", "data.latest_charge")];
    let sent = stripe.get("v1/payment_intents/search", &query).await;
    let intents: List<Intent> = api::object(sent)?;
    let taken = |intent: &&Intent| matches!(&*intent.status, "succeeded" | "requires_capture");
    let best = intents.data.iter().find(taken).or(intents.data.first());
    if let Some(intent) = best {
        return of_intent(intent).map(Some).map_err(Answer::Unknown);
    }
    let query = [("query", wanted.as_str()), ("expand[0]", "data.latest_invoice")];
    let sent = stripe.get("v1/subscriptions/search", &query).await;
    let list: List<Subscription> = api::object(sent)?;
    let latest = list.data.iter().find_map(|one| one.latest_invoice.as_ref()?.whole());
    match latest {
        None => Ok(None),
        Some(invoice) if is_first(invoice) => {
            of_invoice(invoice).map(Some).map_err(Answer::Unknown)
        }
        Some(_) => Err(Answer::Unknown("Stripe shows a later period only".to_owned())),
    }
}

fn is_first(invoice: &Invoice) -> bool {
    invoice.billing_reason.as_deref() == Some("subscription_create")
}

/// An intent as a payment.
fn of_intent(intent: &Intent) -> Result<Found, String> {
    let charge = intent.latest_charge.as_ref().and_then(Linked::whole);
    let all_back = charge.and_then(|charge| charge.refunded) == Some(true);
    // A charge stays "disputed" when the dispute is won, so disputes are left to their own events.
    let (state, amount) = match intent.status.as_str() {
        "succeeded" if all_back => (FoundState::Refunded, Some(intent.received()?)),
        "succeeded" => (FoundState::Paid, Some(intent.received()?)),
        "requires_capture" => (FoundState::Authorized, Some(intent.held()?)),
        "canceled" if intent.was_held() => (FoundState::Voided, None),
        "canceled" => (FoundState::Declined, None),
        "requires_payment_method" if intent.last_payment_error.is_some() && !intent.has_page() => {
            (FoundState::Declined, None)
        }
        _ => (FoundState::Waiting, None),
    };
    Ok(Found {
        state,
        transaction: intent.id.clone(),
        reference: intent.reference(),
        amount,
        occurred_at: objects::time(intent.created),
    })
}

/// A page as a payment.
fn of_session(session: Session) -> Result<Found, String> {
    let reference = session.client_reference_id.filter(|text| is_reference(text));
    if let Some(Linked::Whole(intent)) = &session.payment_intent {
        let mut found = of_intent(intent)?;
        if found.state == FoundState::Waiting && session.status.as_deref() == Some("expired") {
            found.state = FoundState::Declined;
        }
        found.reference = found.reference.or(reference);
        return Ok(found);
    }
    if let Some(Linked::Whole(invoice)) = &session.invoice {
        let found = of_invoice(invoice)?;
        return Ok(Found { reference: found.reference.clone().or(reference), ..found });
    }
    let state = match session.status.as_deref() {
        Some("expired") => FoundState::Declined,
        _ => FoundState::Waiting,
    };
    Ok(Found {
        state,
        transaction: session.id,
        reference,
        amount: None,
        occurred_at: objects::time(session.created),
    })
}

/// The bill of a subscription as a payment.
fn of_invoice(invoice: &Invoice) -> Result<Found, String> {
    let (state, amount) = match (invoice.status.as_deref(), invoice.amount_paid) {
        (Some("paid"), Some(paid)) => {
            (FoundState::Paid, Some(money::positive(paid, &invoice.currency)?))
        }
        (Some("void" | "uncollectible"), _) => (FoundState::Declined, None),
        _ => (FoundState::Waiting, None),
    };
    Ok(Found {
        state,
        transaction: objects::id(invoice.payment_intent.as_ref())
            .unwrap_or_else(|| invoice.id.clone()),
        reference: invoice.reference(),
        amount,
        occurred_at: objects::time(invoice.created),
    })
}
