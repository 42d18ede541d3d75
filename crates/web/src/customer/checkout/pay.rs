//! Off to the processor: the attempt is written down, begun, and the customer sent on.

use askama::Template;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use base::id::CheckoutId;
use base::{Kind, Stop};
use billing::payments::{self, Links};
use processor::GoTo;

use super::Standing;
use super::opened::{Key, Opened};
use crate::answer::{Answer, html};
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::guard::{Policy, Room};
use crate::layout::{Frame, Place};

/// The page for processors that want a form posted: it goes on by itself or by its button.
#[derive(Template)]
#[template(path = "customer/checkout/go.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) step: usize,
}

/// `POST /{language}/checkout/{checkout}/pay`.
pub(crate) async fn pay(
    visit: Visit,
    Path((_, id)): Path<(String, CheckoutId)>,
    Form(key): Form<Key>,
) -> Answer {
    let house = &visit.house;
    house.limits.count(Room::Checkout, visit.address.0, visit.now)?;
    let opened = Opened::find(&visit, id, key.key.as_deref()).await?;
    let may_pay = matches!(
        opened.standing(visit.now),
        Standing::ToPay { .. } | Standing::Declined { again: true, .. }
    );
    if !may_pay {
        return Ok(Redirect::to(&opened.path(&visit, "/return")).into_response());
    }
    let go_to = match start(&visit, &opened).await {
        Ok(go_to) => go_to,
        // Declined at once, out of reach, or another tab was faster: the outcome page says which.
        Err(Stop::Refused(refusal))
            if matches!(refusal.kind, Kind::Declined | Kind::Conflict | Kind::Unavailable) =>
        {
            return Ok(Redirect::to(&opened.path(&visit, "/return")).into_response());
        }
        Err(stop) => return Err(stop.into()),
    };
    let mut response = match go_to {
        GoTo::Link(link) => Redirect::to(&link).into_response(),
        GoTo::Form { action, fields } => {
            // The attempt that has just begun, wherever it went.
            let opened = Opened::find(&visit, id, key.key.as_deref()).await?;
            let processor = opened.processor(&visit).await?;
            let title =
                visit.words.text_with("checkout-go-title", &[("processor", processor.into())]);
            let frame = visit.frame(title, Place::Shop);
            html(visit.language(), &Page { frame, action, fields, step: 3 })?
        }
    };
    response.extensions_mut().insert(Policy::leaving(house));
    if let Some(key) = &opened.key {
        Keep::Checkout.set(house, &format!("{id}.{key}"), response.headers_mut());
    }
    Ok(response)
}

async fn start(visit: &Visit, opened: &Opened) -> Result<GoTo, Stop> {
    let billing = &visit.house.billing;
    let links = Links {
        return_url: billing.site.address(&opened.path(visit, "/return")),
        cancel_url: billing.site.address(&opened.path(visit, "/cancel")),
    };
    let account = opened.checkout.account.as_deref();
    let (_, go_to) = payments::start(billing, opened.payment.id, account, links).await?;
    Ok(go_to)
}
