//! The list of creators, each with a link to tip them.

use askama::Template;
use axum::extract::Query;
use base::id::CreatorId;
use identity::creators::{self, Creator};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// The creators.
#[derive(Template)]
#[template(path = "customer/creators/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) people: Vec<Person>,
    pub(crate) older: Option<String>,
}

/// A creator in the list.
pub(crate) struct Person {
    pub(crate) id: CreatorId,
    pub(crate) name: String,
    /// The letters that stand for a picture.
    pub(crate) initials: String,
    /// One of six shades, always the same for the same person.
    pub(crate) shade: u128,
}

impl Person {
    pub(crate) fn of(creator: Creator) -> Person {
        let first = |word: &str| word.chars().find(|letter| letter.is_alphanumeric());
        let initials: String = creator.name.split(' ').filter_map(first).take(2).collect();
        let shade = creator.id.as_u128() % 6;
        Person { id: creator.id, initials: initials.to_uppercase(), shade, name: creator.name }
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    after: Option<String>,
}

const PEOPLE: u32 = 48;

/// `GET /{language}/creators`.
pub(crate) async fn show(visit: Visit, Query(turn): Query<Turn>) -> Answer {
    let rows = Rows::checked(Some(PEOPLE), turn.after, None)?;
    let mut reader = visit.house.billing.store.read().await?;
    let found = creators::list(&mut reader, rows).await?;
    drop(reader);
    let mut frame = visit.frame(visit.words.text("tips-title"), Place::Tips);
    frame.wide = true;
    let full = found.len() == PEOPLE as usize;
    let last = found.last().filter(|_| full).map(|creator| creator.id);
    let page = Page {
        older: last.map(|last| frame.path(&format!("/creators?after={last}"))),
        people: found.into_iter().map(Person::of).collect(),
        frame,
    };
    html(visit.language(), &page)
}
