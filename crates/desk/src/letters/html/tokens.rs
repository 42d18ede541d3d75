//! HTML in pieces: tags with their attributes, and text between them. Never looks at a byte more
//! than a few times, whatever is left open.

use std::borrow::Cow;

use crate::letters::limits::MOST_ATTRIBUTES;
use crate::letters::steps;

/// Elements whose content is no HTML. That of the first ones is not for people either.
const HIDDEN: [&str; 8] =
    ["script", "style", "title", "iframe", "noembed", "noframes", "template", "xml"];
const RAW: [&str; 3] = ["textarea", "xmp", "plaintext"];

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A tag that begins an element; names are in lower case, values still escaped.
    Start {
        /// The element.
        name: String,
        /// Its attributes, each name once.
        attributes: Vec<(String, &'a str)>,
    },
    /// A tag that ends an element.
    End(String),
    /// Text, still escaped.
    Text(&'a str),
}

/// The pieces of an HTML text, in order.
pub(crate) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// A quote is never closed: from here on quotes mean nothing.
    quotes_broken: bool,
    /// Closing marks that do not come any more.
    missing: Vec<Cow<'static, str>>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { html, at: 0, quotes_broken: false, missing: Vec::new() }
    }

    /// Where a mark stands from here on; a mark that was missing once is not looked for again.
    fn seek(&mut self, mark: &'static str) -> Option<usize> {
        if self.missing.iter().any(|one| one == mark) {
            return None;
        }
        let found = self.html[self.at..].find(mark).map(|at| self.at + at);
        steps::add(found.unwrap_or(self.html.len()) - self.at);
        if found.is_none() {
            self.missing.push(Cow::Borrowed(mark));
        }
        found
    }

    /// Where an element ends whose content is no HTML.
    fn seek_end(&mut self, name: &str) -> Option<usize> {
        if self.missing.iter().any(|one| one == name) {
            return None;
        }
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        while let Some(found) = self.html[at..].find("</") {
            let after = at + found + 2;
            let end = bytes.get(after..after + name.len());
            if end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes())) {
                steps::add(after - self.at);
                return Some(after - 2);
            }
            at = after;
        }
        steps::add(bytes.len() - self.at);
        self.missing.push(Cow::Owned(name.to_owned()));
        None
    }

    /// What begins with `<` here; `None` if it is only that sign.
    fn tag(&mut self) -> Option<Option<Token<'a>>> {
        let rest = &self.html.as_bytes()[self.at..];
        match rest {
            [b'<', b'!', b'-', b'-', ..] => {
                let end = self.seek("-->").map(|at| at + 3);
                let end = end.or_else(|| self.seek(">").map(|at| at + 1))?;
                self.at = end;
                Some(None)
            }
            [b'<', b'!' | b'?', ..] => {
                self.at = self.seek(">")? + 1;
                Some(None)
            }
            [b'<', b'/', first, ..] if first.is_ascii_alphabetic() => {
                let (name, _, end) = self.inside(self.at + 2)?;
                self.at = end;
                Some(Some(Token::End(name)))
            }
            [b'<', first, ..] if first.is_ascii_alphabetic() => {
                let (name, attributes, end) = self.inside(self.at + 1)?;
                self.at = end;
                self.skip_hidden(&name);
                Some(Some(Token::Start { name, attributes }))
            }
            _ => None,
        }
    }

    /// Leaves out what is no HTML and not for people.
    fn skip_hidden(&mut self, name: &str) {
        if HIDDEN.contains(&name)
            && let Some(end) = self.seek_end(name)
        {
            self.at = end;
        }
    }

    /// Name and attributes of a tag, and where it ends. `None` if nothing ends it.
    #[expect(clippy::type_complexity, reason = "a name, attributes and an end, used twice, here")]
    fn inside(&mut self, from: usize) -> Option<(String, Vec<(String, &'a str)>, usize)> {
        if !self.quotes_broken {
            let read = self.attributes(from);
            if read.is_some() {
                return read;
            }
            self.quotes_broken = true;
        }
        self.seek(">")?;
        self.attributes(from)
    }

    #[expect(clippy::type_complexity, reason = "a name, attributes and an end, used twice, here")]
    fn attributes(&self, from: usize) -> Option<(String, Vec<(String, &'a str)>, usize)> {
        let bytes = self.html.as_bytes();
        let until = |at: usize, stop: &[u8]| {
            bytes[at..].iter().position(|byte| stop.contains(byte)).map(|found| at + found)
        };
        let mut at = until(from, b" \t\n\x0C/>")?;
        let name = self.html[from..at].to_ascii_lowercase();
        let mut attributes: Vec<(String, &'a str)> = Vec::new();
        loop {
            while matches!(bytes.get(at)?, b' ' | b'\t' | b'\n' | b'\x0C' | b'/') {
                at += 1;
            }
            if bytes[at] == b'>' {
                steps::add(at - from);
                return Some((name, attributes, at + 1));
            }
            let end = until(at + 1, b" \t\n\x0C/>=")?;
            let attribute = self.html.get(at..end).unwrap_or_default().to_ascii_lowercase();
            at = end;
            while matches!(bytes.get(at)?, b' ' | b'\t' | b'\n' | b'\x0C') {
                at += 1;
            }
            let mut value = "";
            if bytes[at] == b'=' {
                at += 1;
                while matches!(bytes.get(at)?, b' ' | b'\t' | b'\n' | b'\x0C') {
                    at += 1;
                }
                let quote = bytes[at];
                if matches!(quote, b'"' | b'\'') && !self.quotes_broken {
                    let end = until(at + 1, &[quote])?;
                    value = &self.html[at + 1..end];
                    at = end + 1;
                } else {
                    let end = until(at, b" \t\n\x0C>")?;
                    value = self.html[at..end].trim_matches(['"', '\'']);
                    at = end;
                }
            }
            let known = attributes.iter().any(|(name, _)| *name == attribute);
            if attributes.len() < MOST_ATTRIBUTES && !known && !attribute.is_empty() {
                attributes.push((attribute, value));
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        while self.at < bytes.len() {
            if bytes[self.at] == b'<' {
                match self.tag() {
                    Some(Some(token)) => return Some(token),
                    Some(None) => continue,
                    None => {}
                }
            }
            // Text, up to the next sign that may begin a tag.
            let start = self.at;
            self.at += 1;
            while let Some(byte) = bytes.get(self.at) {
                let after = bytes.get(self.at + 1);
                let tag =
                    after.is_some_and(|one| one.is_ascii_alphabetic() || b"/!?".contains(one));
                if *byte == b'<' && tag {
                    break;
                }
                self.at += 1;
            }
            while !self.html.is_char_boundary(self.at) {
                self.at += 1;
            }
            steps::add(self.at - start);
            return Some(Token::Text(&self.html[start..self.at]));
        }
        None
    }
}

/// Whether the content of an element is text and nothing else.
pub(super) fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// Whether an element and its content are not for people.
pub(super) fn is_hidden(name: &str) -> bool {
    HIDDEN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> String {
        Tokens::new(html)
            .map(|token| match token {
                Token::Start { name, attributes } => {
                    let all: String =
                        attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                    format!("[{name}{all}]")
                }
                Token::End(name) => format!("[/{name}]"),
                Token::Text(text) => text.to_owned(),
            })
            .collect()
    }

    #[test]
    fn html_is_taken_apart_as_it_is_written_in_fact() {
        for (html, pieces) in [
            ("a<b>c</b>d", "a[b]c[/b]d"),
            ("<A HREF='x y' id=z>t</A >", "[a href=x y id=z]t[/a]"),
            ("<img src=a/b.png/>", "[img src=a/b.png/]"),
            ("<img src=\"a>b\" alt>", "[img src=a>b alt=]"),
            ("1 < 2 <3 <", "1 < 2 <3 <"),
            ("a<!-- <b> -->c<!-->d", "acd"),
            ("a<![if !mso]>b<?xml x?>c", "abc"),
            ("<style>p{} </p></style>x", "[style][/style]x"),
            ("<SCRIPT>if (a<b) '</b>'</sCript>x", "[script][/script]x"),
            ("<p title=\"open>x</p><b>y", "[p title=open]x[/p][b]y"),
            ("never <closed", "never <closed"),
            ("<!-- never closed <b>x", "x"),
            ("<x a=1 a=2>", "[x a=1]"),
        ] {
            assert_eq!(told(html), pieces, "{html}");
        }
    }

    #[test]
    fn what_is_left_open_is_not_searched_again_and_again() {
        for piece in ["<!--", "<a ", "<a b=\"", "<style>", "</", "<script ", "<", "<p title=\"x>"] {
            steps::take();
            let small = piece.repeat(1_000);
            let count = Tokens::new(&small).count();
            let small = steps::take() + count;
            let large = piece.repeat(4_000);
            let count = Tokens::new(&large).count();
            let large = steps::take() + count;
            assert!(large <= small * 5 + 100, "{piece}: {small} then {large}");
        }
    }
}
