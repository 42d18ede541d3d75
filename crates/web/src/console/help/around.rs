//! What several pages of the editor show: languages with their states, doors, next steps.

use std::collections::BTreeMap;

use base::Language;
use desk::help::markdown::{self, Around, Rendered};
use desk::help::{self, State};
use desk::people::Audience;
use store::Reads;

use crate::console::shift::Shift;
use crate::guard::Trouble;

/// A category as lists and forms name it.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    pub(crate) key: String,
    pub(crate) name: String,
}

/// All categories, in their order.
pub(super) async fn shelves(reads: &mut impl Reads) -> Result<Vec<Shelf>, Trouble> {
    let all = help::categories(reads).await?.into_iter();
    let shelf =
        |one: help::Category| Shelf { name: one.name(Language::En).to_owned(), key: one.key };
    Ok(all.map(shelf).collect())
}

/// The class of a state's mark.
pub(super) const fn class_of(state: State) -> &'static str {
    match state {
        State::Draft | State::Archived => "state",
        State::Review => "state state-wait",
        State::Published => "state state-good",
    }
}

/// A text as readers would see it.
pub(super) async fn preview(
    reads: &mut impl Reads,
    shift: &Shift,
    (door, language): (Audience, Language),
    body: &str,
) -> Result<Rendered, Trouble> {
    let linked = help::by_keys(reads, door, language, &markdown::keys(body)).await?;
    let path = |entry: &help::Entry| format!("/{language}/help{}", entry.path);
    let articles: BTreeMap<String, String> =
        linked.iter().map(|(key, entry)| (key.clone(), path(entry))).collect();
    let site = &shift.house.billing.site;
    let around = Around {
        site: &site.name,
        mail: &site.support_mail,
        reopen_days: shift.house.desk.settings.reopen_days(),
        page: language,
        articles: &articles,
    };
    Ok(markdown::rendered(body, &around))
}
