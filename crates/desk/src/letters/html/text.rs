//! What a person reads when they see the HTML: lines of text, quotes marked with `>`, and the place
//! where a mail program began to quote.

use super::tokens::{Token, Tokens, is_hidden};
use crate::letters::steps;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 24] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "ol",
    "section",
    "table",
    "ul",
];
/// How deep quotes are marked.
const DEEPEST_QUOTE: usize = 20;

/// The lines, and where mail programs began to quote.
#[derive(Debug, Default)]
pub(crate) struct Projection {
    lines: Vec<String>,
    /// The line before which a mail program put its quote, if one did.
    pub quote: Option<usize>,
}

impl Projection {
    /// All lines as one text.
    pub(crate) fn text(&self) -> String {
        self.lines.join("\n").trim_end().to_owned()
    }

    /// The first line with something on it that a mail program quoted.
    pub(crate) fn first_quoted(&self) -> Option<&str> {
        let lines = self.lines.get(self.quote?..)?;
        lines.iter().map(String::as_str).find(|line| !line.trim().is_empty())
    }
}

#[derive(Default)]
struct Page {
    projection: Projection,
    line: String,
    quotes: usize,
    pre: usize,
    /// A blank is due before the next word.
    gap: bool,
}

/// Reads HTML as text.
pub(crate) fn to_text(html: &str) -> Projection {
    let mut page = Page::default();
    let mut hidden: Option<String> = None;
    for token in Tokens::new(html) {
        steps::add(1);
        match token {
            Token::End(name) if hidden.as_deref() == Some(name.as_str()) => hidden = None,
            // A tag that should have been closed hides nothing that comes after other tags.
            Token::Start { name, attributes } => {
                hidden = is_hidden(&name).then(|| name.clone());
                page.start(&name, &attributes);
            }
            Token::Text(_) if hidden.is_some() => {}
            Token::Text(text) => page.text(text),
            Token::End(name) => page.end(&name),
        }
    }
    page.wrap();
    page.projection
}

