//! The list of answers that are ready: by words in them, and by the language that is missing.

use askama::Template;
use axum::extract::Query;
use base::id::AnswerId;
use base::{Language, Timestamp};
use desk::answers;
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;

/// The page.
#[derive(Template)]
#[template(path = "console/answers/list.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) words: String,
    pub(crate) lacks: Option<Language>,
    pub(crate) lines: Vec<Line>,
    /// Whether there is any answer at all.
    pub(crate) any: bool,
    pub(crate) no_edit: Option<&'static str>,
}

impl Page {
    /// Whether only answers without a text in this language are shown.
    pub(crate) fn is_lacking(&self, language: &Language) -> bool {
        self.lacks == Some(*language)
    }
}

/// An answer in the list.
pub(crate) struct Line {
    pub(crate) id: AnswerId,
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) languages: Vec<Mark>,
    pub(crate) retired: bool,
    pub(crate) updated_at: Timestamp,
}

/// A language, and whether the answer was written in it.
pub(crate) struct Mark {
    pub(crate) language: Language,
    pub(crate) there: bool,
}

/// What is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    lacks: String,
}

/// No search is longer.
const LONGEST: usize = 100;

/// `GET /console/answers`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let all = answers::all(&mut reader).await?;
    drop(reader);
    let words: String = asked.q.trim().chars().take(LONGEST).collect();
    let lacks = asked.lacks.parse::<Language>().ok();
    let any = !all.is_empty();
    let fits = |one: &answers::Answer| {
        found(one, &words) && lacks.is_none_or(|language| !one.texts.contains_key(&language))
    };
    // What is offered stands before what is retired.
    let (offered, retired): (Vec<_>, Vec<_>) =
        all.into_iter().filter(fits).partition(|one| one.retired_at.is_none());
    let page = Page {
        frame: shift.frame("Answers"),
        lines: offered.into_iter().chain(retired).map(line).collect(),
        no_edit: shift.no(Deed::EditAnswers),
        words,
        lacks,
        any,
    };
    html(Language::En, &page)
}

/// Whether all these words are in an answer: in its key, its title or a text.
fn found(answer: &answers::Answer, words: &str) -> bool {
    let own = [&answer.key, &answer.title];
    let all: Vec<String> =
        own.into_iter().chain(answer.texts.values()).map(|text| text.to_lowercase()).collect();
    let words = words.to_lowercase();
    let mut words = words.split_whitespace().map(|word| word.trim_start_matches(';'));
    words.all(|word| all.iter().any(|text| text.contains(word)))
}

fn line(answer: answers::Answer) -> Line {
    let mark = |language| Mark { language, there: answer.texts.contains_key(&language) };
    Line {
        id: answer.id,
        languages: Language::ALL.into_iter().map(mark).collect(),
        retired: answer.retired_at.is_some(),
        updated_at: answer.updated_at,
        key: answer.key,
        title: answer.title,
    }
}
