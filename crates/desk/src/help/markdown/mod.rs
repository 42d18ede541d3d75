//! From Markdown to HTML that is safe to show: a short list of what may be there, and no HTML of
//! the writer's own.

mod links;
mod tame;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

pub use links::keys;

/// What an article may need to know of where it is shown.
#[derive(Clone, Debug)]
pub struct Around<'a> {
    /// The name of the shop, for `{site}`.
    pub site: &'a str,
    /// Where customers write to, for `{mail}`.
    pub mail: &'a str,
    /// For how many days a solved case opens again, for `{reopen_days}`.
    pub reopen_days: i64,
    /// The language of the page, for links to other pages.
    pub page: base::Language,
    /// Where other articles are, for `article:key`.
    pub articles: &'a BTreeMap<String, String>,
}

/// An article as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML.
    pub html: String,
    /// Its headings, with the names that links on the page may use.
    pub headings: Vec<(String, String)>,
    /// Links that lead nowhere, for whoever writes.
    pub broken: Vec<String>,
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The HTML of an article.
#[must_use]
pub fn rendered(text: &str, around: &Around<'_>) -> Rendered {
    let mut page = tame::Page::new(around);
    let mut events = Vec::new();
    for event in parser(text) {
        if let Some(event) = page.tame(event) {
            events.push(event);
        }
    }
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events.into_iter());
    let html = cleaner().clean(&out).to_string();
    Rendered { html, headings: page.headings, broken: page.broken }
}

/// The words of an article without any marks, for the search.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in parser(text) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
            _ => {}
        }
    }
    out
}

/// With the shop's name, its address and its days in their places.
#[must_use]
pub fn filled<'a>(text: &'a str, around: &Around<'_>) -> Cow<'a, str> {
    if text.contains('{') {
        let text = text.replace("{site}", around.site).replace("{mail}", around.mail);
        text.replace("{reopen_days}", &around.reopen_days.to_string()).into()
    } else {
        text.into()
    }
}

/// The second lock: whatever came through, only this is shown.
fn cleaner() -> ammonia::Builder<'static> {
    let tags = [
        "p",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "a",
        "br",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ];
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(tags.into())
        .tag_attributes(HashMap::from([
            ("a", ["href"].into()),
            ("h2", ["id"].into()),
            ("h3", ["id"].into()),
            ("ol", ["start"].into()),
        ]))
        .url_schemes(["https", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("noopener"));
    builder
}

fn text_of(words: impl Into<CowStr<'static>>) -> Event<'static> {
    Event::Text(words.into())
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::HtmlBlock)
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::HtmlBlock)
}
