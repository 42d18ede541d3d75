//! The list of mails that whoever looks may see, newest first.

use askama::Template;
use axum::extract::Query;
use base::Language;
use desk::mail;
use serde::Deserialize;
use store::Page as Rows;

use super::line::Line;
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The list.
#[derive(Template)]
#[template(path = "console/mail/list.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) mails: Vec<Line>,
    pub(crate) pager: Pager,
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    after: Option<String>,
    before: Option<String>,
}

const ROWS: u32 = 30;

/// `GET /console/mail`.
pub(crate) async fn list(shift: Shift, Query(turn): Query<Turn>) -> Answer {
    let rows = Rows::checked(Some(ROWS), turn.after, turn.before)?;
    let mut reader = shift.house.billing.store.read().await?;
    let mails = mail::list_seen(&mut reader, &shift.eyes(), rows.clone()).await?;
    let ids = (mails.first().map(|one| one.id), mails.last().map(|one| one.id));
    let pager = Pager::of("/console/mail", "", &rows, mails.len(), ids);
    let mails = mails.into_iter().map(Line::of).collect();
    html(Language::En, &Page { frame: shift.frame("Mail"), mails, pager })
}
