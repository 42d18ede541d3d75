//! Texts beside the code that says them: none unused, none unknown, every place filled.

use std::collections::BTreeSet;

use super::read::Locale;
use crate::rust::{code, inside, product_text, quoted};
use crate::tree::{Source, Tree};

/// Ids that the code puts together, each family with its reason. Keep this short.
const FAMILIES: [(&str, &str); 1] =
    [("declines-", "the end is the cause of a decline, or what to advise: words of the port")];

/// How a text is asked for: by `words`, and by the pages' own short forms.
const ASKED: [(&str, Fills); 4] = [
    ("text(", Fills::Nothing),
    ("text_with(", Fills::List),
    ("say(", Fills::One),
    ("tokens(", Fills::Count),
];

/// What a way of asking fills in.
#[derive(Clone, Copy)]
enum Fills {
    /// Nothing.
    Nothing,
    /// A list of names and values, if it is written at the call.
    List,
    /// One thing, whose name comes after the id.
    One,
    /// A number of tokens, called `count`.
    Count,
}

/// Finds texts nobody says, and calls for texts or with places that are not there.
pub(super) fn check(tree: &Tree, texts: &Locale) -> Vec<String> {
    let mut found = Vec::new();
    let mut said: BTreeSet<String> = BTreeSet::new();
    for source in tree.product().chain(tree.of("html")) {
        if !source.path.starts_with("crates/") {
            continue;
        }
        let text = code_of(source);
        said.extend(quoted(&text).into_iter().map(str::to_owned));
        for call in calls(&text, texts) {
            found.extend(wrong_with(&call, texts).map(|wrong| format!("{}: {wrong}", source.path)));
        }
    }
    said.extend(texts.texts.values().flat_map(|text| text.refers.iter().cloned()));

    let family = |id: &str| FAMILIES.iter().any(|(prefix, _)| id.starts_with(prefix));
    let unused = texts.texts.keys().filter(|id| !said.contains(*id) && !family(id));
    found.extend(unused.map(|id| format!("{id} is said nowhere")));
    found
}

/// The Rust of a file without its tests; of a template, what stands in its brackets.
fn code_of(source: &Source) -> String {
    if source.is("rs") {
        return code(&product_text(&source.text));
    }
    let mut expressions = String::new();
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        let mut rest = source.text.as_str();
        while let Some((_, after)) = rest.split_once(open) {
            let (expression, after) = after.split_once(close).unwrap_or((after, ""));
            expressions.push_str(expression);
            expressions.push('\n');
            rest = after;
        }
    }
    expressions
}

/// One place in the code that asks for a text by a literal id.
struct Call {
    id: String,
    /// The names of what is filled in; nothing if they are not written at the call.
    filled: Option<BTreeSet<String>>,
}

fn calls(code: &str, texts: &Locale) -> Vec<Call> {
    let mut found = Vec::new();
    for (asked, fills) in ASKED {
        for (at, _) in code.match_indices(asked) {
            let begins = code[..at].chars().next_back();
            if begins.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
                continue;
            }
            let arguments = inside(&code[at + asked.len() - 1..]).unwrap_or_default().trim();
            let Some(id) = quoted(arguments).first().copied() else { continue };
            if !arguments.starts_with('"') || !is_of_a_room(id, texts) {
                continue;
            }
            let rest = arguments[id.len() + 2..].trim_start_matches([',', ' ', '\n']).trim();
            found.push(Call { id: id.to_owned(), filled: filled(fills, rest) });
        }
    }
    found
}

/// Ids begin with their room; everything else that is asked for by name is no text.
fn is_of_a_room(id: &str, texts: &Locale) -> bool {
    texts.texts.values().any(|text| id.starts_with(&format!("{}-", text.room)))
}

fn filled(fills: Fills, rest: &str) -> Option<BTreeSet<String>> {
    match fills {
        Fills::Nothing => Some(BTreeSet::new()),
        Fills::Count => Some(BTreeSet::from([String::from("count")])),
        Fills::One if rest.starts_with('"') => {
            quoted(rest).first().map(|name| BTreeSet::from([(*name).to_owned()]))
        }
        Fills::List if rest.starts_with("&[") => Some(names(rest)),
        Fills::One | Fills::List => None,
    }
}

