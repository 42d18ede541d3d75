//! Looking: always answered at an even time, with the neutral card or with the one other answer.

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use base::Stop;
use billing::lookup::{self, Asked, Asker, Found, House, Token};
use billing::receipts;

use super::even::evenly;
use super::form::{self, Says};
use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::guard::{Trouble, network};
use crate::layout::{Frame, Place};

/// The card: nothing on it tells who bought what, when or for how much.
#[derive(Template)]
#[template(path = "customer/charge/card.html")]
pub(crate) struct Card {
    pub(crate) frame: Frame,
    /// What customers call the houses that took the money.
    pub(crate) houses: Vec<String>,
    pub(crate) found: Token,
    /// The receipts, for their signed-in owner only.
    pub(crate) own: Vec<Own>,
}

/// A receipt of the visitor's own.
pub(crate) struct Own {
    pub(crate) number: String,
    pub(crate) path: String,
}

/// Somebody tried too often.
#[derive(Template)]
#[template(path = "customer/charge/later.html")]
pub(crate) struct Later {
    pub(crate) frame: Frame,
}

/// `POST /{language}/charge`.
pub(crate) async fn look(visit: Visit, Form(typed): Form<lookup::Form>) -> Answer {
    evenly(answer(&visit, &typed)).await
}

async fn answer(visit: &Visit, typed: &lookup::Form) -> Answer {
    let device = form::device(visit);
    let asker = Asker { address: network(visit.address.0), device: device.clone() };
    let room = super::lookup(visit);
    // The page of the other answer is made in any case: it is part of the same work.
    let nothing = form::page(visit, Says::CannotSay).await?;
    let mut response = match lookup::look(&room, &Asked::read(typed), &asker).await {
        Ok(Some(found)) => html(visit.language(), &card(visit, &found).await?)?,
        Ok(None) => html(visit.language(), &nothing)?,
        Err(Stop::Refused(refusal)) if refusal.code == lookup::TOO_OFTEN.code => {
            let title = visit.words.text("charge-later-title");
            let later = Later { frame: visit.frame(title, Place::Elsewhere) };
            let mut response = html(visit.language(), &later)?;
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response
        }
        Err(stop) => return Err(stop.into()),
    };
    form::keep(visit, &device, &mut response);
    Ok(response)
}

async fn card(visit: &Visit, found: &Found) -> Result<Card, Trouble> {
    let accounts = &visit.house.billing.accounts;
    let name = |key: &String| accounts.get(key).map(|account| House::of(account).contact.name);
    let mut houses: Vec<String> =
        found.accounts.iter().map(|key| name(key).unwrap_or_else(|| key.clone())).collect();
    houses.dedup();
    Ok(Card {
        frame: visit.frame(visit.words.text("charge-found-title"), Place::Elsewhere),
        houses,
        found: found.seal(&super::lookup(visit))?,
        own: if visit.is(found.customer) { own(visit, found).await? } else { Vec::new() },
    })
}

async fn own(visit: &Visit, found: &Found) -> Result<Vec<Own>, Trouble> {
    let mut reader = visit.house.billing.store.read().await?;
    let mut own = Vec::new();
    for payment in &found.payments {
        if let Some(receipt) = receipts::of_payment(&mut reader, *payment).await? {
            let path = visit.path(&format!("/receipt/{payment}"));
            own.push(Own { number: receipt.number, path });
        }
    }
    Ok(own)
}
