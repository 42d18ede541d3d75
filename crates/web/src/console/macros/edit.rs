//! One macro in the editor: its name, for whom it is, and its steps in order.

use askama::Template;
use axum::extract::{Path, Query};
use base::Language;
use base::id::MacroId;
use desk::answers;
use desk::cases::{CaseState, Priority, Team};
use desk::macros::{self, MOST, Macro};
use desk::permits::Who;
use identity::staff::Role;
use serde::Deserialize;

use super::list::name_of;
use super::sheet::{Row, STATES, Sheet, StepKind};
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::form::Slips;

/// The page.
#[derive(Template)]
#[template(path = "console/macros/edit.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    /// None while it is new.
    pub(crate) known: Option<Macro>,
    pub(crate) sheet: Sheet,
    /// Answers that a step may use: the key and what it is for.
    pub(crate) answers: Vec<(String, String)>,
    /// What each role may give: its name, at once, and a day.
    pub(crate) limits: Vec<(&'static str, i64, i64)>,
    pub(crate) done: Option<&'static str>,
    pub(crate) slips: Slips,
    pub(crate) no_edit: Option<&'static str>,
    pub(crate) full: bool,
}

impl Page {
    fn kinds(&self) -> &'static [StepKind] {
        StepKind::ALL
    }

    fn priorities(&self) -> &'static [Priority] {
        Priority::ALL
    }

    fn teams(&self) -> &'static [Team] {
        Team::ALL
    }

    fn states(&self) -> &'static [CaseState] {
        &STATES
    }

    fn groups(&self) -> &'static [Who] {
        Who::ALL
    }

    fn group(&self, who: &Who) -> &'static str {
        name_of(*who)
    }

    /// A state as staff read it.
    fn state(&self, state: &CaseState) -> String {
        state.as_str().replace('_', " ")
    }

    fn is_for(&self, who: &Who) -> bool {
        self.sheet.who == who.as_str()
    }

    fn is_of(&self, team: &Team) -> bool {
        self.sheet.team == team.as_str()
    }

    /// Whether an answer of a step is no longer among those that are offered.
    fn lacks(&self, row: &Row) -> bool {
        !row.value.is_empty() && !self.answers.iter().any(|(key, _)| *key == row.value)
    }
}

impl Row {
    /// Whether that is chosen.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.value == word
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

/// What the page says beside showing the macro.
#[derive(Default)]
pub(super) struct Says {
    pub(super) sheet: Option<Sheet>,
    pub(super) slips: Slips,
    pub(super) done: Option<&'static str>,
}

/// `GET /console/macros/new`.
pub(crate) async fn new(shift: Shift) -> Answer {
    shift.must(Deed::EditAnswers)?;
    html(Language::En, &page(&shift, None, Says::default()).await?)
}

/// `GET /console/macros/{macro}`.
pub(crate) async fn show(
    shift: Shift,
    Path(id): Path<MacroId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let done = match asked.done.as_str() {
        "saved" => Some("Saved. It runs like this from now on."),
        "retired" => Some("Retired: it is not offered any more."),
        "back" => Some("It is offered again."),
        _ => None,
    };
    html(Language::En, &page(&shift, Some(id), Says { done, ..Says::default() }).await?)
}

/// The page, perhaps with what could not be saved and why.
pub(super) async fn page(shift: &Shift, id: Option<MacroId>, says: Says) -> Result<Page, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let known = match id {
        Some(id) => Some(macros::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?),
        None => None,
    };
    let all = answers::all(&mut reader).await?;
    drop(reader);
    let stored = || known.as_ref().map(Sheet::of).unwrap_or_default();
    let sheet = says.sheet.unwrap_or_else(stored);
    let credits = &shift.house.desk.settings.credits;
    let limit = |(name, role): (&'static str, Role)| {
        let limit = credits.of(role);
        (name, limit.deed.count(), limit.day.count())
    };
    let roles =
        [("agents", Role::Agent), ("leads", Role::Lead), ("finance and admins", Role::Finance)];
    let title = known.as_ref().map_or("New macro", |one| one.name.as_str());
    Ok(Page {
        frame: shift.frame(title),
        answers: all
            .into_iter()
            .filter(|one| one.retired_at.is_none())
            .map(|one| (one.key, one.title))
            .collect(),
        limits: roles.map(limit).to_vec(),
        done: says.done,
        slips: says.slips,
        no_edit: shift.no(Deed::EditAnswers),
        full: sheet.rows.len() >= MOST,
        sheet,
        known,
    })
}
