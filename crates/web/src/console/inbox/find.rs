//! Search in what was said, and a jump to whatever a pasted reference names.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use base::Language;
use desk::inbox::{self, Faces, Found};
use serde::Deserialize;

use super::row::{self, Row};
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;

/// What was found.
#[derive(Template)]
#[template(path = "console/inbox/find.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) wanted: String,
    pub(crate) rows: Vec<Row>,
}

impl Page {
    /// As many are shown as ever are, so there may be more.
    fn is_full(&self) -> bool {
        u32::try_from(self.rows.len()).is_ok_and(|rows| rows >= inbox::MOST_FOUND)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
}

const LONGEST: usize = 200;

/// `GET /console/inbox/search`.
pub(crate) async fn find(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let wanted: String = asked.q.trim().chars().take(LONGEST).collect();
    let eyes = shift.eyes();
    let mut reader = shift.house.billing.store.read().await?;
    let accounts = &shift.house.billing.accounts;
    if let Some(found) = inbox::jump(&mut reader, &eyes, accounts, &wanted).await? {
        let to = match found {
            Found::Case(id) => format!("/console/cases/{id}"),
            Found::Payment(id) => format!("/console/payments/{id}"),
            Found::Customer(id) => format!("/console/customers/{id}"),
            Found::Notice(id) => format!("/console/notices/{id}"),
        };
        return Ok(Redirect::to(&to).into_response());
    }
    let found = inbox::search(&mut reader, &eyes, &wanted).await?;
    let faces = Faces::of(&mut reader, &row::people(&found)).await?;
    let rows = found.into_iter().map(|case| Row::of(case, &faces, shift.now)).collect();
    html(Language::En, &Page { frame: shift.frame("Search"), wanted, rows })
}
