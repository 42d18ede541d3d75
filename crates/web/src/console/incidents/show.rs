//! Incidents, the open ones first, with the cases that belong to them.

use askama::Template;
use axum::extract::Query;
use base::Language;
use desk::cases::{self, Case, Eyes, RefKind};
use desk::incidents::{self, Incident};
use serde::Deserialize;
use store::{Page as Rows, Reader};

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The list.
#[derive(Template)]
#[template(path = "console/incidents/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) open: Vec<Shown>,
    pub(crate) past: Vec<Shown>,
    pub(crate) pager: Pager,
}

/// An incident and its cases.
pub(crate) struct Shown {
    pub(crate) incident: Incident,
    pub(crate) cases: Vec<Case>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    after: Option<String>,
    before: Option<String>,
}

const ROWS: u32 = 20;
/// So many cases of an incident are named.
const CASES: usize = 20;

/// `GET /console/incidents`.
pub(crate) async fn show(shift: Shift, Query(turn): Query<Turn>) -> Answer {
    let rows = Rows::checked(Some(ROWS), turn.after, turn.before)?;
    let eyes = Eyes { staff: shift.staff.id, role: shift.staff.role };
    let mut reader = shift.house.billing.store.read().await?;
    let found = incidents::list(&mut reader, rows.clone()).await?;
    let ids = (found.first().map(|one| one.id), found.last().map(|one| one.id));
    let pager = Pager::of("/console/incidents", "", &rows, found.len(), ids);
    let (mut open, mut past) = (Vec::new(), Vec::new());
    for incident in found {
        let cases = cases_of(&mut reader, eyes, &incident).await?;
        let list = if incident.ended_at.is_none() { &mut open } else { &mut past };
        list.push(Shown { incident, cases });
    }
    html(Language::En, &Page { frame: shift.frame("Incidents"), open, past, pager })
}

/// The case of the incident, and those that staff have tied to it.
async fn cases_of(
    reader: &mut Reader,
    eyes: Eyes,
    incident: &Incident,
) -> Result<Vec<Case>, Trouble> {
    let own = cases::of_ref(reader, RefKind::Incident, &incident.id.to_string()).await?;
    let mut ids: Vec<_> = own.iter().map(|case| case.id).collect();
    for link in cases::links_of(reader, incident.case).await? {
        let other = if link.from == incident.case { link.to } else { link.from };
        if !ids.contains(&other) {
            ids.push(other);
        }
    }
    ids.truncate(CASES);
    let mut all = cases::find_many(reader, &ids).await?;
    all.retain(|case| eyes.teams().contains(&case.team));
    Ok(all)
}
