//! The allow-list: what may stand in a mail that is shown.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

use super::style::PROPERTIES;

/// Elements that may stay. All others go and leave their text.
pub(super) const ELEMENTS: [&str; 57] = [
    "a",
    "abbr",
    "address",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
];
/// Attributes that may stay on every element.
pub(super) const EVERYWHERE: [&str; 8] =
    ["align", "class", "dir", "id", "lang", "style", "title", "valign"];
/// Where links may lead.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];
/// Before ids and classes, so that they do not meet those of our pages.
pub(super) const PREFIX: &str = "letter-";

/// Attributes that may stay on one element.
pub(super) fn on(element: &str) -> &'static [&'static str] {
    match element {
        "a" => &["href"],
        "img" => &["alt", "data-cid", "data-remote", "height", "width"],
        "col" | "colgroup" => &["span", "width"],
        "ol" => &["start", "type"],
        "table" => &["border", "cellpadding", "cellspacing", "width"],
        "td" | "th" => &["colspan", "height", "rowspan", "width"],
        "del" | "ins" | "bdo" => &["datetime"],
        _ => &[],
    }
}

/// The same rules for the library that has the last word.
pub(super) fn builder() -> Builder<'static> {
    let mut builder = Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = ELEMENTS
        .into_iter()
        .filter(|element| !on(element).is_empty())
        .map(|element| (element, on(element).iter().copied().collect()))
        .collect();
    builder
        .tags(ELEMENTS.into_iter().collect())
        .clean_content_tags(["script", "style"].into_iter().collect())
        .generic_attributes(EVERYWHERE.into_iter().collect())
        .tag_attributes(attributes)
        .url_schemes(SCHEMES.into_iter().collect())
        .url_relative(UrlRelative::Custom(Box::new(within)))
        .filter_style_properties(PROPERTIES.into_iter().collect())
        .link_rel(Some("noopener noreferrer nofollow ugc"))
        .set_tag_attribute_value("a", "target", "_blank")
        .strip_comments(true);
    builder
}

/// A link without a scheme may only lead to a place in the same mail.
fn within(address: &str) -> Option<Cow<'_, str>> {
    address.starts_with("#letter-").then_some(Cow::Borrowed(address))
}
