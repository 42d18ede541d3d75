//! Giving up: by the button of the review, or on the processor's page.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect};
use base::id::CheckoutId;
use base::{Actor, Stop};
use billing::payments;

use super::Standing;
use super::opened::{Key, Opened};
use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// What a customer reads who came back without paying.
#[derive(Template)]
#[template(path = "customer/checkout/cancel.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    /// Where it can still be paid.
    pub(crate) again: Option<String>,
    /// Where the host site wants the customer back.
    pub(crate) home: Option<String>,
}

/// `GET /{language}/checkout/{checkout}/cancel`: changes nothing, for the link may come by itself.
pub(crate) async fn show(
    visit: Visit,
    Path((_, id)): Path<(String, CheckoutId)>,
    Query(key): Query<Key>,
) -> Answer {
    let opened = Opened::find(&visit, id, key.key.as_deref()).await?;
    let again = match opened.standing(visit.now) {
        Standing::ToPay { .. } | Standing::Declined { again: true, .. } => {
            Some(opened.path(&visit, ""))
        }
        Standing::GivenUp => None,
        // The link says "gave up", what we know says more.
        _ => return Ok(Redirect::to(&opened.path(&visit, "/return")).into_response()),
    };
    let frame = visit.frame(visit.words.text("checkout-given-up-title"), Place::Shop);
    let home = opened.checkout.return_url.as_ref().map(ToString::to_string);
    html(visit.language(), &Page { frame, again, home })
}

/// `POST /{language}/checkout/{checkout}/cancel`.
pub(crate) async fn give_up(
    visit: Visit,
    Path((_, id)): Path<(String, CheckoutId)>,
    Form(key): Form<Key>,
) -> Answer {
    let opened = Opened::find(&visit, id, key.key.as_deref()).await?;
    let actor = Actor::Customer(opened.checkout.customer);
    match payments::cancel(&visit.house.billing, opened.payment.id, actor).await {
        // Refused when something was paid meanwhile; the page behind the link tells.
        Ok(_) | Err(Stop::Refused(_)) => {
            Ok(Redirect::to(&opened.path(&visit, "/cancel")).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}
