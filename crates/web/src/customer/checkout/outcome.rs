//! Back from the processor: what is known, told as it is, and asked again until it is settled.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use base::id::CheckoutId;
use base::{Timestamp, Tokens};
use billing::payments;

use super::opened::{Key, Opened};
use super::{Standing, why};
use crate::answer::{Answer, html};
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};
use crate::layout::{Frame, Place};

/// What became of it.
#[derive(Template)]
#[template(path = "customer/checkout/outcome.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) standing: Standing,
    pub(crate) processor: String,
    /// Why not, in the customer's language.
    pub(crate) reason: String,
    pub(crate) tokens: Tokens,
    pub(crate) balance: Option<Tokens>,
    /// Seconds until the page looks again; none when it is settled.
    pub(crate) again: Option<u32>,
    pub(crate) checkout_path: String,
    pub(crate) receipt_path: String,
    /// Where the host site wants the customer back.
    pub(crate) home: Option<String>,
    pub(crate) step: usize,
}

/// `GET /{language}/checkout/{checkout}/return`.
pub(crate) async fn show(
    visit: Visit,
    Path((_, id)): Path<(String, CheckoutId)>,
    Query(key): Query<Key>,
) -> Answer {
    let opened = match Opened::find(&visit, id, key.key.as_deref()).await {
        Ok(opened) => opened,
        // The browser kept nothing: an app's own window, or another device.
        Err(Trouble::NotFound) => return elsewhere(&visit),
        Err(trouble) => return Err(trouble),
    };
    let opened = ask(&visit, opened).await?;
    let mut response = html(visit.language(), &page(&visit, &opened).await?)?;
    if let Some(key) = &opened.key {
        Keep::Checkout.set(&visit.house, &format!("{id}.{key}"), response.headers_mut());
    }
    Ok(response)
}

/// `POST /{language}/checkout/{checkout}/return`: some processors send their customers by a form.
pub(crate) async fn take_back(visit: Visit, Path((_, id)): Path<(String, CheckoutId)>) -> Answer {
    Ok(Redirect::to(&visit.path(&format!("/checkout/{id}/return"))).into_response())
}

/// Asks the processor while nothing is settled, at most every few seconds.
async fn ask(visit: &Visit, opened: Opened) -> Result<Opened, Trouble> {
    let house = &visit.house;
    let Some(attempt) = &opened.latest else { return Ok(opened) };
    let id = attempt.id;
    if !attempt.state.is_unresolved()
        || house.limits.count_key(Room::Ask, id.to_string(), visit.now).is_err()
    {
        return Ok(opened);
    }
    if let Err(base::Stop::Fault(fault)) = payments::resolve(&house.billing, id).await {
        // The page still tells what is known; the job asks again by itself.
        tracing::warn!(fault = fault.chain(), "asking a processor from the return page failed");
    }
    Opened::find(visit, opened.checkout.id, opened.key.as_deref()).await
}

async fn page(visit: &Visit, opened: &Opened) -> Result<Page, Trouble> {
    let standing = opened.standing(visit.now);
    let processor = opened.processor(visit).await?;
    let words = visit.words;
    let title = match &standing {
        Standing::Paid => words.text("checkout-paid-title").into_owned(),
        Standing::Unknown => {
            words.text_with("checkout-unknown-title", &[("processor", processor.as_str().into())])
        }
        Standing::Declined { .. } => words.text("checkout-declined-title").into_owned(),
        Standing::Attention => words.text("checkout-attention-title").into_owned(),
        Standing::GivenUp => words.text("checkout-given-up-title").into_owned(),
        Standing::Expired => words.text("checkout-expired-title").into_owned(),
        Standing::Confirming | Standing::ToPay { .. } => {
            words.text("checkout-confirming-title").into_owned()
        }
    };
    let reason = match &standing {
        Standing::Declined { cause, .. } => why(words, cause),
        _ => String::new(),
    };
    let balance = if standing == Standing::Paid {
        let wallet = billing::tokens::wallet(&visit.house.billing, opened.checkout.customer);
        Some(wallet.await?.balance)
    } else {
        None
    };
    Ok(Page {
        frame: visit.frame(title, Place::Shop),
        again: wait(&standing, opened, visit.now),
        step: if standing == Standing::Paid { 4 } else { 3 },
        standing,
        processor,
        reason,
        tokens: opened.payment.tokens,
        balance,
        checkout_path: opened.path(visit, ""),
        receipt_path: visit.path(&format!("/receipt/{}", opened.payment.id)),
        home: opened.checkout.return_url.as_ref().map(ToString::to_string),
    })
}

/// How long to wait before looking again: briefly at first, then with patience.
fn wait(standing: &Standing, opened: &Opened, now: Timestamp) -> Option<u32> {
    let waiting = matches!(
        standing,
        Standing::Confirming | Standing::Unknown | Standing::ToPay { begun: true }
    );
    let began = opened.latest.as_ref()?.updated_at;
    let lasted = now.as_second() - began.as_second();
    waiting.then_some(if lasted < 120 { 2 } else { 15 })
}

#[derive(Template)]
#[template(path = "customer/checkout/elsewhere.html")]
pub(crate) struct Elsewhere {
    pub(crate) frame: Frame,
}

fn elsewhere(visit: &Visit) -> Answer {
    let frame = visit.frame(visit.words.text("checkout-elsewhere-title"), Place::Shop);
    html(visit.language(), &Elsewhere { frame })
}