/// The names in `&[("count", …), ("creator", …)]`.
fn names(list: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut rest = inside(&list[1..]).unwrap_or_default();
    while let Some(at) = rest.find('(') {
        let Some(pair) = inside(&rest[at..]) else { break };
        if pair.trim_start().starts_with('"')
            && let Some(name) = quoted(pair).first()
        {
            names.insert((*name).to_owned());
        }
        rest = &rest[at + pair.len() + 2..];
    }
    names
}

fn wrong_with(call: &Call, texts: &Locale) -> impl Iterator<Item = String> {
    let id = &call.id;
    let mut wrong = Vec::new();
    if !texts.texts.contains_key(id) {
        wrong.push(format!("{id} is asked for and was never written"));
    } else if let Some(filled) = &call.filled {
        let wanted = texts.variables(id);
        wrong.extend(wanted.difference(filled).map(|v| format!("{id} is not given ${v}")));
        wrong.extend(filled.difference(&wanted).map(|v| format!("{id} has no place for ${v}")));
    }
    wrong.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::read::read;
    use super::*;
    use crate::tree::planted;

    fn found(path: &str, code: &str, texts: &str) -> Vec<String> {
        let tree = planted(&[(path, code), ("locales/en/tips.ftl", texts)]);
        check(&tree, &read(&tree, "en").0)
    }

    const RUST: &str = "crates/web/src/a.rs";

    #[test]
    fn a_text_that_is_said_nowhere_is_found() {
        assert_eq!(found(RUST, "", "tips-a = x\n"), ["tips-a is said nowhere"]);
        assert_eq!(found(RUST, "const A: &str = \"tips-a\";", "tips-a = x\n"), [""; 0]);
        let only_tested = "#[cfg(test)]\nmod tests {\n    fn a() { w.text(\"tips-a\") }\n}\n";
        assert_eq!(found(RUST, only_tested, "tips-a = x\n"), ["tips-a is said nowhere"]);
    }

    #[test]
    fn templates_say_texts_in_their_brackets_only() {
        let texts = "tips-a = x\n";
        let path = "crates/web/src/a.html";
        assert_eq!(found(path, "<h1>{{ w.text(\"tips-a\") }}</h1>", texts), [""; 0]);
        assert_eq!(found(path, "<h1 class=\"tips-a\">", texts), ["tips-a is said nowhere"]);
    }

    #[test]
    fn calls_are_held_against_the_places_of_the_text() {
        let texts = "tips-a = { $count } for { $creator }\n";
        let good = "w.text_with(\n    \"tips-a\",\n    &[(\"count\", n.into()), \
                    (\"creator\", name(\"x\").into())],\n)";
        assert_eq!(found(RUST, good, texts), [""; 0]);
        let bad = "w.text_with(\"tips-a\", &[(\"counts\", n.into()), (\"creator\", c)])";
        assert_eq!(
            found(RUST, bad, texts),
            [
                format!("{RUST}: tips-a is not given $count"),
                format!("{RUST}: tips-a has no place for $counts")
            ]
        );
        assert_eq!(found(RUST, "w.text(\"tips-a\")", texts).len(), 2);
        assert_eq!(found(RUST, "w.text_with(\"tips-a\", &values)", texts), [""; 0]);
    }

    #[test]
    fn the_short_forms_of_pages_fill_what_they_fill() {
        let texts = "tips-a = { $count }\ntips-b = { $creator }\n";
        let good = "{{ f.tokens(\"tips-a\", n) }} {{ f.say(\"tips-b\", \"creator\", c) }}";
        let page = "crates/web/src/a.html";
        assert_eq!(found(page, good, texts), [""; 0]);
        let bad = "{{ f.text(\"tips-a\") }} {{ f.say(\"tips-b\", \"name\", c) }}";
        assert_eq!(found(page, bad, texts).len(), 3);
    }

    #[test]
    fn a_text_nobody_wrote_is_found() {
        assert_eq!(
            found(
                RUST,
                "w.text(\"tips-b\"); context(\"tips-c\"); row.text(\"id\")",
                "tips-a = x\n"
            ),
            [
                format!("{RUST}: tips-b is asked for and was never written"),
                String::from("tips-a is said nowhere")
            ]
        );
    }

    #[test]
    fn a_family_needs_no_call() {
        let tree = planted(&[("locales/en/declines.ftl", "declines-x = y\n")]);
        assert_eq!(check(&tree, &read(&tree, "en").0), [""; 0]);
    }
}
