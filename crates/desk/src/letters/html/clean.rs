//! Makes HTML safe to show, in two passes. Ours writes it anew, closed, quoted and within limits,
//! so that it means one thing only; then an allow-list parser, built as browsers read, has the
//! last word.

use super::rules::{ELEMENTS, EVERYWHERE, PREFIX, SCHEMES, builder, on};
use super::text::decode;
use super::tokens::{Token, Tokens, is_raw};
use super::{cid, escape, style};
use crate::letters::limits::{DEEPEST_HTML, LARGEST_HTML, MOST_ELEMENTS, MOST_LINKS};
use crate::letters::mime::transfer;
use crate::letters::steps;

/// Elements that never hold anything.
const VOID: [&str; 4] = ["br", "col", "hr", "img"];
/// Elements that their likes close, as often as they are left open.
const LOOSE: [&str; 13] = [
    "caption", "colgroup", "dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
    "option",
];
/// Elements that browsers begin again in each new paragraph until they are closed.
const FORMATTING: [&str; 12] =
    ["a", "b", "big", "code", "em", "i", "s", "small", "strike", "strong", "tt", "u"];
/// How often browsers may have to begin them again.
const MOST_COPIES: usize = 500_000;
/// How long text may be before it is divided.
const LONGEST_RUN: usize = 2_000;
/// Pictures that are taken out of the HTML itself.
const MOST_PICTURES: usize = 20;

/// HTML that is safe to show.
#[derive(Debug, Default)]
pub(crate) struct Cleaned {
    /// It, if it was within the limits.
    pub html: Option<String>,
    /// The limit that was hit.
    pub limit: Option<&'static str>,
    /// Pictures that stood within the HTML: content id, type, bytes.
    pub pictures: Vec<(String, String, Vec<u8>)>,
    /// Pictures elsewhere, which are not shown until somebody asks.
    pub remote: usize,
}

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<String>,
    elements: usize,
    links: usize,
    /// Formatting elements that are open, and how many copies of such there may be by now.
    formatting: usize,
    copies: usize,
    /// Bytes of text since it was last divided.
    run: usize,
    cleaned: Cleaned,
}

/// Cleans HTML.
pub(crate) fn clean(html: &str) -> Cleaned {
    if html.len() > LARGEST_HTML {
        return beyond("it is larger than 2 MB");
    }
    let mut writer = Writer { out: String::with_capacity(html.len()), ..Writer::default() };
    for token in Tokens::new(html) {
        steps::add(1);
        writer.copies += writer.formatting;
        match token {
            Token::Start { name, attributes } => writer.start(&name, &attributes),
            Token::End(name) => writer.end(&name),
            Token::Text(text) => writer.text(text),
        }
        if let Some(limit) = writer.limit() {
            return beyond(limit);
        }
    }
    while writer.pop() {}
    let html = builder().clean(&writer.out).to_string();
    Cleaned { html: Some(html), ..writer.cleaned }
}

fn beyond(limit: &'static str) -> Cleaned {
    Cleaned { limit: Some(limit), ..Cleaned::default() }
}

