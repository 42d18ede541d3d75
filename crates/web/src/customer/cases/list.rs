//! The list of a customer's cases, newest first, and the way to a new one.

use askama::Template;
use axum::extract::Query;
use desk::contact::{self, Standing, Wanted};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::customer::case::sentence::Dated;
use crate::customer::case::show::{State, state};
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// How many on one page.
const LINES: u32 = 20;

/// The list.
#[derive(Template)]
#[template(path = "customer/cases/list.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) filters: Vec<Chosen>,
    pub(crate) lines: Vec<Line>,
    /// The address of the ones that follow.
    pub(crate) older: Option<String>,
    /// These are not the newest ones.
    pub(crate) paged: bool,
}

/// Something to filter by.
pub(crate) struct Chosen {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) chosen: bool,
}

/// A case.
pub(crate) struct Line {
    pub(crate) path: String,
    pub(crate) subject: String,
    pub(crate) reference: String,
    pub(crate) state: State,
    pub(crate) updated: Dated,
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    #[serde(default)]
    show: String,
    after: Option<String>,
}

/// `GET /{language}/cases`.
pub(crate) async fn show(visit: Visit, Query(turn): Query<Turn>) -> Answer {
    let customer = visit.customer()?.customer.id;
    let page = Rows::checked(Some(LINES), turn.after, None)?;
    let wanted = turn.show.parse().unwrap_or(Wanted::All);
    let mut reader = visit.house.billing.store.read().await?;
    let cases = contact::own_cases(&mut reader, customer, wanted, &page).await?;
    drop(reader);
    let full = cases.len() == LINES as usize;
    let last = cases.last().filter(|_| full).map(|case| case.id);
    let words = visit.words;
    let line = |case: desk::cases::Case| Line {
        path: visit.path(&format!("/cases/{}", case.id)),
        reference: case.reference.as_str().to_owned(),
        state: state(words, Standing::of(&case, None, visit.now).stage),
        updated: Dated::of(words, "cases-updated", case.updated_at),
        subject: case.subject,
    };
    let word = wanted.as_str();
    let page = Page {
        frame: visit.frame(words.text("cases-title"), Place::Elsewhere),
        filters: filters(&visit, wanted),
        lines: cases.into_iter().map(line).collect(),
        older: last.map(|last| visit.path(&format!("/cases?show={word}&after={last}"))),
        paged: page.after.is_some(),
    };
    html(visit.language(), &page)
}

fn filters(visit: &Visit, wanted: Wanted) -> Vec<Chosen> {
    let chosen = |one: &Wanted| Chosen {
        name: match one {
            Wanted::All => visit.words.text("cases-filter-all"),
            Wanted::Open => visit.words.text("cases-filter-open"),
            Wanted::Yours => visit.words.text("cases-filter-yours"),
            Wanted::Done => visit.words.text("cases-filter-done"),
        }
        .into_owned(),
        path: visit.path(&format!("/cases?show={one}")),
        chosen: *one == wanted,
    };
    Wanted::ALL.iter().map(chosen).collect()
}
