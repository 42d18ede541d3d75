//! Looking for an article. What is not found is counted, and can be asked with one click.

use askama::Template;
use axum::extract::Query;
use desk::help::{self, Search};
use desk::people::Audience;
use serde::Deserialize;

use super::item::{Item, ask_link, door_name};
use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};
use crate::layout::{Frame, Place};
use crate::parts::incidents;

/// So many articles are shown.
const SHOWN: usize = 20;
/// How much of what is typed is looked at, in characters.
const LONGEST: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "customer/help/search.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    /// What was typed.
    pub(crate) text: String,
    pub(crate) doors: Vec<Choice>,
    pub(crate) items: Vec<Item>,
    pub(crate) ask: String,
    /// What is known of processors that have trouble.
    pub(crate) incidents: Vec<String>,
}

/// Where to look.
pub(crate) struct Choice {
    pub(crate) word: &'static str,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    door: String,
}

/// `GET /{language}/help/search`.
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let text: String = asked.q.trim().chars().take(LONGEST).collect();
    let door: Option<Audience> = asked.door.parse().ok();
    let items = if text.is_empty() { Vec::new() } else { found(&visit, door, &text).await? };
    let choice = |of: Option<Audience>| Choice {
        word: of.map_or("", Audience::as_str),
        name: match of {
            Some(of) => door_name(visit.words, of),
            None => visit.words.text("help-search-everywhere").into_owned(),
        },
        chosen: of == door,
    };
    let all = std::iter::once(None).chain(Audience::ALL.iter().copied().map(Some));
    let title = if text.is_empty() {
        visit.words.text("help-search-title").into_owned()
    } else {
        visit.words.text_with("help-results", &[("words", text.as_str().into())])
    };
    let frame = visit.frame(title, Place::Help);
    let page = Page {
        doors: all.map(choice).collect(),
        incidents: incidents(&visit.house, visit.words).await,
        ask: frame.path(&ask_link(door, &text)),
        frame,
        text,
        items,
    };
    html(visit.language(), &page)
}

async fn found(visit: &Visit, door: Option<Audience>, text: &str) -> Result<Vec<Item>, Trouble> {
    let house = &visit.house;
    house.limits.count(Room::Help, visit.address.0, visit.now)?;
    let (store, env) = (&house.billing.store, &house.billing.env);
    let language = visit.language();
    let mut reader = store.read().await?;
    let search = Search { door, language, text, limit: SHOWN };
    let entries = help::find(&mut reader, &search).await?;
    drop(reader);
    if entries.is_empty() {
        store::write!(store, |tx| Ok(help::note_miss(tx, env, language, door, text).await?))?;
    }
    Ok(Item::all(visit, entries))
}