impl Writer {
    /// The limit that is passed, if one is.
    fn limit(&self) -> Option<&'static str> {
        if self.elements > MOST_ELEMENTS {
            Some("it has more than 50,000 elements")
        } else if self.links > MOST_LINKS {
            Some("it has more than 5,000 links")
        } else if self.open.len() > DEEPEST_HTML {
            Some("its elements are nested more than 256 deep")
        } else if self.copies > MOST_COPIES {
            Some("too many of its elements are never closed")
        } else if self.out.len() > 2 * LARGEST_HTML {
            Some("it is larger than 2 MB")
        } else {
            None
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, &str)]) {
        self.elements += 1;
        if is_raw(name) {
            return;
        }
        // A font's colour is lost and its text is not.
        let name = if name == "font" { "span" } else { name };
        let Ok(at) = ELEMENTS.binary_search(&name) else { return };
        let name = ELEMENTS[at];
        if name == "a" {
            self.links += 1;
            // A link within a link ends the first one.
            self.end("a");
        }
        if name == "table" && self.open.last().is_some_and(|one| one == "table") {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if name == "img" {
            self.picture(attributes);
        }
        for (attribute, value) in attributes {
            if let Some(value) = self.attribute(name, attribute, value) {
                self.out.push_str(&format!(" {attribute}=\"{}\"", escape(&value)));
            }
        }
        self.out.push('>');
        if !VOID.contains(&name) && !LOOSE.contains(&name) {
            self.formatting += usize::from(FORMATTING.contains(&name));
            self.open.push(name.to_owned());
        }
    }

    /// Text as it is: character references mean the same where they now stand. Long text is
    /// divided by comments, which the allow-list parser drops: it looks at all of a text for every
    /// sign that it must escape.
    fn text(&mut self, text: &str) {
        for sign in text.chars() {
            if self.run > LONGEST_RUN && (sign == '&' || ('\u{80}'..='\u{BF}').contains(&sign)) {
                self.out.push_str("<!---->");
                self.run = 0;
            }
            match sign {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                sign => self.out.push(sign),
            }
            self.run += sign.len_utf8();
        }
    }

    /// The value an attribute may have, if it may stay.
    fn attribute(&self, element: &str, name: &str, value: &str) -> Option<String> {
        if !EVERYWHERE.contains(&name) && !on(element).contains(&name) {
            return None;
        }
        let value: String = decode(value).chars().take(4_000).collect();
        let value = value.trim();
        let kept = match name {
            "data-cid" | "data-remote" => return None,
            "href" => link(value)?,
            "id" => format!("{PREFIX}{}", word(value)),
            "class" => {
                let words = value.split_ascii_whitespace().take(20);
                let all: Vec<String> = words.map(|one| format!("{PREFIX}{}", word(one))).collect();
                all.join(" ")
            }
            "style" => style::keep(value),
            _ => value.to_owned(),
        };
        (!kept.is_empty()).then_some(kept)
    }

    /// Where a picture comes from: a part of the mail, the HTML itself, or somewhere else, from
    /// where nothing is fetched until somebody asks.
    fn picture(&mut self, attributes: &[(String, &str)]) {
        let Some((_, source)) = attributes.iter().find(|(name, _)| name == "src") else { return };
        let source = decode(source);
        let source = source.trim();
        let lower: String = source.chars().take(40).collect::<String>().to_ascii_lowercase();
        if lower.starts_with("cid:") {
            self.out.push_str(&format!(" data-cid=\"{}\"", escape(&cid(&source[4..]))));
        } else if lower.starts_with("data:image/") {
            self.enclosed(source);
        } else if lower.starts_with("http://") || lower.starts_with("https://") {
            self.cleaned.remote += 1;
            let source: String = source.chars().take(4_000).collect();
            self.out.push_str(&format!(" data-remote=\"{}\"", escape(&source)));
        } else if !lower.contains(':') && !lower.starts_with("//") && !lower.is_empty() {
            self.out.push_str(&format!(" data-cid=\"{}\"", escape(source)));
        }
    }

    /// A picture that stands in the HTML itself becomes a file like any other.
    fn enclosed(&mut self, source: &str) {
        let Some((kind, data)) = source[5..].split_once(',') else { return };
        let Some((kind, _)) = kind.split_once(";base64") else { return };
        if self.cleaned.pictures.len() >= MOST_PICTURES {
            return;
        }
        let id = format!("enclosed-{}", self.cleaned.pictures.len() + 1);
        self.out.push_str(&format!(" data-cid=\"{id}\""));
        let bytes = transfer::base64(data.as_bytes());
        self.cleaned.pictures.push((id, kind.to_ascii_lowercase(), bytes));
    }

    fn end(&mut self, name: &str) {
        let name = if name == "font" { "span" } else { name };
        if LOOSE.contains(&name) && ELEMENTS.contains(&name) {
            self.close(name);
            return;
        }
        // Nothing is closed across a table: browsers do not either.
        for at in (0..self.open.len()).rev() {
            steps::add(1);
            if self.open[at] == name {
                while self.open.len() > at {
                    self.pop();
                }
                return;
            }
            if self.open[at] == "table" {
                return;
            }
        }
    }

    /// Closes the innermost element; says whether there was one.
    fn pop(&mut self) -> bool {
        let Some(name) = self.open.pop() else { return false };
        self.formatting -= usize::from(FORMATTING.contains(&name.as_str()));
        self.close(&name);
        true
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// A link that may stay: elsewhere by a known scheme, or to a place in the same mail.
fn link(value: &str) -> Option<String> {
    if let Some(place) = value.strip_prefix('#') {
        return Some(format!("#{PREFIX}{}", word(place)));
    }
    // Browsers skip blanks and line breaks in a scheme.
    let value: String = value.chars().filter(|one| !one.is_control()).collect();
    let (scheme, _) = value.split_once(':')?;
    SCHEMES.contains(&scheme.trim().to_ascii_lowercase().as_str()).then_some(value)
}

/// An id or class of plain signs.
fn word(value: &str) -> String {
    value.chars().filter(|one| one.is_alphanumeric() || "-_".contains(*one)).take(100).collect()
}

#[cfg(test)]
pub(crate) use tests::assert_harmless;

#[cfg(test)]
mod tests;
