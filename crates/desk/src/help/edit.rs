//! What editors see: lists by state, one article with all its texts, and the categories.

use std::collections::BTreeMap;

use base::id::ArticleId;
use base::{Fault, Language};
use store::{Page, Reads, Tx};

use super::rows::{articles, texts};
use super::{Article, Category, State, Translation, Version};

/// So many versions of a text are listed.
const VERSIONS: u32 = 30;

/// Which articles an editor wants to see.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those with a text in this state.
    pub state: Option<State>,
    /// Those of the category with this key; all if it is empty.
    pub category: String,
}

/// An article in the editor's list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The article.
    pub article: Article,
    /// Its title, in English or in the language that there is.
    pub title: String,
    /// Its texts.
    pub texts: Vec<Translation>,
}

/// An article with the newest version of each text.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The article.
    pub article: Article,
    /// Its texts, by language.
    pub texts: BTreeMap<Language, (Translation, Version)>,
}

impl Listed {
    /// The text in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> Option<&Translation> {
        self.texts.iter().find(|text| text.language == language)
    }

    /// The texts whose English original has gone on.
    #[must_use]
    pub fn behind(&self) -> Vec<Language> {
        let english = self.text(Language::En);
        let behind = self.texts.iter().filter(|text| text.is_behind(english));
        behind.map(|text| text.language).collect()
    }

    /// The languages without a text.
    #[must_use]
    pub fn missing(&self) -> Vec<Language> {
        Language::ALL.into_iter().filter(|language| self.text(*language).is_none()).collect()
    }
}

/// A page of articles, the newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(
    reads: &mut impl Reads,
    filter: &Filter,
    page: &Page,
) -> Result<Vec<Listed>, Fault> {
    let state = filter.state.map_or("", State::as_str);
    let found = articles::list(reads, state, &filter.category, page).await?;
    let ids: Vec<ArticleId> = found.iter().map(|article| article.id).collect();
    let mut by_article: BTreeMap<ArticleId, Vec<Translation>> = BTreeMap::new();
    for text in texts::of(reads, &ids).await? {
        by_article.entry(text.article).or_default().push(text);
    }
    let mut listed = Vec::new();
    for article in found {
        let texts = by_article.remove(&article.id).unwrap_or_default();
        let english = texts.iter().find(|text| text.language == Language::En);
        let title = match english.or_else(|| texts.first()) {
            Some(text) => texts::version(reads, article.id, text.language, text.head).await?,
            None => None,
        };
        let title = title.map_or_else(|| "(no text yet)".to_owned(), |version| version.title);
        listed.push(Listed { article, title, texts });
    }
    Ok(listed)
}

/// An article with everything that is written for it.
///
/// # Errors
/// A fault if the database fails.
pub async fn whole(reads: &mut impl Reads, id: ArticleId) -> Result<Option<Whole>, Fault> {
    let Some(article) = articles::find(reads, id).await? else { return Ok(None) };
    let mut all = BTreeMap::new();
    for text in texts::of(reads, &[id]).await? {
        let version = texts::version(reads, id, text.language, text.head).await?;
        if let Some(version) = version {
            all.insert(text.language, (text, version));
        }
    }
    Ok(Some(Whole { article, texts: all }))
}

/// The versions of a text, the newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn versions(
    reads: &mut impl Reads,
    id: ArticleId,
    language: Language,
) -> Result<Vec<Version>, Fault> {
    texts::versions(reads, id, language, VERSIONS).await
}

/// One version of a text.
///
/// # Errors
/// A fault if the database fails.
pub async fn version(
    reads: &mut impl Reads,
    id: ArticleId,
    language: Language,
    number: i64,
) -> Result<Option<Version>, Fault> {
    texts::version(reads, id, language, number).await
}

/// All categories, in their order.
///
/// # Errors
/// A fault if the database fails.
pub async fn categories(reads: &mut impl Reads) -> Result<Vec<Category>, Fault> {
    articles::categories(reads).await
}

/// Makes a category, or gives the one with its key other names and another place.
///
/// # Errors
/// A fault if the database fails.
pub async fn put_category(tx: &mut Tx, category: &Category) -> Result<(), Fault> {
    articles::put_category(tx, category).await
}
