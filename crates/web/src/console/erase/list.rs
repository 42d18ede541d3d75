//! Every request to be forgotten and where it stands, and closed cases that wait, with reasons.

use askama::Template;
use axum::extract::Query;
use base::Language;
use desk::cases::{self, Case};
use desk::retention::{self, Delay, Erasure, ErasureState};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The list.
#[derive(Template)]
#[template(path = "console/erase/list.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) erasures: Vec<Erasure>,
    pub(crate) waiting: Vec<Waiting>,
    pub(crate) pager: Pager,
}

/// A case whose time is over and whose words stay.
pub(crate) struct Waiting {
    pub(crate) case: Case,
    pub(crate) why: Delay,
    pub(crate) since: base::Timestamp,
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    after: Option<String>,
    before: Option<String>,
}

const ROWS: u32 = 25;
/// So many waiting cases are named.
const CASES: u32 = 50;

/// `GET /console/erasures`.
pub(crate) async fn show(shift: Shift, Query(turn): Query<Turn>) -> Answer {
    shift.must(Deed::Hold)?;
    let rows = Rows::checked(Some(ROWS), turn.after, turn.before)?;
    let mut reader = shift.house.billing.store.read().await?;
    let erasures = retention::list(&mut reader, rows.clone()).await?;
    let ids = (erasures.first().map(|one| one.id), erasures.last().map(|one| one.id));
    let pager = Pager::of("/console/erasures", "", &rows, erasures.len(), ids);
    let mut waiting = Vec::new();
    for one in retention::delayed(&mut reader, CASES).await? {
        if let Some(case) = cases::seen(&mut reader, &shift.eyes(), one.case).await? {
            waiting.push(Waiting { case, why: one.why, since: one.since });
        }
    }
    drop(reader);
    html(Language::En, &Page { frame: shift.frame("Forgetting"), erasures, waiting, pager })
}

/// What a request's state looks like: its class, its icon, its word.
pub(crate) const fn looks(erasure: &Erasure) -> (&'static str, &'static str, &'static str) {
    match erasure.state {
        ErasureState::Waiting => ("state-wait", "clock", "under way"),
        ErasureState::Delayed => ("state-wait", "lock", "has to wait"),
        ErasureState::Done => ("state-good", "check", "done"),
    }
}
