//! The audit log, newest first, by who and by what.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use base::{Language, Timestamp};
use desk::audit::{self, Filter, Line};
use identity::staff::{self, Staff};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The list.
#[derive(Template)]
#[template(path = "console/audit/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) asked: Asked,
    pub(crate) staff: Vec<Staff>,
    pub(crate) lines: Vec<Shown>,
    pub(crate) pager: Pager,
}

/// A line as it is shown.
pub(crate) struct Shown {
    pub(crate) at: Timestamp,
    /// The name of a colleague, or the id of whoever it was.
    pub(crate) who: String,
    pub(crate) what: String,
    pub(crate) about: String,
    /// The page of what it is about, if there is one.
    pub(crate) link: Option<String>,
    pub(crate) why: Option<String>,
    pub(crate) nth: Option<i64>,
}

/// What the address asks for. What is empty is not looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) who: String,
    pub(crate) what: String,
    pub(crate) about: String,
    after: Option<String>,
    before: Option<String>,
}

const ROWS: u32 = 50;
/// No id and no word of a deed is longer.
const LONGEST: usize = 60;

/// `GET /console/audit`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    shift.must(Deed::ReadAudit)?;
    let rows = Rows::checked(Some(ROWS), asked.after.clone(), asked.before.clone())?;
    let cut = |text: &str| text.trim().chars().take(LONGEST).collect::<String>();
    let asked =
        Asked { who: cut(&asked.who), what: cut(&asked.what), about: cut(&asked.about), ..asked };
    let filter =
        Filter { actor: asked.who.clone(), what: asked.what.clone(), about: asked.about.clone() };
    let mut reader = shift.house.billing.store.read().await?;
    let found = audit::list(&mut reader, &filter, rows.clone()).await?;
    let staff = staff::list(&mut reader, Rows::first(Rows::MOST)).await?;
    drop(reader);
    let names: HashMap<String, &str> =
        staff.iter().map(|one| (one.id.to_string(), one.name.as_str())).collect();
    let ids = (found.first().map(|one| one.id), found.last().map(|one| one.id));
    let pairs = [("who", &asked.who), ("what", &asked.what), ("about", &asked.about)];
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    let page = Page {
        frame: shift.frame("Audit log"),
        pager: Pager::of("/console/audit", &query, &rows, found.len(), ids),
        lines: found.into_iter().map(|line| shown(line, &names)).collect(),
        asked,
        staff,
    };
    html(Language::En, &page)
}

fn shown(line: Line, names: &HashMap<String, &str>) -> Shown {
    let Line { at, actor, what, about, why, nth, .. } = line;
    Shown {
        at,
        who: names.get(&actor).map_or(actor, |name| (*name).to_owned()),
        what,
        link: link(&about),
        about,
        why,
        nth,
    }
}

/// Where what a line is about is shown.
fn link(about: &str) -> Option<String> {
    let (prefix, _) = about.split_once('_')?;
    let room = match prefix {
        "cas" => "cases",
        "pay" => "payments",
        "cus" => "customers",
        "ntc" => "notices",
        _ => return None,
    };
    Some(format!("/console/{room}/{about}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_page_is_linked() {
        assert_eq!(link("cas_1").as_deref(), Some("/console/cases/cas_1"));
        assert_eq!(link("crd_1"), None);
        assert_eq!(link("nonsense"), None);
    }
}
