//! Senders whom staff allowed or blocked, and addresses that are not written to.

use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect};
use base::Language;
use desk::mail_in::senders::{self, Rule, SenderRule};
use desk::mail_in::{self, Suppression};
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;

/// Both lists.
#[derive(Template)]
#[template(path = "console/quarantine/rules.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) rules: Vec<SenderRule>,
    pub(crate) suppressed: Vec<Suppression>,
    pub(crate) no: Option<&'static str>,
}

/// `GET /console/quarantine/rules`.
pub(crate) async fn show(shift: Shift) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let page = Page {
        frame: shift.frame("Quarantine"),
        rules: senders::all(&mut reader).await?,
        suppressed: mail_in::suppressions(&mut reader).await?,
        no: shift.no(Deed::ReleaseMail),
    };
    html(Language::En, &page)
}

#[derive(Deserialize)]
pub(crate) struct Sender {
    value: String,
    rule: String,
}

/// `POST /console/quarantine/rules/sender`: allows, blocks, or removes the rule.
pub(crate) async fn sender(shift: Shift, Form(asked): Form<Sender>) -> Answer {
    shift.must(Deed::ReleaseMail)?;
    let (env, by) = (&shift.house.billing.env, shift.staff.id.to_string());
    store::write!(shift.house.billing.store, |tx| {
        match asked.rule.parse::<Rule>() {
            Ok(rule) => senders::set(tx, env, &asked.value, rule, &by).await,
            Err(_) => senders::remove(tx, &asked.value).await,
        }
    })?;
    tracing::info!(actor = %shift.actor(), "staff changed a rule for senders");
    Ok(Redirect::to("/console/quarantine/rules").into_response())
}

#[derive(Deserialize)]
pub(crate) struct Lift {
    address: String,
}

/// `POST /console/quarantine/rules/lift`: the address is written to again.
pub(crate) async fn lift(shift: Shift, Form(asked): Form<Lift>) -> Answer {
    shift.must(Deed::ReleaseMail)?;
    store::write!(shift.house.billing.store, |tx| mail_in::lift(tx, &asked.address).await)?;
    tracing::info!(actor = %shift.actor(), "staff let an address be written to again");
    Ok(Redirect::to("/console/quarantine/rules").into_response())
}
