//! The receipt of a tip: whom, how much, what is left.

use askama::Template;
use axum::extract::Path;
use base::id::{CreatorId, TipId};
use base::{Timestamp, Tokens};
use billing::tips;

use super::form::creator;
use crate::answer::{Answer, html};
use crate::customer::creators::show::Person;
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// The receipt.
#[derive(Template)]
#[template(path = "customer/tips/sent.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) creator: Person,
    pub(crate) sentence: String,
    pub(crate) note: Option<String>,
    pub(crate) balance: Tokens,
    pub(crate) at: Timestamp,
}

/// `GET /{language}/tip/{creator}/{tip}`.
pub(crate) async fn show(
    visit: Visit,
    Path((_, to, id)): Path<(String, CreatorId, TipId)>,
) -> Answer {
    let balance = visit.customer()?.balance;
    let mut reader = visit.house.billing.store.read().await?;
    let tip = tips::find(&mut reader, id).await?;
    drop(reader);
    let tip = tip.filter(|tip| visit.is(tip.customer) && tip.creator == to);
    let tip = tip.ok_or(Trouble::NotFound)?;
    let creator = creator(&visit, to).await?;
    let frame = visit.frame(visit.words.text("tips-sent-title"), Place::Tips);
    let values = [("count", tip.tokens.into()), ("creator", creator.name.as_str().into())];
    let page = Page {
        sentence: visit.words.text_with("tips-sent-body", &values),
        frame,
        creator,
        note: tip.note,
        balance,
        at: tip.created_at,
    };
    html(visit.language(), &page)
}
