//! Jobs at rest, with what went wrong.

use askama::Template;
use axum::extract::Query;
use base::Language;
use base::id::JobId;
use serde::Deserialize;
use store::jobs::{self, Job};

use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;

/// The list.
#[derive(Template)]
#[template(path = "console/jobs/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) open: i64,
    pub(crate) jobs: Vec<Job>,
    pub(crate) more: Option<JobId>,
    pub(crate) no_wake: Option<&'static str>,
    pub(crate) no_drop: Option<&'static str>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    after: Option<JobId>,
}

const ROWS: u32 = 50;

/// `GET /console/jobs`.
pub(crate) async fn show(shift: Shift, Query(turn): Query<Turn>) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let resting = jobs::resting(&mut reader, ROWS, turn.after).await?;
    let open = jobs::open_count(&mut reader).await?;
    let full = resting.len() == ROWS as usize;
    let page = Page {
        frame: shift.frame("Jobs"),
        open,
        more: resting.last().filter(|_| full).map(|job| job.id),
        jobs: resting,
        no_wake: (!shift.may(Deed::WakeJob)).then(|| who_may(Deed::WakeJob)),
        no_drop: (!shift.may(Deed::DropJob)).then(|| who_may(Deed::DropJob)),
    };
    html(Language::En, &page)
}
