//! One category behind a door, whole.

use askama::Template;
use axum::extract::Path;
use base::Language;
use desk::help;
use desk::people::Audience;

use super::item::{Item, ask_link, door_title};
use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::incidents;

/// The longest list. Whoever has more articles in a category needs another category.
const LONGEST: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "customer/help/category.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) door: &'static str,
    pub(crate) door_title: String,
    pub(crate) items: Vec<Item>,
    pub(crate) ask: String,
    /// What is known of processors that have trouble.
    pub(crate) incidents: Vec<String>,
}

/// `GET /{language}/help/{door}/{category}`.
pub(crate) async fn show(
    visit: Visit,
    Path((_, door, slug)): Path<(String, String, String)>,
) -> Answer {
    let door: Audience = door.parse().map_err(|_| Trouble::NotFound)?;
    let language = visit.language();
    let mut reader = visit.house.billing.store.read().await?;
    let shelf = help::shelf(&mut reader, door, language, &slug, LONGEST).await?;
    drop(reader);
    let shelf = shelf.ok_or(Trouble::NotFound)?;
    let place = |language| format!("/help/{door}/{}", shelf.category.slug(language));
    if shelf.category.slug(language) != slug {
        return Err(Trouble::Elsewhere(visit.path(&place(language))));
    }
    let places = Language::ALL.map(|language| (language, place(language))).to_vec();
    let frame = visit.frame(shelf.category.name(language).to_owned(), Place::Help);
    let page = Page {
        door: door.as_str(),
        door_title: door_title(visit.words, door),
        ask: frame.path(&ask_link(Some(door), "")),
        frame: frame.told_in(language, places),
        items: Item::all(&visit, shelf.entries),
        incidents: incidents(&visit.house, visit.words).await,
    };
    html(language, &page)
}
