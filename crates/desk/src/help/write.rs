//! Making an article, setting where it stands, and saving a text of it as a new version.

use base::id::ArticleId;
use base::{Actor, Env, Kind, Language, Refusal, Stop};
use store::Tx;

use super::noted;
use super::rows::{articles, texts};
use super::{Article, Doors, NextStep, State, Translation, Version, Written};

const NO_ARTICLE: Refusal =
    Refusal::new(Kind::NotFound, "no_such_article", "there is no article with this id");
const NO_CATEGORY: Refusal =
    Refusal::new(Kind::Rule, "no_such_help_category", "choose a category that there is");
const NEWER: Refusal = Refusal::new(
    Kind::Conflict,
    "newer_article_version",
    "somebody has saved a newer version; look at it and save yours again",
);
const SLUG_TAKEN: Refusal = Refusal::new(
    Kind::Conflict,
    "article_slug_taken",
    "another article goes by this slug in this language; choose another",
);

/// An article that is to be made.
#[derive(Clone, Debug)]
pub struct NewArticle {
    /// Its name among what ships with Paydesk.
    pub key: Option<String>,
    /// Where it stands.
    pub setting: Setting,
}

/// Where an article stands and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key of its category.
    pub category: String,
    /// Who may read it.
    pub doors: Doors,
    /// What a reader may do next.
    pub next: Option<NextStep>,
    /// Its place among what people are shown first; 0 for none.
    pub top: i64,
    /// Its place in its category.
    pub position: i64,
}

/// Makes an article without any text.
///
/// # Errors
/// Refused if there is no such category; a fault if the database fails.
pub async fn make(tx: &mut Tx, env: &Env, new: &NewArticle, by: Actor) -> Result<Article, Stop> {
    check_category(tx, &new.setting.category).await?;
    let Setting { category, doors, next, top, position } = new.setting.clone();
    let article = Article {
        id: env.id(),
        key: new.key.clone(),
        category,
        doors,
        next,
        top,
        position,
        made_by: by.to_string(),
        created_at: env.now(),
    };
    articles::insert(tx, &article).await?;
    noted::article(tx, env, noted::MADE, article.id, by).await?;
    Ok(article)
}

/// Lets an article stand elsewhere.
///
/// # Errors
/// Refused if there is no such article or category; a fault if the database fails.
pub async fn set(
    tx: &mut Tx,
    env: &Env,
    id: ArticleId,
    setting: &Setting,
    by: Actor,
) -> Result<Article, Stop> {
    check_category(tx, &setting.category).await?;
    let old = articles::find(tx, id).await?.ok_or(NO_ARTICLE)?;
    let Setting { category, doors, next, top, position } = setting.clone();
    let new = Article { category, doors, next, top, position, ..old.clone() };
    articles::update(tx, &new).await?;
    noted::article(tx, env, noted::PLACED, id, by).await?;
    if new.doors != old.doors {
        for one in texts::of(tx, &[id]).await? {
            super::publish::index(tx, &new, &one).await?;
        }
    }
    Ok(new)
}

async fn check_category(tx: &mut Tx, key: &str) -> Result<(), Stop> {
    let known = articles::categories(tx).await?.iter().any(|category| category.key == key);
    if known { Ok(()) } else { Err(NO_CATEGORY.at("category").into()) }
}

/// Saves a text as a new version, a draft. What is read stays as it is until it is published.
///
/// `seen` is the version the writer began with, 0 for none.
///
/// # Errors
/// Refused if there is no such article, if somebody has saved a newer version meanwhile, or if
/// another article goes by the slug; a fault if the database fails.
pub async fn save(
    tx: &mut Tx,
    env: &Env,
    (id, language): (ArticleId, Language),
    written: &Written,
    seen: i64,
    by: Actor,
) -> Result<Translation, Stop> {
    articles::find(tx, id).await?.ok_or(NO_ARTICLE)?;
    let known = texts::find(tx, id, language).await?;
    if known.as_ref().map_or(0, |known| known.head) != seen {
        return Err(NEWER.into());
    }
    let english = texts::find(tx, id, Language::En).await?.filter(|_| language != Language::En);
    let mut saved = known.unwrap_or_else(|| blank(env, id, language));
    saved.head = seen + 1;
    saved.state = State::Draft;
    saved.follows = english.and_then(|english| english.live.or(Some(english.head)));
    saved.publish_at = None;
    saved.starter = None;
    saved.updated_at = env.now();
    write_version(tx, env, &saved, written, by).await?;
    texts::put(tx, &saved).await?;
    noted::saved(tx, env, &saved, by).await?;
    Ok(saved)
}

/// A text that is not there yet.
pub(super) fn blank(env: &Env, article: ArticleId, language: Language) -> Translation {
    Translation {
        article,
        language,
        state: State::Draft,
        head: 0,
        live: None,
        follows: None,
        publish_at: None,
        starter: None,
        published_by: None,
        published_at: None,
        updated_at: env.now(),
    }
}

/// Writes the newest version of a text.
pub(super) async fn write_version(
    tx: &mut Tx,
    env: &Env,
    saved: &Translation,
    written: &Written,
    by: Actor,
) -> Result<(), Stop> {
    let Written { slug, title, summary, body } = written.clone();
    if texts::take_slug(tx, saved.language, &slug, saved.article).await? != saved.article {
        return Err(SLUG_TAKEN.at("slug").into());
    }
    let version = Version {
        language: saved.language,
        number: saved.head,
        slug,
        title,
        summary,
        body,
        made_by: by.to_string(),
        created_at: env.now(),
    };
    texts::insert_version(tx, saved.article, &version).await?;
    Ok(())
}
