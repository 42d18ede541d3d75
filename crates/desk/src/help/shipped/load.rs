//! Loading what ships: what is missing is made, what nobody has touched is brought up to date, and
//! what staff wrote stays as they wrote it.

use std::collections::BTreeMap;

use base::id::ArticleId;
use base::{Actor, Env, Language, Stop};
use sha2::{Digest as _, Sha256};
use store::{Reads, Store, Tx};

use super::contents::{self, Shipped, Starter};
use crate::help::rows::{articles, texts};
use crate::help::write::{blank, write_version};
use crate::help::{Article, NewArticle, State, Translation, Written, make, publish};

/// What loading did, in texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// New ones.
    pub made: usize,
    /// Those that were as we shipped them and are now as we ship them today.
    pub renewed: usize,
    /// Those that are as they should be.
    pub same: usize,
    /// Those that staff have changed, archived, or given another article's slug.
    pub left: usize,
}

/// What there is of the articles that ship.
type Known = BTreeMap<String, (Article, BTreeMap<Language, Translation>)>;

/// Loads what ships. A second time it changes nothing.
///
/// # Errors
/// A fault if the database fails.
pub async fn load(store: &Store, env: &Env) -> Result<Loaded, Stop> {
    let starter = contents::read()?;
    let mut reader = store.read().await?;
    let known = known(&mut reader, &starter).await?;
    let categories = articles::categories(&mut reader).await?;
    drop(reader);
    let is_there = |key: &str| categories.iter().any(|category| category.key == key);
    let seen = plan(&starter, &known);
    let all_there = starter.categories.iter().all(|category| is_there(&category.key));
    if seen.made == 0 && seen.renewed == 0 && all_there {
        return Ok(seen);
    }
    store::write!(store, |tx| {
        let there = articles::categories(tx).await?;
        for category in &starter.categories {
            if !there.iter().any(|one| one.key == category.key) {
                articles::put_category(tx, category).await?;
            }
        }
        let known = self::known(tx, &starter).await?;
        let mut loaded = Loaded::default();
        for shipped in &starter.articles {
            load_article(tx, env, shipped, known.get(&shipped.key), &mut loaded).await?;
        }
        Ok(loaded)
    })
}

async fn known(reads: &mut impl Reads, starter: &Starter) -> Result<Known, base::Fault> {
    let keys = starter.articles.iter().map(|shipped| shipped.key.clone()).collect();
    let found = articles::by_keys(reads, keys).await?;
    let ids: Vec<ArticleId> = found.iter().map(|article| article.id).collect();
    let mut by_id: BTreeMap<ArticleId, BTreeMap<Language, Translation>> = BTreeMap::new();
    for text in texts::of(reads, &ids).await? {
        by_id.entry(text.article).or_default().insert(text.language, text);
    }
    let with_texts = |article: Article| {
        let texts = by_id.remove(&article.id).unwrap_or_default();
        article.key.clone().map(|key| (key, (article, texts)))
    };
    Ok(found.into_iter().filter_map(with_texts).collect())
}

/// What is to be done with a text that ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    New,
    Renew,
    Same,
    Leave,
}

fn fate(known: Option<&Translation>, digest: &str) -> Fate {
    match known {
        None => Fate::New,
        Some(text) if text.starter.as_deref() == Some(digest) => Fate::Same,
        Some(text) if text.starter.is_some() && text.state == State::Published => Fate::Renew,
        Some(_) => Fate::Leave,
    }
}

impl Loaded {
    fn count(&mut self, fate: Fate) {
        match fate {
            Fate::New => self.made += 1,
            Fate::Renew => self.renewed += 1,
            Fate::Same => self.same += 1,
            Fate::Leave => self.left += 1,
        }
    }
}

/// What loading would do.
fn plan(starter: &Starter, known: &Known) -> Loaded {
    let mut loaded = Loaded::default();
    for shipped in &starter.articles {
        let texts = known.get(&shipped.key).map(|(_, texts)| texts);
        for (language, written) in &shipped.texts {
            let text = texts.and_then(|texts| texts.get(language));
            loaded.count(fate(text, &digest(written)));
        }
    }
    loaded
}

async fn load_article(
    tx: &mut Tx,
    env: &Env,
    shipped: &Shipped,
    known: Option<&(Article, BTreeMap<Language, Translation>)>,
    loaded: &mut Loaded,
) -> Result<(), Stop> {
    let (article, mut there) = match known {
        Some((article, texts)) => (article.clone(), texts.clone()),
        None => {
            let new =
                NewArticle { key: Some(shipped.key.clone()), setting: shipped.setting.clone() };
            (make(tx, env, &new, Actor::System).await?, BTreeMap::new())
        }
    };
    for (language, written) in &shipped.texts {
        let digest = digest(written);
        let known = there.get(language);
        let mut fate = fate(known, &digest);
        if matches!(fate, Fate::New | Fate::Renew) {
            let owner = texts::take_slug(tx, *language, &written.slug, article.id).await?;
            if owner == article.id {
                let old = known.cloned().unwrap_or_else(|| blank(env, article.id, *language));
                let english = there.get(&Language::En).and_then(|text| text.live);
                let new = published(env, old, digest, english);
                write_version(tx, env, &new, written, Actor::System).await?;
                texts::put(tx, &new).await?;
                publish::index(tx, &article, &new).await?;
                there.insert(*language, new);
            } else {
                fate = Fate::Leave;
            }
        }
        loaded.count(fate);
    }
    Ok(())
}

fn published(env: &Env, old: Translation, digest: String, english: Option<i64>) -> Translation {
    let head = old.head + 1;
    Translation {
        state: State::Published,
        head,
        live: Some(head),
        follows: english.filter(|_| old.language != Language::En),
        publish_at: None,
        starter: Some(digest),
        published_by: Some(Actor::System.to_string()),
        published_at: Some(env.now()),
        updated_at: env.now(),
        ..old
    }
}

fn digest(written: &Written) -> String {
    let Written { slug, title, summary, body } = written;
    hex::encode(Sha256::digest([slug, title, summary, body].map(String::as_str).join("\n")))
}
