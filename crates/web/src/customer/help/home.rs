//! The front of the help centre: what is needed most, the search, and three doors.

use askama::Template;
use desk::help;
use desk::people::Audience;

use super::item::{Item, ask_link, door_hint, door_name};
use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::incidents;

/// So many articles stand behind each door on the front page.
const EACH: usize = 4;

/// The page.
#[derive(Template)]
#[template(path = "customer/help/home.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) doors: Vec<Door>,
    pub(crate) ask: String,
    /// What is known of processors that have trouble.
    pub(crate) incidents: Vec<String>,
}

/// A door with the first of what is behind it.
pub(crate) struct Door {
    pub(crate) word: &'static str,
    pub(crate) name: String,
    pub(crate) hint: String,
    pub(crate) icon: &'static str,
    pub(crate) items: Vec<Item>,
}

/// `GET /{language}/help`.
pub(crate) async fn show(visit: Visit) -> Answer {
    let mut doors = Vec::new();
    let mut reader = visit.house.billing.store.read().await?;
    for door in Audience::ALL.iter().copied() {
        let top = help::top(&mut reader, door, visit.language(), EACH).await?;
        let icon = match door {
            Audience::Customer => "wallet",
            Audience::Creator => "heart",
            Audience::Studio => "shop",
        };
        doors.push(Door {
            word: door.as_str(),
            name: door_name(visit.words, door),
            hint: door_hint(visit.words, door),
            icon,
            items: Item::all(&visit, top),
        });
    }
    drop(reader);
    let incidents = incidents(&visit.house, visit.words).await;
    let mut frame = visit.frame(visit.words.text("help-title"), Place::Help);
    frame.wide = true;
    let page = Page { ask: frame.path(&ask_link(None, "")), frame, doors, incidents };
    html(visit.language(), &page)
}
