//! The front of the help centre: what is needed most, the search, and three doors.

use askama::Template;
use desk::help;
use desk::people::Audience;

use super::item::{Item, ask_link, door_hint, door_name};
use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// So many articles stand behind each door on the front page.
const EACH: usize = 4;

/// The page.
#[derive(Template)]
#[template(path = "customer/help/home.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) doors: Vec<Door>,
    pub(crate) ask: String,
    /// What is wrong with payments at the moment, a sentence each.
    pub(crate) troubles: Vec<String>,
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
    let troubles = troubles(&visit).await?;
    let mut frame = visit.frame(visit.words.text("help-title"), Place::Help);
    frame.wide = true;
    let page = Page { ask: frame.path(&ask_link(None, "")), frame, doors, troubles };
    html(visit.language(), &page)
}

/// Processors that do not answer as they should, by the names on this site.
async fn troubles(visit: &Visit) -> Result<Vec<String>, Trouble> {
    let house = &visit.house;
    let open = house.desk.banners.open(&house.billing.store, visit.now).await?;
    let named = |incident: &desk::incidents::OpenIncident| {
        let account = house.billing.accounts.get(&incident.account);
        let name =
            account.map_or_else(|| incident.account.clone(), |account| account.support().name);
        visit.words.text_with("incident-trouble", &[("house", name.as_str().into())])
    };
    Ok(open.iter().map(named).collect())
}
