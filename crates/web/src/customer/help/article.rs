//! One article: its text, what to do next, what is near, and "did this help".

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use base::Language;
use desk::help::{self, NextStep, Reading, markdown};
use desk::people::Audience;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::item::{Item, around, ask_link, door_title};
use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::{Markup, incidents};

/// So many articles are named as related.
const RELATED: usize = 4;
/// A shorter article needs no list of its parts.
const PARTS: usize = 3;

/// The page.
#[derive(Template)]
#[template(path = "customer/help/article.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) door: &'static str,
    pub(crate) door_title: String,
    pub(crate) category: String,
    pub(crate) category_path: String,
    /// The language of the text, if it is not the page's.
    pub(crate) foreign: Option<Language>,
    pub(crate) summary: String,
    pub(crate) body: Markup,
    pub(crate) parts: Vec<(String, String)>,
    pub(crate) updated: Option<String>,
    pub(crate) next: Option<Next>,
    pub(crate) near: Vec<Item>,
    /// Where a voice goes.
    pub(crate) vote: String,
    pub(crate) voted: Voted,
    pub(crate) ask: String,
    /// What is known of processors that have trouble.
    pub(crate) incidents: Vec<String>,
}

/// The button below an article.
pub(crate) struct Next {
    pub(crate) text: String,
    pub(crate) path: String,
    pub(crate) icon: &'static str,
}

/// Whether this reader has just said something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Voted {
    /// Not yet.
    #[default]
    Nothing,
    /// It helped.
    Yes,
    /// It did not.
    No,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Came {
    voted: Voted,
}

/// `GET /{language}/help/{door}/{category}/{slug}`.
pub(crate) async fn show(
    visit: Visit,
    Path((_, door, category, slug)): Path<(String, String, String, String)>,
    Query(came): Query<Came>,
) -> Answer {
    let door: Audience = door.parse().map_err(|_| Trouble::NotFound)?;
    let mut reader = visit.house.billing.store.read().await?;
    let reading = help::read(&mut reader, door, visit.language(), &slug).await?;
    let reading = reading.ok_or(Trouble::NotFound)?;
    if reading.entry.path != format!("/{door}/{category}/{slug}") {
        let path = visit.path(&format!("/help{}", reading.entry.path));
        return Err(Trouble::Elsewhere(path));
    }
    let language = visit.language();
    let keys = markdown::keys(&reading.version.body);
    let linked = help::by_keys(&mut reader, door, language, &keys).await?;
    let near = help::related(&mut reader, door, language, &reading.entry, RELATED).await?;
    drop(reader);
    let links: BTreeMap<String, String> = linked
        .into_iter()
        .map(|(key, entry)| (key, visit.path(&format!("/help{}", entry.path))))
        .collect();
    let mut page = page(&visit, door, reading, &links, near, came.voted);
    page.incidents = incidents(&visit.house, visit.words).await;
    html(language, &page)
}

fn page(
    visit: &Visit,
    door: Audience,
    reading: Reading,
    links: &BTreeMap<String, String>,
    near: Vec<help::Entry>,
    voted: Voted,
) -> Page {
    let language = visit.language();
    let Reading { article, category, entry, version, twins } = reading;
    let around = around(visit, links);
    let text = markdown::rendered(&version.body, &around);
    let title = markdown::filled(&version.title, &around).into_owned();
    let places = twins.into_iter().map(|(of, path)| (of, format!("/help{path}"))).collect();
    let frame = visit.frame(title, Place::Help).told_in(entry.language, places);
    let parts = if text.headings.len() >= PARTS { text.headings } else { Vec::new() };
    Page {
        door: door.as_str(),
        door_title: door_title(visit.words, door),
        category: category.name(language).to_owned(),
        category_path: visit.path(&format!("/help/{door}/{}", category.slug(language))),
        foreign: Some(entry.language).filter(|of| *of != language),
        summary: markdown::filled(&version.summary, &around).into_owned(),
        body: Markup(text.html.into()),
        parts,
        updated: entry.published_at.map(|at| visit.words.date(at, &TimeZone::UTC)),
        next: article.next.map(|next| next_step(visit, door, next)),
        near: Item::all(visit, near),
        vote: visit.path(&format!("/help{}/vote", entry.path)),
        voted,
        ask: visit.path(&ask_link(Some(door), "")),
        incidents: Vec::new(),
        frame,
    }
}

fn next_step(visit: &Visit, door: Audience, next: NextStep) -> Next {
    let (text, path, icon) = match next {
        NextStep::Charge => (visit.words.text("help-next-charge"), "/charge".to_owned(), "search"),
        NextStep::BillingSupport => {
            (visit.words.text("help-next-support"), "/billing-support".to_owned(), "bank")
        }
        NextStep::Contact => {
            (visit.words.text("help-next-contact"), ask_link(Some(door), ""), "mail")
        }
        NextStep::Wallet => (visit.words.text("help-next-wallet"), "/wallet".to_owned(), "wallet"),
        NextStep::Shop => (visit.words.text("help-next-shop"), "/".to_owned(), "shop"),
    };
    Next { text: text.into_owned(), path: visit.path(&path), icon }
}
