//! What several pages of the help centre show: a link to an article, and where a door leads.

use base::Language;
use desk::help::Entry;
use desk::help::markdown::{self, Around};
use desk::people::Audience;
use words::Words;

use crate::guard::session::Visit;

/// A link to an article.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) title: String,
    pub(crate) summary: String,
    /// Its whole path, language included.
    pub(crate) path: String,
    /// The language it is in, if that is not the page's.
    pub(crate) foreign: Option<Language>,
}

impl Item {
    /// Links to these articles from a page.
    pub(super) fn all(visit: &Visit, entries: Vec<Entry>) -> Vec<Item> {
        let nowhere = std::collections::BTreeMap::new();
        let around = around(visit, &nowhere);
        let item = |entry: Entry| Item {
            title: markdown::filled(&entry.title, &around).into_owned(),
            summary: markdown::filled(&entry.summary, &around).into_owned(),
            path: visit.path(&format!("/help{}", entry.path)),
            foreign: Some(entry.language).filter(|language| *language != visit.language()),
        };
        entries.into_iter().map(item).collect()
    }
}

/// What an article may need to know of the page.
pub(super) fn around<'a>(
    visit: &'a Visit,
    articles: &'a std::collections::BTreeMap<String, String>,
) -> Around<'a> {
    let site = &visit.house.billing.site;
    Around {
        site: &site.name,
        mail: &site.support_mail,
        reopen_days: visit.house.desk.settings.reopen_days(),
        page: visit.language(),
        articles,
    }
}

/// What a door is called.
pub(super) fn door_name(words: Words, door: Audience) -> String {
    match door {
        Audience::Customer => words.text("help-door-customer"),
        Audience::Creator => words.text("help-door-creator"),
        Audience::Studio => words.text("help-door-studio"),
    }
    .into_owned()
}

/// What is behind a door, in a sentence.
pub(super) fn door_hint(words: Words, door: Audience) -> String {
    match door {
        Audience::Customer => words.text("help-door-customer-hint"),
        Audience::Creator => words.text("help-door-creator-hint"),
        Audience::Studio => words.text("help-door-studio-hint"),
    }
    .into_owned()
}

/// The title of the page behind a door.
pub(super) fn door_title(words: Words, door: Audience) -> String {
    match door {
        Audience::Customer => words.text("help-title-customer"),
        Audience::Creator => words.text("help-title-creator"),
        Audience::Studio => words.text("help-title-studio"),
    }
    .into_owned()
}

/// The ticket form, with what somebody looked for as its subject.
pub(super) fn ask_link(door: Option<Audience>, subject: &str) -> String {
    let mut asked: Vec<(&str, &str)> = Vec::new();
    if let Some(door) = door {
        asked.push(("door", door.as_str()));
    }
    if !subject.is_empty() {
        asked.push(("subject", subject));
    }
    let query = serde_urlencoded::to_string(&asked).unwrap_or_default();
    if query.is_empty() { "/contact".to_owned() } else { format!("/contact?{query}") }
}
