//! The list of articles by state, with what is behind or missing, and what readers did not find.

use askama::Template;
use axum::extract::Query;
use base::Language;
use base::id::ArticleId;
use desk::help::{self, Filter, Listed, Miss, State};
use serde::Deserialize;
use store::Page as Rows;

use super::around::{Shelf, class_of, shelves};
use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// So many articles on a page.
const ARTICLES: u32 = 30;
/// So many searches without a hit.
const MISSES: u32 = 30;

/// The page.
#[derive(Template)]
#[template(path = "console/help/list.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) done: Option<&'static str>,
    pub(crate) state: Option<State>,
    pub(crate) category: String,
    pub(crate) categories: Vec<Shelf>,
    pub(crate) lines: Vec<Line>,
    pub(crate) pager: Pager,
    pub(crate) misses: Vec<Miss>,
    pub(crate) no_edit: Option<&'static str>,
}

impl Page {
    /// Whether only texts in this state are shown.
    pub(crate) fn shows_state(&self, state: &State) -> bool {
        self.state == Some(*state)
    }

    /// Whether only this category is shown.
    pub(crate) fn shows_category(&self, key: &str) -> bool {
        self.category == key
    }
}

/// An article in the list.
pub(crate) struct Line {
    pub(crate) id: ArticleId,
    pub(crate) title: String,
    pub(crate) category: String,
    pub(crate) doors: String,
    pub(crate) texts: Vec<Mark>,
    /// How many it helped, of how many who said.
    pub(crate) voices: Option<(i64, i64)>,
}

/// A language and where its text stands.
pub(crate) struct Mark {
    pub(crate) language: Language,
    pub(crate) word: &'static str,
    pub(crate) class: &'static str,
    pub(crate) behind: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
    state: String,
    category: String,
    after: Option<String>,
    before: Option<String>,
}

/// `GET /console/help`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let rows = Rows::checked(Some(ARTICLES), asked.after, asked.before)?;
    let filter = Filter { state: asked.state.parse().ok(), category: asked.category };
    let env = &shift.house.billing.env;
    let mut reader = shift.house.billing.store.read().await?;
    let categories = shelves(&mut reader).await?;
    let found = help::list(&mut reader, &filter, &rows).await?;
    let ids: Vec<ArticleId> = found.iter().map(|listed| listed.article.id).collect();
    let voices = help::voices(&mut reader, env, &ids).await?;
    let misses = help::misses(&mut reader, MISSES).await?;
    drop(reader);
    let query = [("state", filter.state.map_or("", State::as_str)), ("category", &filter.category)];
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    let ends = (ids.first().copied(), ids.last().copied());
    let line = |listed: Listed| {
        let said = voices.get(&listed.article.id).copied();
        line(listed, said, &categories)
    };
    let page = Page {
        frame: shift.frame("Help centre"),
        done: match asked.done.as_str() {
            "forgotten" => Some("Taken off the list."),
            "category" => Some("The category is kept."),
            _ => None,
        },
        pager: Pager::of("/console/help", &query, &rows, ids.len(), ends),
        lines: found.into_iter().map(line).collect(),
        state: filter.state,
        category: filter.category,
        misses,
        no_edit: (!shift.may(Deed::EditHelp)).then(|| who_may(Deed::EditHelp)),
        categories,
    };
    html(Language::En, &page)
}

fn line(listed: Listed, voices: Option<(i64, i64)>, categories: &[Shelf]) -> Line {
    let behind = listed.behind();
    let mark = |language: Language| match listed.text(language) {
        None => Mark { language, word: "missing", class: "state", behind: false },
        Some(text) => {
            // A newer draft does not take away what is read.
            let live = text.live.is_some() && text.state != State::Published;
            let word = match text.state {
                State::Draft if live => "published, newer draft",
                State::Review if live => "published, newer in review",
                State::Draft | State::Review | State::Published | State::Archived => {
                    text.state.as_str()
                }
            };
            let class = class_of(if live { State::Published } else { text.state });
            Mark { language, word, class, behind: behind.contains(&language) }
        }
    };
    let category = categories.iter().find(|one| one.key == listed.article.category);
    Line {
        id: listed.article.id,
        texts: Language::ALL.into_iter().map(mark).collect(),
        category: category.map_or_else(String::new, |one| one.name.clone()),
        doors: listed.article.doors.word().replace('+', ", "),
        title: listed.title,
        voices,
    }
}