impl Page {
    fn start(&mut self, name: &str, attributes: &[(String, &str)]) {
        if self.projection.quote.is_none() && begins_quote(attributes) {
            self.wrap();
            self.projection.quote = Some(self.projection.lines.len());
        }
        match name {
            "br" => self.break_line(),
            "hr" | "tr" => self.wrap(),
            "p" => {
                self.wrap();
                self.blank();
            }
            "td" | "th" => self.gap = true,
            "pre" => {
                self.wrap();
                self.pre += 1;
            }
            "li" => {
                self.wrap();
                self.line.push_str("- ");
            }
            "blockquote" => {
                self.wrap();
                self.quotes += 1;
            }
            "img" => {
                let alt = attributes.iter().find(|(name, _)| name == "alt");
                let alt = alt.map(|(_, value)| decode(value)).unwrap_or_default();
                if !alt.trim().is_empty() {
                    self.words(&format!("[{}]", alt.trim()));
                }
            }
            name if BLOCKS.contains(&name) => self.wrap(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                self.wrap();
                self.blank();
            }
            "blockquote" => {
                self.wrap();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "pre" => {
                self.wrap();
                self.pre = self.pre.saturating_sub(1);
            }
            "tr" => self.wrap(),
            name if BLOCKS.contains(&name) => self.wrap(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let text = decode(text);
        if self.pre == 0 {
            return self.words(&text);
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.break_line();
            }
            self.line.push_str(line);
        }
    }

    fn words(&mut self, text: &str) {
        let blank = |one: char| one.is_whitespace();
        for word in text.split_inclusive(blank) {
            let bare = word.trim_matches(blank);
            if !bare.is_empty() {
                if self.gap && !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
                self.gap = false;
                self.line.push_str(bare);
            }
            self.gap |= word.ends_with(blank);
        }
    }

    /// Ends the line if there is something on it.
    fn wrap(&mut self) {
        if !self.line.trim().is_empty() {
            self.break_line();
        }
        self.line.clear();
        self.gap = false;
    }

    fn break_line(&mut self) {
        let depth = self.quotes.min(DEEPEST_QUOTE);
        let mut line = ">".repeat(depth);
        if depth > 0 && !self.line.is_empty() {
            line.push(' ');
        }
        line.push_str(self.line.trim_end());
        self.projection.lines.push(line);
        self.line.clear();
        self.gap = false;
    }

    /// One empty line between paragraphs, none at the top.
    fn blank(&mut self) {
        let last = self.projection.lines.last();
        if last.is_some_and(|line| !line.trim_matches(['>', ' ']).is_empty()) {
            self.break_line();
        }
    }
}

/// Whether a mail program begins its quote with this element.
fn begins_quote(attributes: &[(String, &str)]) -> bool {
    let value = |wanted: &str| {
        let found = attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| *value).unwrap_or_default()
    };
    // Programs that take a mail over put a word of their own before ids and classes.
    let bare = |word: &str| word.trim_start_matches("x_").trim_start_matches("m_").to_owned();
    let class = |wanted: &[&str]| {
        value("class").split_ascii_whitespace().any(|word| wanted.contains(&bare(word).as_str()))
    };
    let id = bare(value("id"));
    let ids =
        ["appendonsend", "divRplyFwdMsg", "OLK_SRC_BODY_SECTION", "replySplit", "mailcontentquote"];
    let classes = [
        "gmail_quote",
        "gmail_quote_container",
        "gmail_extra",
        "yahoo_quoted",
        "protonmail_quote",
        "moz-cite-prefix",
        "zmail_extra",
        "ydp_quoted",
        "tutanota_quote",
    ];
    ids.contains(&id.as_str())
        || id.starts_with("yahoo_quoted")
        || id.starts_with("mail-editor-reference-message-container")
        || class(&classes)
}

/// Text without its character references.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.replace('\u{A0}', " ");
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let window = &rest.as_bytes()[1..rest.len().min(34)];
        let length = window.iter().position(|one| !one.is_ascii_alphanumeric() && *one != b'#');
        let length = length.unwrap_or(window.len());
        let closed = window.get(length) == Some(&b';');
        let used = 1 + length + usize::from(closed);
        let name = &rest[1..=length];
        let plain = closed || matches!(name, "nbsp" | "amp" | "lt" | "gt" | "quot");
        if plain && !name.is_empty() {
            let token = format!("&{name};");
            mail_parser::decoders::html::add_html_token(&mut out, token.as_bytes(), false);
        } else {
            out.push_str(&rest[..used]);
        }
        rest = &rest[used..];
    }
    out.push_str(rest);
    out.retain(|one| one == '\n' || one == '\t' || !one.is_control());
    out.replace('\u{A0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_reads_as_a_person_sees_it() {
        for (html, text) in [
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("<div>a</div><div>b<br>c</div>", "a\nb\nc"),
            ("a &amp; b &lt;c&gt; &eacute;&#233;&#x1F600; &nope; &", "a & b <c> éé😀 &nope; &"),
            ("<ul><li>a<li>b</ul>", "- a\n- b"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("<style>p{}</style><title>t</title>x<script>y</script>", "x"),
            ("<pre>a\n  b</pre>", "a\n  b"),
            ("a<blockquote>b<blockquote>c</blockquote></blockquote>d", "a\n> b\n>> c\nd"),
            ("a  \n b&nbsp;<b>c</b>d", "a b cd"),
            ("<img alt='a cat'>", "[a cat]"),
            ("<style>never closed <p>x</p>", "x"),
        ] {
            assert_eq!(to_text(html).text(), text, "{html}");
        }
    }

    #[test]
    fn the_quotes_of_mail_programs_are_found() {
        for start in [
            "<div class=\"gmail_quote\">",
            "<div class='x_gmail_quote'>",
            "<div id=\"appendonsend\"></div>",
            "<div id=x_divRplyFwdMsg>",
            "<div class='yahoo_quoted' id='yahoo_quoted_1'>",
            "<div class=\"moz-cite-prefix\">",
        ] {
            let projection = to_text(&format!("new<br>{start}old</div>"));
            assert_eq!(projection.quote, Some(1), "{start}");
            assert_eq!(projection.first_quoted(), Some("old"));
        }
        // A marked quote needs no place: its lines say so themselves, also between answers.
        assert_eq!(to_text("<blockquote type=cite>a</blockquote>b").quote, None);
    }
}
