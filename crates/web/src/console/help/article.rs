//! One article in the editor: the English text beside the text of a language, as readers would see
//! it, with its links checked, its versions and its way to publication.

use askama::Template;
use axum::extract::{Path, Query};
use base::id::ArticleId;
use base::{Language, Timestamp};
use desk::help::{self, Article, State, Translation, Version, Whole};
use serde::Deserialize;

use super::around::{Shelf, class_of, preview, shelves};
use super::new::Placed;
use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::Markup;

/// The page.
#[derive(Template)]
#[template(path = "console/help/article.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) done: Option<&'static str>,
    pub(crate) wrong: Option<String>,
    pub(crate) article: Article,
    pub(crate) language: Language,
    pub(crate) tabs: Vec<Tab>,
    /// The text that is edited, if there is one.
    pub(crate) text: Option<Translation>,
    pub(crate) behind: bool,
    /// The English text, beside a translation.
    pub(crate) english: Option<Version>,
    pub(crate) form: TextForm,
    pub(crate) shown: Markup,
    pub(crate) broken: Vec<String>,
    pub(crate) versions: Vec<Version>,
    pub(crate) voices: Option<(i64, i64)>,
    pub(crate) categories: Vec<Shelf>,
    pub(crate) placed: Placed,
    pub(crate) live_path: Option<String>,
    pub(crate) no_edit: Option<&'static str>,
    pub(crate) no_publish: Option<&'static str>,
}

/// A language and where its text stands.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub(crate) language: Language,
    pub(crate) word: &'static str,
    pub(crate) class: &'static str,
    pub(crate) behind: bool,
    pub(crate) current: bool,
}

/// A text as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct TextForm {
    pub(crate) title: String,
    pub(crate) slug: String,
    pub(crate) summary: String,
    pub(crate) body: String,
    /// The version the writer began with.
    pub(crate) seen: i64,
    /// What the button said.
    pub(crate) deed: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    language: String,
    /// An older version, to look at or to go on from.
    version: Option<i64>,
    done: String,
}

/// What the page says beside showing the text.
#[derive(Default)]
pub(super) struct Says {
    pub(super) done: Option<&'static str>,
    pub(super) wrong: Option<String>,
    /// What was typed and is not saved.
    pub(super) form: Option<TextForm>,
    pub(super) version: Option<i64>,
}

/// `GET /console/help/{article}`.
pub(crate) async fn show(
    shift: Shift,
    Path(id): Path<ArticleId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let language = asked.language.parse().unwrap_or(Language::En);
    let done = match asked.done.as_str() {
        "saved" => Some("Saved as a new version. Readers see it when it is published."),
        "moved" => Some("Done."),
        "placed" => Some("The place of the article is kept."),
        _ => None,
    };
    let says = Says { done, version: asked.version, ..Says::default() };
    html(Language::En, &page(&shift, id, language, says).await?)
}

/// The page, perhaps with what could not be saved and why.
pub(super) async fn page(
    shift: &Shift,
    id: ArticleId,
    language: Language,
    says: Says,
) -> Result<Page, Trouble> {
    let env = &shift.house.billing.env;
    let mut reader = shift.house.billing.store.read().await?;
    let whole = help::whole(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    let versions = help::versions(&mut reader, id, language).await?;
    let voices = help::voices(&mut reader, env, &[id]).await?.remove(&id);
    let categories = shelves(&mut reader).await?;
    let older = match says.version {
        Some(number) => help::version(&mut reader, id, language, number).await?,
        None => None,
    };
    let head = whole.texts.get(&language).map(|(_, version)| version.clone());
    let seen = head.as_ref().map_or(0, |head| head.number);
    let form = says.form.unwrap_or_else(|| typed(older.or(head), seen));
    let door = whole.article.doors.all()[0];
    let shown = preview(&mut reader, shift, (door, language), &form.body).await?;
    let live = match whole.texts.get(&language).and_then(|(text, _)| text.live) {
        Some(number) => help::version(&mut reader, id, language, number).await?,
        None => None,
    };
    let path = match live {
        Some(live) => help::read(&mut reader, door, language, &live.slug).await?,
        None => None,
    };
    drop(reader);
    let Whole { article, texts } = whole;
    let english = texts.get(&Language::En).map(|(text, _)| text);
    let tabs = Language::ALL.map(|of| tab(of, language, texts.get(&of), english)).to_vec();
    let text = texts.get(&language).map(|(text, _)| text.clone());
    Ok(Page {
        frame: shift.frame("Article"),
        done: says.done,
        wrong: says.wrong,
        placed: Placed::of(&article),
        behind: text.as_ref().is_some_and(|text| text.is_behind(english)),
        english: texts
            .get(&Language::En)
            .filter(|_| language != Language::En)
            .map(|(_, version)| version.clone()),
        article,
        language,
        tabs,
        text,
        form,
        shown: Markup(shown.html.into()),
        broken: shown.broken,
        versions,
        voices,
        categories,
        live_path: path.map(|reading| format!("/{language}/help{}", reading.entry.path)),
        no_edit: (!shift.may(Deed::EditHelp)).then(|| who_may(Deed::EditHelp)),
        no_publish: (!shift.may(Deed::PublishHelp)).then(|| who_may(Deed::PublishHelp)),
    })
}

fn typed(version: Option<Version>, seen: i64) -> TextForm {
    let Some(version) = version else { return TextForm::default() };
    let Version { title, slug, summary, body, .. } = version;
    TextForm { title, slug, summary, body, seen, deed: String::new() }
}

fn tab(
    language: Language,
    current: Language,
    text: Option<&(Translation, Version)>,
    english: Option<&Translation>,
) -> Tab {
    let text = text.map(|(text, _)| text);
    Tab {
        language,
        word: text.map_or("missing", |text| text.state.as_str()),
        class: text.map_or("state", |text| class_of(text.state)),
        behind: text.is_some_and(|text| text.is_behind(english)),
        current: language == current,
    }
}

impl Page {
    /// Whether the newest text is in that state.
    pub(crate) fn is(&self, state: &str) -> bool {
        self.text.as_ref().is_some_and(|text| text.state.as_str() == state)
    }

    /// Whether readers see anything in this language.
    pub(crate) fn is_live(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.live.is_some())
    }

    /// Whether this version is the one that is read.
    pub(crate) fn reads(&self, number: &i64) -> bool {
        self.text.as_ref().and_then(|text| text.live) == Some(*number)
    }

    /// When the newest text comes out by itself.
    pub(crate) fn comes_out(&self) -> Option<Timestamp> {
        let text = self.text.as_ref().filter(|text| text.state == State::Review);
        text.and_then(|text| text.publish_at)
    }
}
