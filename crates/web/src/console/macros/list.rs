//! The list of macros: what each does, for whom, and whether money moves.

use askama::Template;
use base::Language;
use base::id::MacroId;
use desk::macros::{self, Macro, Offer, Step};
use desk::permits::Who;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;

/// The page.
#[derive(Template)]
#[template(path = "console/macros/list.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) lines: Vec<Line>,
    pub(crate) no_edit: Option<&'static str>,
}

/// A macro in the list.
pub(crate) struct Line {
    pub(crate) id: MacroId,
    pub(crate) name: String,
    pub(crate) steps: Vec<String>,
    pub(crate) whom: String,
    pub(crate) money: bool,
    pub(crate) retired: bool,
}

/// `GET /console/macros`.
pub(crate) async fn show(shift: Shift) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let all = macros::all(&mut reader).await?;
    drop(reader);
    let (offered, retired): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| one.retired_at.is_none());
    let page = Page {
        frame: shift.frame("Macros"),
        lines: offered.into_iter().chain(retired).map(line).collect(),
        no_edit: shift.no(Deed::EditAnswers),
    };
    html(Language::En, &page)
}

fn line(one: Macro) -> Line {
    Line {
        id: one.id,
        name: one.name,
        money: one.steps.iter().any(Step::moves_money),
        steps: one.steps.iter().map(Step::sentence).collect(),
        whom: whom(one.offer),
        retired: one.retired_at.is_some(),
    }
}

/// For whom a macro is, in words.
fn whom(offer: Offer) -> String {
    let who = name_of(offer.who);
    match offer.team {
        Some(team) => format!("{who}, on cases of {team}"),
        None => who.to_owned(),
    }
}

/// A group of roles, in words.
pub(super) const fn name_of(who: Who) -> &'static str {
    match who {
        Who::Everybody => "everybody",
        Who::Leads => "leads, finance and admins",
        Who::Finance => "finance and admins",
        Who::Admins => "admins",
    }
}
