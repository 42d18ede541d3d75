//! The inbox: views, the cases of one of them, and a look at the first.

use askama::Template;
use axum::extract::Query;
use base::Language;
use desk::cases::{self, CaseState, Eyes, Origin, Priority, Side, Team};
use desk::inbox::{self, Faces, Habits};
use desk::permits::Permit;
use identity::staff::{self, Staff};
use serde::Deserialize;
use store::{Page as Rows, Reads};

use super::Undo;
use super::keys::{KEYS, Key};
use super::look::{self, Look};
use super::row::{self, Row};
use super::views::{self, ViewLine};
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;
use crate::parts::{Trouble, troubles};

/// The inbox.
#[derive(Template)]
#[template(path = "console/inbox/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) views: Vec<ViewLine>,
    /// Which of them is open.
    pub(crate) at: usize,
    pub(crate) rows: Vec<Row>,
    pub(crate) pager: Pager,
    pub(crate) look: Option<Look>,
    pub(crate) undo: Option<Undo>,
    pub(crate) done: Option<&'static str>,
    pub(crate) habits: Habits,
    pub(crate) keys: &'static [Key],
    pub(crate) colleagues: Vec<Staff>,
    pub(crate) may: May,
    /// Processors that have trouble.
    pub(crate) troubles: Vec<Trouble>,
}

/// What whoever looks may change on many cases.
pub(crate) struct May {
    pub(crate) assign: bool,
    /// Why no view can be shared.
    pub(crate) no_share: Option<&'static str>,
}

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) view: String,
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
    /// An answer that was just sent.
    pub(crate) sent: Option<String>,
    pub(crate) done: Option<String>,
}

pub(super) const ROWS: u32 = 40;

impl Page {
    fn view(&self) -> &ViewLine {
        &self.views[self.at]
    }

    fn states(&self) -> &'static [CaseState] {
        CaseState::ALL
    }

    fn priorities(&self) -> &'static [Priority] {
        Priority::ALL
    }

    fn origins(&self) -> &'static [Origin] {
        Origin::ALL
    }

    fn sides(&self) -> &'static [Side] {
        Side::ALL
    }

    fn teams(&self) -> &'static [Team] {
        Team::ALL
    }
}

/// `GET /console/inbox`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let eyes = shift.eyes();
    let mut reader = shift.house.billing.store.read().await?;
    let views = views::gather(&shift, &mut reader, &eyes).await?;
    let at = open_view(&views, &asked.view);
    let page = Rows::checked(Some(ROWS), asked.after.clone(), asked.before.clone())?;
    let found = list(&shift, &mut reader, &eyes, &views[at], page.clone()).await?;
    let faces = Faces::of(&mut reader, &row::people(&found)).await?;
    let ids = (found.first().map(|one| one.id), found.last().map(|one| one.id));
    let query = format!("view={}", views[at].key);
    let pager = Pager::of("/console/inbox", &query, &page, found.len(), ids);
    let look = match found.first() {
        Some(case) => {
            let look = look::gather(&shift, &mut reader, case.clone()).await?;
            Some(Look { view: views[at].key.clone(), ..look })
        }
        None => None,
    };
    let undo = Undo::find(&mut reader, &eyes, asked.sent.as_deref(), shift.now).await?;
    let habits = inbox::habits_of(&mut reader, shift.staff.id).await?;
    let colleagues = staff::list(&mut reader, Rows::first(Rows::MOST)).await?;
    drop(reader);
    let rows = found.into_iter().map(|case| Row::of(case, &faces, shift.now)).collect();
    let page = Page {
        frame: shift.frame("Inbox"),
        views,
        at,
        rows,
        pager,
        look,
        undo,
        done: asked.done.as_deref().and_then(done_sentence),
        habits,
        keys: &KEYS,
        colleagues: colleagues.into_iter().filter(|one| one.disabled_at.is_none()).collect(),
        troubles: troubles(&shift.house).await,
        may: May { assign: shift.may(Permit::Assign), no_share: shift.no(Permit::ShareViews) },
    };
    html(Language::En, &page)
}

/// The view that is asked for; without one, the first that has something to do.
pub(super) fn open_view(views: &[ViewLine], key: &str) -> usize {
    let named = views.iter().position(|view| view.key == key);
    let filled = || views.iter().take(2).position(|view| view.many != "0");
    named.or_else(filled).unwrap_or(0)
}

/// A page of a view's cases.
pub(super) async fn list(
    shift: &Shift,
    reads: &mut impl Reads,
    eyes: &Eyes,
    view: &ViewLine,
    page: Rows,
) -> Result<Vec<cases::Case>, guard::Trouble> {
    let filter = view.wanted.filter(shift.staff.id, shift.now);
    Ok(cases::list(reads, eyes, &filter, page).await?)
}

fn done_sentence(done: &str) -> Option<&'static str> {
    match done {
        "changed" => Some("The marked cases were changed."),
        "some" => Some("Some were changed. The others do not allow it."),
        "none" => Some("Mark some cases first, then choose what to change."),
        "saved" => Some("The view is saved."),
        "forgotten" => Some("The view is forgotten."),
        "undone" => Some("Your answer was taken back. It is in the draft again."),
        "solved" => Some("Sent, and the case is solved."),
        "refused" => Some("That was refused. Nothing was changed."),
        _ => None,
    }
}
