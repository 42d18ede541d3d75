//! Refusal codes: one meaning each, over all rooms.

use std::collections::BTreeMap;

use crate::rust::{code, inside, product_text, quoted};
use crate::tree::Tree;

const MADE: &str = "Refusal::new(";

/// The sandbox plays another company: its codes are that company's.
const ANOTHER_COMPANY: &str = "crates/processors/src/sandbox/house/";

/// Finds codes that are used with two kinds or two sentences.
pub(crate) fn mean_one_thing(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
    for source in tree.product().filter(|source| !source.path.starts_with(ANOTHER_COMPANY)) {
        for (code, meaning) in refusals(&code(&product_text(&source.text))) {
            if !is_snake(&code) {
                found.push(format!("{} has the code “{code}”, not snake_case", source.path));
            }
            let first =
                known.entry(code.clone()).or_insert_with(|| (source.path.clone(), meaning.clone()));
            if first.1 != meaning {
                found.push(format!(
                    "{} means something else by “{code}” than {}",
                    source.path, first.0
                ));
            }
        }
    }
    found
}

fn is_snake(code: &str) -> bool {
    code.starts_with(|letter: char| letter.is_ascii_lowercase())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Every refusal written with literals: its code, and its kind and sentence as one text.
fn refusals(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(MADE) {
        let Some(arguments) = inside(&text[at + MADE.len() - 1..]) else { continue };
        let kind = arguments.split(',').next().unwrap_or_default().trim();
        let [code, sentence] = quoted(arguments)[..] else { continue };
        let sentence = sentence.replace("\\\n", "");
        let words: Vec<_> = sentence.split_whitespace().collect();
        let kind = kind.rsplit("::").next().unwrap_or_default();
        found.push((code.to_owned(), format!("{kind} {}", words.join(" "))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn the_same_code_may_be_said_twice_but_not_meant_twice() {
        let tree = planted(&[
            ("a/src/a.rs", "Refusal::new(Kind::Rule, \"no_funds\", \"Buy \\\n     tokens.\")"),
            (
                "a/src/b.rs",
                "Refusal::new(\n    base::Kind::Rule,\n    \"no_funds\",\n    \"Buy tokens.\",\n)",
            ),
            ("a/src/c.rs", "Refusal::new(Kind::Conflict, \"no_funds\", \"Buy tokens.\")"),
            ("a/src/d.rs", "Refusal::new(Kind::Rule, \"No-Funds\", \"Buy tokens.\")"),
            ("a/src/e.rs", "Refusal::new(kind, code, detail)"),
            (
                "crates/processors/src/sandbox/house/f.rs",
                "Refusal::new(Kind::Conflict, \"no_funds\", \"Pay.\")",
            ),
        ]);
        let found = mean_one_thing(&tree);
        assert_eq!(
            found,
            [
                "a/src/c.rs means something else by “no_funds” than a/src/a.rs",
                "a/src/d.rs has the code “No-Funds”, not snake_case"
            ]
        );
    }
}
