//! Our own marks in mails that go out: the line above which people write, and the hidden token that
//! survives programs which change Message-IDs.

use super::html::{Token, Tokens};
use super::steps;

/// The attribute that carries the token in HTML. Ids and classes get prefixed by mail programs.
pub const MARK_ATTRIBUTE: &str = "data-paydesk";
/// How the line begins and ends, whatever the language between.
const BEGINS: &str = "##- ";
const ENDS: &str = " -##";
/// How the token stands in text.
const TOKEN: (&str, &str) = ("[desk:", "]");
/// Tokens that are looked at.
const MOST: usize = 20;
const LONGEST: usize = 128;

/// The line above which people write: a sentence in their language, and the token if there is one.
#[must_use]
pub fn marker_line(sentence: &str, token: Option<&str>) -> String {
    let token = token.map(|token| format!(" {}{token}{}", TOKEN.0, TOKEN.1)).unwrap_or_default();
    format!("{BEGINS}{sentence}{token}{ENDS}")
}

/// The first line that is ours; it may have been quoted or wrapped.
pub(super) fn find(lines: &[&str]) -> Option<usize> {
    lines.iter().position(|line| {
        let line = line.trim_start_matches(['>', ' ', '\t', '|', '*']);
        line.starts_with(BEGINS.trim_end())
    })
}

/// The tokens in a text and its HTML. They are claims, to be verified.
pub(super) fn tokens(text: &str, html: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut keep = |token: &str| {
        let token = token.trim();
        let sound = token.bytes().all(|one| one.is_ascii_alphanumeric() || b"-_.".contains(&one));
        let fits = !token.is_empty() && token.len() <= LONGEST && all.len() < MOST;
        if sound && fits && !all.iter().any(|one| one == token) {
            all.push(token.to_owned());
        }
    };
    if html.contains(MARK_ATTRIBUTE) {
        for token in Tokens::new(html) {
            if let Token::Start { attributes, .. } = token {
                for (name, value) in attributes {
                    if name == MARK_ATTRIBUTE {
                        keep(value);
                    }
                }
            }
        }
    }
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(TOKEN.0) {
        steps::add(1);
        let window = &after.as_bytes()[..after.len().min(LONGEST + 1)];
        if let Some(end) = window.iter().position(|one| *one == b']') {
            keep(&after[..end]);
        }
        rest = after;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_and_the_token_are_found_again() {
        let line = marker_line("Please write above this line", Some("abc123"));
        assert_eq!(line, "##- Please write above this line [desk:abc123] -##");
        let quoted = format!("> {line}");
        assert_eq!(find(&["hello", "", &quoted]), Some(2));
        assert_eq!(find(&["# heading", "##-less"]), Some(1));
        assert_eq!(find(&["## heading"]), None);
        let html = "<div data-paydesk=\"tok-1\">x</div><p data-paydesk='<bad>'>";
        assert_eq!(tokens(&quoted, html), ["tok-1", "abc123"]);
        assert!(tokens("[desk:never closed", "").is_empty());
    }
}
