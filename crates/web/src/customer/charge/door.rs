//! Going on from the card: the details to the mail on file, or to where a person can be reached.

use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use billing::lookup::{self, Door, Found, Token};
use desk::mail;
use serde::Deserialize;

use super::even::evenly;
use crate::answer::{Answer, html};
use crate::customer::billing_support;
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};
use crate::layout::{Frame, Place};

/// What everybody reads who asked for the details, whether there is an address or not.
#[derive(Template)]
#[template(path = "customer/charge/sent.html")]
pub(crate) struct Sent {
    pub(crate) frame: Frame,
}

#[derive(Deserialize)]
pub(crate) struct Taken {
    door: String,
    #[serde(default)]
    found: String,
}

/// `POST /{language}/charge/door`.
pub(crate) async fn go(visit: Visit, Form(taken): Form<Taken>) -> Answer {
    visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let door: Door = taken.door.parse().map_err(|_| Trouble::NotFound)?;
    evenly(through(&visit, door, Token(taken.found))).await
}

async fn through(visit: &Visit, door: Door, token: Token) -> Answer {
    let room = super::lookup(visit);
    let found = Found::open(&room, &token);
    let kinds = found.as_ref().map_or("", |found| found.kinds.as_str());
    lookup::enter(&room, kinds, door).await?;
    let need = match door {
        Door::Details => return details(visit, found.as_ref()).await,
        Door::Refund => return Ok(to_form(visit, "refund", found.as_ref())),
        Door::Contact => return Ok(to_form(visit, "charge", found.as_ref())),
        Door::Cancel => "cancel",
        Door::House => "",
    };
    let accounts = &visit.house.billing.accounts;
    let account = found.and_then(|found| accounts.get(found.accounts.first()?).cloned());
    let line = account.map(|account| account.descriptor).unwrap_or_default();
    let path = visit.path(&billing_support::show::link(&line, need));
    Ok(Redirect::to(&path).into_response())
}

/// To the form, with the topic chosen; with the payment too for its signed-in owner only.
fn to_form(visit: &Visit, topic: &str, found: Option<&Found>) -> Response {
    let own = found.filter(|found| visit.is(found.customer));
    let payment = own.and_then(|found| found.payments.first());
    let payment = payment.map(|payment| format!("&payment={payment}")).unwrap_or_default();
    let path = visit.path(&format!("/contact?topic={topic}{payment}"));
    Redirect::to(&path).into_response()
}

async fn details(visit: &Visit, found: Option<&Found>) -> Answer {
    if let Some(found) = found {
        mail::send_details(&visit.house.desk, found.customer, &found.payments).await?;
    }
    let title = visit.words.text("charge-sent-title");
    html(visit.language(), &Sent { frame: visit.frame(title, Place::Elsewhere) })
}
