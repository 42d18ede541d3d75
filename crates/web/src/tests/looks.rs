//! What every page must be, whatever is on it: well-formed, without a word missing, its labels and
//! hints tied to their fields, nothing that the content policy refuses.

const VOID: [&str; 8] = ["meta", "link", "img", "input", "br", "hr", "path", "source"];
const ROOMS: [&str; 13] = [
    "layout-",
    "shop-",
    "checkout-",
    "tips-",
    "wallet-",
    "receipts-",
    "problems-",
    "mail-",
    "charge-",
    "support-",
    "declines-",
    "incident-",
    "help-",
];

/// Checks a page.
#[track_caller]
pub(super) fn check(html: &str, language: &str) {
    assert!(html.starts_with("<!doctype html>"), "{html}");
    assert!(html.contains(&format!("<html lang=\"{language}\"")), "not in {language}");
    let tags = tags(html);
    balanced(&tags);
    tied(&tags);
    harmless(&tags);
    assert_eq!(tags.iter().filter(|tag| tag.name == "h1" && !tag.closing).count(), 1, "one h1");
    let mut words = text(html);
    for tag in &tags {
        for name in ["aria-label", "alt", "title"] {
            words.push(' ');
            words.push_str(tag.attribute(name).unwrap_or_default());
        }
    }
    for word in words.split_whitespace() {
        let is_id = ROOMS.iter().any(|room| {
            word.strip_prefix(room).is_some_and(|rest| {
                rest.len() > 2 && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            })
        });
        assert!(!is_id, "the id of a text is seen: {word}");
    }
    assert!(!words.contains("{ $") && !words.contains("{{"), "a place was left open");
}

/// What people read, in one line.
pub(super) fn text(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut out = String::new();
    for piece in body.split('<').skip(1) {
        out.push(' ');
        out.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Tag<'a> {
    name: &'a str,
    inside: &'a str,
    closing: bool,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        let begins = format!(" {name}=\"");
        let after = self.inside.split_once(&begins)?.1;
        after.split_once('"').map(|(value, _)| value)
    }
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    for piece in html.split('<').skip(2) {
        let (inside, _) = piece.split_once('>').expect("a tag has an end");
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let name = inside.split([' ', '\n', '/']).next().unwrap_or_default();
        tags.push(Tag { name, inside, closing });
    }
    tags
}

#[track_caller]
fn balanced(tags: &[Tag<'_>]) {
    let mut open = Vec::new();
    for tag in tags {
        if tag.closing {
            assert_eq!(open.pop(), Some(tag.name), "closed out of turn, inside {open:?}");
        } else if !VOID.contains(&tag.name) && !tag.inside.ends_with('/') {
            open.push(tag.name);
        }
    }
    assert_eq!(open, [""; 0], "left open");
}

#[track_caller]
fn tied(tags: &[Tag<'_>]) {
    let ids: Vec<_> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
    for (nth, id) in ids.iter().enumerate() {
        assert!(!ids[..nth].contains(id), "two things have the id {id}");
    }
    let known = |id: &str| ids.contains(&id);
    for tag in tags {
        for name in ["for", "aria-describedby", "aria-labelledby"] {
            for id in tag.attribute(name).unwrap_or_default().split_whitespace() {
                assert!(known(id), "{name} names {id}, which is nowhere");
            }
        }
        if tag.name == "button" && !tag.closing && tag.inside.contains(" disabled") {
            let why = tag.attribute("aria-describedby").unwrap_or_default();
            let told = tags.iter().find(|told| told.attribute("id").is_some_and(|id| why == id));
            let seen = told.is_some_and(|told| told.attribute("class") != Some("unseen"));
            assert!(seen, "no reason is seen for what cannot be pressed: {}", tag.inside);
        }
        if let Some(id) = tag.attribute("href").and_then(|href| href.strip_prefix('#')) {
            assert!(known(id), "a link leads to #{id}, which is nowhere");
        }
    }
}

#[track_caller]
fn harmless(tags: &[Tag<'_>]) {
    for tag in tags {
        assert!(tag.attribute("style").is_none() && tag.name != "style", "{}", tag.inside);
        assert!(tag.name != "script" || tag.closing || tag.attribute("src").is_some());
        assert!(!tag.inside.contains(" onclick="), "{}", tag.inside);
        assert!(tag.name != "img" || tag.attribute("alt").is_some(), "{}", tag.inside);
    }
}
