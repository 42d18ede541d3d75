//! Just enough XML for what houses answer: a text in one element, and rows of named texts.
//!
//! Nothing is resolved or fetched: a document type, an unknown entity or a crossed tag makes the
//! whole answer unreadable, which the caller treats as an outcome it does not know.

use std::collections::BTreeMap;

/// Texts by their element's name in lower case.
pub(crate) type Row = BTreeMap<String, String>;

/// How deep elements may lie in each other.
const DEPTH: usize = 32;

/// The text of a document that is one element, `<string>Successful</string>`.
pub(crate) fn string(xml: &str) -> Option<String> {
    let mut texts = Vec::new();
    walk(xml, |depth, leaf| {
        if let Leaf::Text(_, text) = leaf {
            texts.push((depth, text));
        }
    })?;
    match texts.as_mut_slice() {
        [(1, text)] => Some(std::mem::take(text)),
        _ => None,
    }
}

/// The texts of a document right below its one root, by name.
pub(crate) fn flat(xml: &str) -> Option<Row> {
    let mut row = Row::new();
    walk(xml, |depth, leaf| {
        if let (2, Leaf::Text(name, text)) = (depth, leaf) {
            row.insert(name.to_ascii_lowercase(), text);
        }
    })?;
    Some(row)
}

/// Every element that holds a text named `key`, with all the texts right below it.
pub(crate) fn rows(xml: &str, key: &str) -> Option<Vec<Row>> {
    let mut open: Vec<Row> = vec![Row::new(); DEPTH + 2];
    let mut rows = Vec::new();
    walk(xml, |depth, leaf| match leaf {
        Leaf::Text(name, text) => {
            open[depth - 1].insert(name.to_ascii_lowercase(), text);
        }
        Leaf::Closed => {
            let row = std::mem::take(&mut open[depth]);
            if row.contains_key(key) {
                rows.push(row);
            }
        }
    })?;
    Some(rows)
}

enum Leaf<'a> {
    /// An element with a text and no elements.
    Text(&'a str, String),
    /// An element with elements has ended.
    Closed,
}

/// Walks the document and tells every element that ends, with its depth from 1.
fn walk<'a>(xml: &'a str, mut tell: impl FnMut(usize, Leaf<'a>)) -> Option<()> {
    let mut rest = xml.trim_start_matches('\u{feff}').trim();
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut roots = 0;
    while !rest.is_empty() {
        let (text, tag_on) = rest.split_once('<')?;
        let (tag, after) = tag_on.split_once('>')?;
        rest = after;
        if tag.starts_with('?') {
            continue;
        }
        if tag.starts_with('!') || (open.is_empty() && !text.trim().is_empty()) {
            return None;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let depth = open.len();
            let (opened, has_children) = open.pop()?;
            if opened != name.trim() {
                return None;
            }
            let leaf = if has_children { Leaf::Closed } else { Leaf::Text(opened, plain(text)?) };
            tell(depth, leaf);
        } else {
            roots += usize::from(open.is_empty());
            if let Some(parent) = open.last_mut() {
                parent.1 = true;
            }
            let (name, empty) = match tag.strip_suffix('/') {
                Some(tag) => (name(tag)?, true),
                None => (name(tag)?, false),
            };
            if empty {
                tell(open.len() + 1, Leaf::Text(name, String::new()));
            } else {
                open.push((name, false));
            }
        }
        if open.len() > DEPTH || roots > 1 {
            return None;
        }
    }
    (open.is_empty() && roots == 1).then_some(())
}

fn name(tag: &str) -> Option<&str> {
    tag.split_whitespace().next()
}

/// The text with its entities resolved: the five that XML has, and numbers.
fn plain(text: &str) -> Option<String> {
    let mut parts = text.split('&');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';')?;
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = entity.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)?
            }
        });
        out.push_str(rest);
    }
    Some(out.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_in_one_element_is_read() {
        let wrapped =
            "<?xml version=\"1.0\"?>\r\n<string xmlns=\"http://a/\">It&amp;s &#65;</string>";
        assert_eq!(string(wrapped).as_deref(), Some("It&s A"));
        assert_eq!(string("<string/>").as_deref(), Some(""));
        for broken in [
            "",
            "Successful",
            "<string>Successful",
            "<a>x</b>",
            "<a><b>x</b></a>",
            "<a>x</a><a>x</a>",
            "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
            "<a>&e;</a>",
            "<a>x</a> y",
            "<>x</>",
            "< >",
        ] {
            assert_eq!(string(broken), None, "{broken}");
        }
    }

    #[test]
    fn rows_are_found_wherever_they_lie() {
        let xml = "<D><s:schema><s:e name=\"X\"/></s:schema><g><R i=\"1\"><TransID>7</TransID>\
                   <Type>Sale</Type><Zip/></R><R><TransID>8</TransID></R></g></D>";
        let rows = rows(xml, "transid").unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0]["transid"].as_str(), rows[0]["type"].as_str()), ("7", "Sale"));
        assert!(!rows[1].contains_key("type"), "texts do not leak into the next row");
    }

    #[test]
    fn depth_is_limited() {
        let deep = format!("{}x{}", "<a>".repeat(1000), "</a>".repeat(1000));
        assert_eq!(string(&deep), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[<>/&;#x a-c!?\"=é]{0,200}") {
            let _ = (string(&text), rows(&text, "a"));
        }
    }
}
