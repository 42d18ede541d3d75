//! Which parts are the text of a mail, and which are files.

use super::transfer;
use super::uuencode::{Block, take_out};
use super::walk::{Kind, Part};
use crate::letters::charset;
use crate::letters::html;
use crate::letters::letter::Unreadable;
use crate::letters::limits::LARGEST_TEXT;

/// What a mail says, before anything is cleaned or cut.
#[derive(Default)]
pub(crate) struct Body {
    /// The text parts in order.
    pub text: String,
    /// The HTML parts in order, as sent; empty if there are none.
    pub html: String,
    /// Whether the text was made from the HTML.
    pub projected: bool,
    /// Parts that are not the text, by their number.
    pub leaves: Vec<Leaf>,
    /// Files that stood within text.
    pub blocks: Vec<Block>,
}

/// A part that is not the text.
pub(crate) struct Leaf {
    /// Its number among the parts.
    pub part: usize,
}

/// One stretch of the body: a text, its HTML, or both.
#[derive(Default)]
struct Stretch {
    text: Option<String>,
    html: Option<String>,
}

struct Choice<'a> {
    bytes: &'a [u8],
    parts: &'a [Part],
    body: Body,
    size: usize,
}

/// Chooses the body. In `alternative`, text and HTML are two ways to say one thing; elsewhere, one
/// part comes after the other.
pub(crate) fn choose(bytes: &[u8], parts: &[Part]) -> Result<Body, Unreadable> {
    let mut choice = Choice { bytes, parts, body: Body::default(), size: 0 };
    let stretches = choice.part(0, Place::First)?;
    let mut body = choice.body;
    let any_html = stretches.iter().any(|one| one.html.is_some());
    body.projected = stretches.iter().any(|one| one.text.is_none());
    let (mut texts, mut htmls) = (Vec::new(), Vec::new());
    for Stretch { text, html } in stretches {
        if any_html {
            htmls
                .push(html.clone().unwrap_or_else(|| html::of_text(text.as_deref().unwrap_or(""))));
        }
        texts.push(text.unwrap_or_else(|| html::to_text(html.as_deref().unwrap_or("")).text()));
    }
    body.text = texts.iter().map(|text| text.trim_end()).collect::<Vec<&str>>().join("\n\n");
    body.html = htmls.join("\n");
    Ok(body)
}

/// Where a part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing of the body came before it.
    First,
    /// Something did.
    Later,
}

impl Choice<'_> {
    /// Descends at most as deep as the walk allows multiparts to be nested.
    fn part(&mut self, number: usize, place: Place) -> Result<Vec<Stretch>, Unreadable> {
        match &self.parts[number].kind {
            Kind::Leaf => self.leaf(number, place),
            Kind::Multipart(word, children) if word == "alternative" => {
                self.alternative(children, place)
            }
            Kind::Multipart(_, children) => {
                let mut all: Vec<Stretch> = Vec::new();
                for child in children {
                    let place = if all.is_empty() { place } else { Place::Later };
                    all.extend(self.part(*child, place)?);
                }
                Ok(all)
            }
        }
    }

    /// The first that is text only, and the last with HTML.
    fn alternative(
        &mut self,
        children: &[usize],
        place: Place,
    ) -> Result<Vec<Stretch>, Unreadable> {
        let mut one = Stretch::default();
        for child in children {
            let stretches = self.part(*child, place)?;
            let html: Vec<&str> = stretches.iter().filter_map(|s| s.html.as_deref()).collect();
            let text: Vec<&str> = stretches.iter().filter_map(|s| s.text.as_deref()).collect();
            if !html.is_empty() {
                one.html = Some(html.join("\n"));
            } else if !text.is_empty() && one.text.is_none() {
                one.text = Some(text.join("\n\n"));
            }
        }
        // Some programs send an empty text beside the HTML.
        if one.html.is_some() && one.text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            one.text = None;
        }
        Ok(if one.text.is_none() && one.html.is_none() { Vec::new() } else { vec![one] })
    }

    fn leaf(&mut self, number: usize, place: Place) -> Result<Vec<Stretch>, Unreadable> {
        let part = &self.parts[number];
        let word = part.content.word.as_str();
        let is_html = word == "text/html";
        if !(is_html || is_text(word)) || is_file(part, place) {
            self.body.leaves.push(Leaf { part: number });
            return Ok(Vec::new());
        }
        let encoding = part.headers.plain("content-transfer-encoding");
        let bytes = transfer::decode(&self.bytes[part.body.clone()], encoding.as_deref());
        self.size += bytes.len();
        if self.size > LARGEST_TEXT {
            return Err(Unreadable::new("text_too_large", "it holds more than 10 MB of text"));
        }
        let label = part.content.get("charset");
        if is_html {
            let html = charset::tidy(&charset::decode(&bytes, label.or(html::charset(&bytes))));
            return Ok(vec![Stretch { text: None, html: Some(html) }]);
        }
        let (bytes, blocks) = take_out(&bytes);
        self.body.blocks.extend(blocks);
        let mut text = charset::tidy(&charset::decode(&bytes, label));
        if part.content.get("format").is_some_and(|word| word.eq_ignore_ascii_case("flowed")) {
            text = unflow(&text, part.content.get("delsp"));
        }
        Ok(vec![Stretch { text: Some(text), html: None }])
    }
}

/// Whether a type is text that people read in the mail itself.
fn is_text(word: &str) -> bool {
    matches!(word, "" | "text" | "text/plain" | "text/enriched" | "text/richtext" | "text/markdown")
        || !word.contains('/')
}

/// A text that was sent as a file.
fn is_file(part: &Part, place: Place) -> bool {
    let disposition = part.headers.params("content-disposition");
    let named = disposition.as_ref().and_then(|one| one.get("filename")).is_some();
    let word = disposition.as_ref().map(|one| one.word.as_str());
    match word {
        Some("attachment") => true,
        Some(_) if named => true,
        _ => part.content.get("name").is_some() && place == Place::Later,
    }
}

/// Joins lines that `format=flowed` broke (RFC 3676).
fn unflow(text: &str, delsp: Option<&str>) -> String {
    let drop_blank = delsp.is_some_and(|word| word.eq_ignore_ascii_case("yes"));
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for (number, line) in text.split('\n').enumerate() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let flows = content.ends_with(' ') && content != "-- ";
        match open {
            Some(earlier) if earlier == depth && content != "-- " => {}
            Some(_) | None => {
                if number > 0 {
                    out.push('\n');
                }
                out.extend(std::iter::repeat_n('>', depth));
                if depth > 0 && !content.is_empty() {
                    out.push(' ');
                }
            }
        }
        out.push_str(if flows && drop_blank { &content[..content.len() - 1] } else { content });
        open = flows.then_some(depth);
        if !flows {
            open = None;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unflow;

    #[test]
    fn flowed_lines_are_joined_and_quotes_are_not_mixed() {
        assert_eq!(unflow("one \ntwo\nthree", None), "one two\nthree");
        assert_eq!(unflow("> a \n> b\nc", None), "> a b\nc");
        assert_eq!(unflow("a \n-- \nMe", None), "a \n-- \nMe");
        assert_eq!(unflow("ab \ncd", Some("yes")), "abcd");
        assert_eq!(unflow("\n\nx\n", None), "\n\nx\n");
    }
}
