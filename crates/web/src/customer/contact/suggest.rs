//! Articles that may answer at once, found by the subject: a piece of the form, and a piece by
//! itself for the script that asks while somebody types.

use askama::Template;
use axum::extract::Query;
use desk::help;
use desk::people::Audience;
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};
use crate::layout::{Frame, Place};

/// How much of a subject is looked at.
const LONGEST: usize = 200;
/// How many are offered.
const MOST: usize = 4;

/// An article.
pub(crate) struct Hint {
    /// Its title.
    pub(crate) title: String,
    /// Where it is read.
    pub(crate) path: String,
    /// Its language, if that is not the page's.
    pub(crate) language: Option<&'static str>,
}

/// The piece by itself.
#[derive(Template)]
#[template(path = "customer/contact/hints.html")]
pub(crate) struct Piece {
    pub(crate) frame: Frame,
    pub(crate) hints: Vec<Hint>,
}

/// What is asked about.
#[derive(Deserialize)]
pub(crate) struct About {
    #[serde(default)]
    door: String,
    #[serde(default)]
    subject: String,
}

/// `GET /{language}/contact/suggest`.
pub(crate) async fn show(visit: Visit, Query(about): Query<About>) -> Answer {
    visit.house.limits.count(Room::Suggest, visit.address.0, visit.now)?;
    let hints = hints(&visit, &about.door, &about.subject).await?;
    let frame = visit.frame(visit.words.text("contact-suggest"), Place::Elsewhere);
    html(visit.language(), &Piece { frame, hints })
}

/// Articles about a subject, in the page's language or the next best.
pub(crate) async fn hints(visit: &Visit, door: &str, subject: &str) -> Result<Vec<Hint>, Trouble> {
    let door = door.parse().unwrap_or(Audience::Customer);
    let subject: String = subject.chars().take(LONGEST).collect();
    let language = visit.language();
    let mut reader = visit.house.billing.store.read().await?;
    let found = help::suggest(&mut reader, door, language, &subject, MOST).await?;
    let hint = |entry: help::Entry| Hint {
        path: visit.path(&format!("/help/{}", entry.path.trim_start_matches('/'))),
        language: (entry.language != language).then(|| entry.language.tag()),
        title: entry.title,
    };
    Ok(found.into_iter().map(hint).collect())
}
