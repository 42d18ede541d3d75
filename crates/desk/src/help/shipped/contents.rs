//! The list of categories and articles that ship, and their texts.

use std::collections::BTreeMap;

use base::{Fault, Language};
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::front;
use crate::help::{Category, Doors, NextStep, Setting, Written};
use crate::people::Audience;

#[derive(RustEmbed)]
#[folder = "src/help/starter/"]
pub(super) struct Files;

/// Everything that ships.
#[derive(Debug)]
pub(super) struct Starter {
    pub(super) categories: Vec<Category>,
    pub(super) articles: Vec<Shipped>,
}

/// An article that ships.
#[derive(Debug)]
pub(super) struct Shipped {
    pub(super) key: String,
    pub(super) setting: Setting,
    /// English first.
    pub(super) texts: Vec<(Language, Written)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    category: Vec<Named>,
    article: Vec<Listed>,
}

#[derive(Deserialize)]
struct Named {
    key: String,
    #[serde(flatten)]
    names: BTreeMap<Language, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    key: String,
    category: String,
    doors: Vec<Audience>,
    next: Option<NextStep>,
    #[serde(default)]
    top: i64,
}

/// Things stand ten apart, so that a shop can put its own between them.
const APART: i64 = 10;

/// Reads what ships.
///
/// # Errors
/// A fault if a file of ours cannot be read, which a test holds.
pub(super) fn read() -> Result<Starter, Fault> {
    let contents: Contents = toml::from_str(&file("contents.toml")?)
        .map_err(|error| Fault::of("read the contents of the help centre", error))?;
    let categories = contents.category.iter().zip(1..).map(|(named, nth)| {
        Category::checked(&named.key, nth * APART, &named.names)
            .map_err(|no| Fault::of(format!("read the category {}", named.key), no))
    });
    let articles = contents.article.into_iter().zip(1..).map(|(listed, nth)| shipped(listed, nth));
    Ok(Starter {
        categories: categories.collect::<Result<_, _>>()?,
        articles: articles.collect::<Result<_, _>>()?,
    })
}

fn shipped(listed: Listed, nth: i64) -> Result<Shipped, Fault> {
    let Listed { key, category, doors, next, top } = listed;
    let named = || format!("read the article {key}");
    let doors = Doors::checked(&doors).map_err(|no| Fault::of(named(), no))?;
    let mut texts = Vec::new();
    for language in Language::ALL {
        let name = format!("{language}/{key}.md");
        if Files::get(&name).is_some() {
            let written = front::read(&file(&name)?)
                .map_err(|why| Fault::new(format!("read {name}: {why}")))?;
            texts.push((language, written));
        }
    }
    let setting = Setting { category, doors, next, top, position: nth * APART };
    Ok(Shipped { key, setting, texts })
}

fn file(name: &str) -> Result<String, Fault> {
    let file = Files::get(name).ok_or_else(|| Fault::new(format!("find {name}")))?;
    String::from_utf8(file.data.into_owned())
        .map_err(|error| Fault::of(format!("read {name}"), error))
}
