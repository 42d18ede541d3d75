//! One door: every category behind it with its first articles.

use askama::Template;
use axum::extract::Path;
use desk::help;
use desk::people::Audience;

use super::item::{Item, ask_link, door_hint, door_title};
use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::incidents;

/// So many articles of a category are shown before the link to all of them.
const EACH: usize = 6;

/// The page.
#[derive(Template)]
#[template(path = "customer/help/door.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) door: &'static str,
    pub(crate) hint: String,
    pub(crate) shelves: Vec<Shelf>,
    pub(crate) ask: String,
    /// What is known of processors that have trouble.
    pub(crate) incidents: Vec<String>,
}

/// A category.
pub(crate) struct Shelf {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) items: Vec<Item>,
    /// There may be more of them.
    pub(crate) more: bool,
}

/// `GET /{language}/help/{door}`.
pub(crate) async fn show(visit: Visit, Path((_, door)): Path<(String, String)>) -> Answer {
    let door: Audience = door.parse().map_err(|_| Trouble::NotFound)?;
    let language = visit.language();
    let mut reader = visit.house.billing.store.read().await?;
    let found = help::shelves(&mut reader, door, language, EACH + 1).await?;
    drop(reader);
    let mut frame = visit.frame(door_title(visit.words, door), Place::Help);
    frame.wide = true;
    let shelf = |mut shelf: help::Shelf| {
        let more = shelf.entries.len() > EACH;
        shelf.entries.truncate(EACH);
        Shelf {
            name: shelf.category.name(language).to_owned(),
            path: visit.path(&format!("/help/{door}/{}", shelf.category.slug(language))),
            items: Item::all(&visit, shelf.entries),
            more,
        }
    };
    let page = Page {
        door: door.as_str(),
        hint: door_hint(visit.words, door),
        incidents: incidents(&visit.house, visit.words).await,
        shelves: found.into_iter().map(shelf).collect(),
        ask: frame.path(&ask_link(Some(door), "")),
        frame,
    };
    html(language, &page)
}
