//! The last look before paying: what, how much, who takes it, and how it will read later.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use base::Timestamp;
use base::id::CheckoutId;
use jiff::tz::TimeZone;
use words::Value;

use super::opened::{Key, Opened};
use super::{Standing, why};
use crate::answer::{Answer, html};
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::guard::{Policy, Trouble};
use crate::layout::{Frame, Place};
use crate::parts::{Markup, Statement, heap};

/// The review.
#[derive(Template)]
#[template(path = "customer/checkout/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    /// Why the last try came to nothing.
    pub(crate) declined: Option<String>,
    pub(crate) item: String,
    pub(crate) price: String,
    pub(crate) coins: Markup,
    pub(crate) statement: Statement,
    pub(crate) statement_sentence: String,
    pub(crate) deadline: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) pay_path: String,
    pub(crate) cancel_path: String,
    pub(crate) key: String,
    pub(crate) step: usize,
}

/// `GET /{language}/checkout/{checkout}?key=…`.
pub(crate) async fn show(
    visit: Visit,
    Path((_, id)): Path<(String, CheckoutId)>,
    Query(key): Query<Key>,
) -> Answer {
    let opened = Opened::find(&visit, id, key.key.as_deref()).await?;
    let declined = match opened.standing(visit.now) {
        Standing::ToPay { .. } => None,
        Standing::Declined { cause, again: true } => Some(why(visit.words, &cause)),
        _ => return Ok(Redirect::to(&opened.path(&visit, "/return")).into_response()),
    };
    let mut response = html(visit.language(), &page(&visit, &opened, declined).await?)?;
    response.extensions_mut().insert(Policy::leaving(&visit.house));
    if let Some(key) = &opened.key {
        Keep::Checkout.set(&visit.house, &format!("{id}.{key}"), response.headers_mut());
    }
    Ok(response)
}

async fn page(visit: &Visit, opened: &Opened, declined: Option<String>) -> Result<Page, Trouble> {
    let frame = visit.frame(visit.words.text("checkout-title"), Place::Shop);
    let (payment, checkout) = (&opened.payment, &opened.checkout);
    let account = opened.account(visit).await??;
    let price = frame.money(&payment.amount);
    let deadline = Value::Deadline(checkout.expires_at, &TimeZone::UTC);
    Ok(Page {
        declined,
        item: frame.tokens("shop-pack-tokens", &payment.tokens),
        coins: heap(2, 6),
        statement: Statement::of(account, price.clone()),
        statement_sentence: visit.words.text_with(
            "checkout-statement",
            &[
                ("descriptor", account.descriptor.as_str().into()),
                ("amount", payment.amount.into()),
            ],
        ),
        deadline: visit.words.text_with("checkout-deadline", &[("deadline", deadline)]),
        expires_at: checkout.expires_at,
        pay_path: opened.path(visit, "/pay"),
        cancel_path: opened.path(visit, "/cancel"),
        key: opened.key.clone().unwrap_or_default(),
        step: 2,
        price,
        frame,
    })
}
