//! One answer in the editor: one language at a time, with the places that fill themselves in, and
//! how it reads once they are filled.

use askama::Template;
use axum::extract::{Path, Query};
use base::Language;
use base::id::AnswerId;
use desk::answers::{self, LONGEST, Place};
use desk::macros::{self, Step};
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::form::Slips;

/// The page.
#[derive(Template)]
#[template(path = "console/answers/edit.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    /// None while it is new.
    pub(crate) known: Option<answers::Answer>,
    pub(crate) language: Language,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) typed: Typed,
    pub(crate) places: Vec<PlaceLine>,
    /// How the text reads with the sample values.
    pub(crate) look: String,
    /// The English text, beside a translation.
    pub(crate) english: Option<String>,
    /// What a colleague saved meanwhile.
    pub(crate) theirs: Option<String>,
    /// Macros that answer with this.
    pub(crate) macros: Vec<macros::Macro>,
    pub(crate) done: Option<&'static str>,
    pub(crate) slips: Slips,
    pub(crate) no_edit: Option<&'static str>,
    pub(crate) longest: usize,
}

/// A language, and whether the answer was written in it.
pub(crate) struct Tab {
    pub(crate) language: Language,
    pub(crate) there: bool,
    pub(crate) current: bool,
}

/// A place, what fills it, and a sample.
pub(crate) struct PlaceLine {
    pub(crate) place: Place,
    pub(crate) means: &'static str,
    pub(crate) sample: String,
}

/// An answer as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) text: String,
    /// The version the writer began with.
    pub(crate) version: i64,
    /// What the button said.
    pub(crate) deed: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    language: String,
    done: String,
}

/// What the page says beside showing the answer.
#[derive(Default)]
pub(super) struct Says {
    pub(super) typed: Option<Typed>,
    pub(super) slips: Slips,
    pub(super) done: Option<&'static str>,
    /// Somebody else saved it meanwhile: their text is shown.
    pub(super) changed: bool,
}

/// `GET /console/answers/new`.
pub(crate) async fn new(shift: Shift) -> Answer {
    shift.must(Deed::EditAnswers)?;
    html(Language::En, &page(&shift, None, Language::En, Says::default()).await?)
}

/// `GET /console/answers/{answer}`.
pub(crate) async fn show(
    shift: Shift,
    Path(id): Path<AnswerId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let language = asked.language.parse().unwrap_or(Language::En);
    let done = match asked.done.as_str() {
        "saved" => Some("Saved. It is offered like this from now on."),
        "retired" => Some("Retired: it is not offered any more."),
        "back" => Some("It is offered again."),
        _ => None,
    };
    let says = Says { done, ..Says::default() };
    html(Language::En, &page(&shift, Some(id), language, says).await?)
}

/// The page, perhaps with what could not be saved and why.
pub(super) async fn page(
    shift: &Shift,
    id: Option<AnswerId>,
    language: Language,
    says: Says,
) -> Result<Page, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let known = match id {
        Some(id) => Some(answers::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?),
        None => None,
    };
    let all = macros::all(&mut reader).await?;
    drop(reader);
    let text_in = |language| known.as_ref().and_then(|one| one.texts.get(&language)).cloned();
    let version = known.as_ref().map_or(0, |one| one.version);
    let stored = || Typed {
        key: known.as_ref().map_or_else(String::new, |one| one.key.clone()),
        title: known.as_ref().map_or_else(String::new, |one| one.title.clone()),
        text: text_in(language).unwrap_or_default(),
        version,
        deed: String::new(),
    };
    let mut typed = says.typed.unwrap_or_else(stored);
    if says.changed {
        // Whoever has seen what a colleague saved may save over it.
        typed.version = version;
    }
    let site = &shift.house.billing.site.name;
    let sample = |place| answers::sample(place, site, &shift.staff.name, language, shift.now);
    let line =
        |place: &Place| PlaceLine { place: *place, means: means(*place), sample: sample(*place) };
    let tab = |one: Language| Tab {
        language: one,
        there: text_in(one).is_some(),
        current: one == language,
    };
    let title = known.as_ref().map_or("New answer", |one| one.title.as_str());
    Ok(Page {
        frame: shift.frame(title),
        tabs: Language::ALL.into_iter().map(tab).collect(),
        look: answers::fill(&typed.text, |place| Some(sample(place))),
        places: Place::ALL.iter().map(line).collect(),
        english: text_in(Language::En).filter(|_| language != Language::En),
        theirs: text_in(language).filter(|_| says.changed),
        macros: all.into_iter().filter(|one| uses(one, &typed.key)).collect(),
        done: says.done,
        slips: says.slips,
        no_edit: shift.no(Deed::EditAnswers),
        longest: LONGEST,
        language,
        typed,
        known,
    })
}

/// Whether a macro answers with the answer of this key.
fn uses(one: &macros::Macro, key: &str) -> bool {
    one.steps.iter().any(|step| matches!(step, Step::Answer { key: own } if own == key))
}

/// What fills a place.
const fn means(place: Place) -> &'static str {
    match place {
        Place::Customer => "what the customer is called",
        Place::Reference => "the reference of the case",
        Place::Site => "what the site is called",
        Place::Agent => "your name",
        Place::Amount => "the sum of the payment that the case is about",
        Place::Paid => "the day of that payment",
        Place::Statement => "what the statement of the card says",
        Place::Processor => "who took the payment",
        Place::Due => "by when we answer",
        Place::ReopenDays => "the days after which a solved case stays closed",
    }
}
