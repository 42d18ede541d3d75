//! The page: find the house by the text on the statement, reach it, and see what only we can do.

use askama::Template;
use axum::extract::Query;
use base::Timestamp;
use billing::lookup::{House, houses};
use billing::payments::{self, Filter};
use serde::Deserialize;
use store::Page as Rows;

use super::house::Shown;
use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::incidents;

/// So many of a customer's payments are listed, and so many are read to find them.
const LISTED: usize = 8;
const READ: u32 = 20;
/// No line on a statement is longer.
const LONGEST: usize = 100;

/// The page.
#[derive(Template)]
#[template(path = "customer/billing_support/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    /// What was looked for on a statement.
    pub(crate) line: String,
    /// Houses were left out because they do not show up like that.
    pub(crate) chosen: bool,
    pub(crate) houses: Vec<Shown>,
    pub(crate) example: Option<String>,
    pub(crate) own: Vec<Own>,
    /// What somebody came for, in a sentence.
    pub(crate) need: Option<String>,
    /// Houses that have trouble now.
    pub(crate) incidents: Vec<String>,
}

/// A payment of the signed-in customer.
pub(crate) struct Own {
    pub(crate) at: Timestamp,
    pub(crate) amount: String,
    pub(crate) house: String,
    /// Where the house is on this page.
    pub(crate) place: Option<usize>,
    pub(crate) receipt: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wish {
    line: String,
    need: String,
}

/// The path that finds the house of a line, for what somebody needs.
pub(crate) fn link(line: &str, need: &str) -> String {
    let wish = serde_urlencoded::to_string([("line", line), ("need", need)]).unwrap_or_default();
    let place = if need.is_empty() { "" } else { "#ours" };
    format!("/billing-support?{wish}{place}")
}

/// `GET /{language}/billing-support`.
pub(crate) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Answer {
    let line: String = wish.line.trim().chars().take(LONGEST).collect();
    let billing = &visit.house.billing;
    let mut reader = billing.store.read().await?;
    let all = houses(&mut reader, &billing.accounts).await?;
    drop(reader);
    let example = all.iter().find_map(|house| house.descriptors.first().cloned());
    let fitting: Vec<House> =
        all.iter().filter(|house| house.shows_up_as(&line)).cloned().collect();
    let chosen = !fitting.is_empty();
    let shown = if chosen { fitting } else { all };
    let page = Page {
        frame: visit.frame(visit.words.text("support-title"), Place::Elsewhere),
        own: own(&visit, &shown).await?,
        need: need(&visit, &wish.need),
        incidents: incidents(&visit.house, visit.words).await,
        houses: shown
            .into_iter()
            .enumerate()
            .map(|(nth, house)| Shown::of(visit.words, nth + 1, house))
            .collect(),
        line,
        chosen,
        example,
    };
    html(visit.language(), &page)
}

fn need(visit: &Visit, need: &str) -> Option<String> {
    let mail = [("mail", visit.house.billing.site.support_mail.as_str().into())];
    let words = visit.words;
    match need {
        "refund" => Some(words.text_with("support-need-refund", &mail)),
        "cancel" => Some(words.text_with("support-need-cancel", &mail)),
        "contact" => Some(words.text_with("support-need-contact", &mail)),
        _ => None,
    }
}

/// The signed-in customer's last payments and who took each.
async fn own(visit: &Visit, shown: &[House]) -> Result<Vec<Own>, Trouble> {
    let Some(who) = visit.signed_in() else { return Ok(Vec::new()) };
    let accounts = &visit.house.billing.accounts;
    let filter = Filter { customer: Some(who.customer.id), ..Filter::default() };
    let mut reader = visit.house.billing.store.read().await?;
    let mut own = Vec::new();
    for payment in payments::list(&mut reader, &filter, Rows::first(READ)).await? {
        if own.len() == LISTED || !payment.captured.is_positive() {
            continue;
        }
        let attempts = payments::attempts_of(&mut reader, payment.id).await?;
        let took = attempts.iter().find(|attempt| attempt.captured.is_positive());
        let Some(took) = took else { continue };
        let house = accounts.get(&took.account).map(|account| House::of(account).contact.name);
        let at = |house: &House| house.accounts.contains(&took.account);
        own.push(Own {
            at: payment.created_at,
            amount: visit.words.money(payment.captured),
            house: house.unwrap_or_else(|| took.account.clone()),
            place: shown.iter().position(at).map(|nth| nth + 1),
            receipt: visit.path(&format!("/receipt/{}", payment.id)),
        });
    }
    Ok(own)
}
