//! Where the links of an article lead: other articles by name, pages of ours, or out over https.

use pulldown_cmark::{Event, Tag};

use super::{Around, filled, parser};

/// What other articles are written as.
const ARTICLE: &str = "article:";

/// The names of the articles that a text links to.
#[must_use]
pub fn keys(text: &str) -> Vec<String> {
    let mut keys: Vec<String> = parser(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                dest_url.strip_prefix(ARTICLE).map(str::to_owned)
            }
            _ => None,
        })
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Where a link leads on the page, or nothing if it may lead nowhere.
pub(super) fn resolved(written: &str, around: &Around<'_>) -> Option<String> {
    let link = filled(written, around);
    if let Some(key) = link.strip_prefix(ARTICLE) {
        return around.articles.get(key).cloned();
    }
    let plain = !link.contains(['\\', '\n', '\r', '\t', '\0']);
    if let Some(rest) = link.strip_prefix('/') {
        // A path of ours stands without its language: the page has one.
        return (plain && !rest.starts_with('/')).then(|| format!("/{}/{rest}", around.page));
    }
    let leads_out = ["https://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme));
    (plain && leads_out).then(|| link.into_owned())
}
