//! Notices, newest first, by how they were filed and by account.

use askama::Template;
use axum::extract::Query;
use base::Language;
use billing::notices::{self, Filed, Filter, NoticeRow};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The list.
#[derive(Template)]
#[template(path = "console/notices/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) asked: Asked,
    pub(crate) accounts: Vec<String>,
    pub(crate) notices: Vec<NoticeRow>,
    pub(crate) pager: Pager,
}

/// What the address asks for. What is empty is not looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) filed: String,
    pub(crate) account: String,
    after: Option<String>,
    before: Option<String>,
}

const ROWS: u32 = 30;

/// `GET /console/notices`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let rows = Rows::checked(Some(ROWS), asked.after.clone(), asked.before.clone())?;
    let account = Some(asked.account.clone()).filter(|account| !account.is_empty());
    // A word that is no state asks for nothing in particular.
    let filter = Filter { account, filed: asked.filed.parse::<Filed>().ok() };
    let mut reader = shift.house.billing.store.read().await?;
    let found = notices::list(&mut reader, &filter, rows.clone()).await?;
    drop(reader);
    let ids = (found.first().map(|one| one.id), found.last().map(|one| one.id));
    let pairs = [("filed", &asked.filed), ("account", &asked.account)];
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    let page = Page {
        frame: shift.frame("Notices"),
        pager: Pager::of("/console/notices", &query, &rows, found.len(), ids),
        accounts: shift.house.billing.accounts.all().iter().map(|one| one.key.clone()).collect(),
        asked,
        notices: found,
    };
    html(Language::En, &page)
}
