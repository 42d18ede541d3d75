//! The live rules as a table and as text to change, older versions, and a dry run.

use std::sync::Arc;

use askama::Template;
use axum::extract::Query;
use base::Language;
use billing::routing::{self, Change, Compiled, Kept, NAMES, Trace};
use serde::Deserialize;

use super::dry_run::{Tried, Trying};
use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The page.
#[derive(Template)]
#[template(path = "console/routing/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) done: Option<&'static str>,
    pub(crate) rules: Arc<Compiled>,
    /// The version that decides now; `rules` may be another that is looked at.
    pub(crate) live: i64,
    pub(crate) kept: Vec<Kept>,
    pub(crate) changes: Vec<Change>,
    /// The text in the form.
    pub(crate) text: String,
    /// What is wrong with it.
    pub(crate) wrong: Vec<String>,
    pub(crate) no_change: Option<&'static str>,
    pub(crate) trying: Trying,
    pub(crate) trace: Option<Trace>,
    pub(crate) slip: Option<String>,
    pub(crate) names: &'static [&'static str],
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
    version: Option<i64>,
    #[serde(flatten)]
    trying: Trying,
}

/// `GET /console/routing`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    html(Language::En, &page(&shift, asked, None, Vec::new()).await?)
}

/// The page, perhaps with a text that could not be kept and why.
pub(super) async fn page(
    shift: &Shift,
    asked: Asked,
    text: Option<String>,
    wrong: Vec<String>,
) -> Result<Page, Trouble> {
    let routes = &shift.house.billing.routes;
    let mut reader = shift.house.billing.store.read().await?;
    let live = routing::live(&mut reader, routes).await?;
    let rules = match asked.version {
        None => Arc::clone(&live),
        Some(number) => {
            routing::version(&mut reader, routes, number).await?.ok_or(Trouble::NotFound)?
        }
    };
    let tried = asked.trying.run(&mut reader, routes, &rules).await?;
    let (trace, slip) = match tried {
        Tried::NotAsked => (None, None),
        Tried::Slip(slip) => (None, Some(slip)),
        Tried::Done(trace) => (Some(*trace), None),
    };
    Ok(Page {
        frame: shift.frame("Routing"),
        done: match asked.done.as_str() {
            "saved" => Some("Kept as a new version. It decides from the next payment on."),
            "used" => Some("That version decides again from the next payment on."),
            _ => None,
        },
        text: match text {
            Some(text) => text,
            None => rules.set.to_toml()?,
        },
        live: live.version,
        rules,
        kept: routing::kept(&mut reader).await?,
        changes: routing::changes(&mut reader).await?,
        wrong,
        no_change: (!shift.may(Deed::ChangeRoutes)).then(|| who_may(Deed::ChangeRoutes)),
        trying: asked.trying,
        trace,
        slip,
        names: &NAMES,
    })
}
