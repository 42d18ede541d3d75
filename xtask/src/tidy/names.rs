//! Names that fit everything and so say nothing.

use crate::rust::{bare, product_lines, words};
use crate::tree::{Source, Tree};

/// Words that no name may have in it, also with an `s` at their end.
const EMPTY: [&str; 10] =
    ["util", "helper", "manager", "service", "common", "data", "info", "misc", "process", "do"];

/// A request handler is one only where HTTP is spoken.
const OF_HTTP: &str = "handler";
const HTTP: [&str; 2] = ["crates/web/", "crates/api/"];

/// What stands before the name of an item.
const ITEMS: [&str; 8] = ["fn", "struct", "enum", "trait", "mod", "type", "const", "static"];

/// Finds files and items whose names say nothing.
pub(crate) fn say_something(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.product() {
        if let Some(word) = empty_word(source, source.name().trim_end_matches(".rs")) {
            found.push(format!("{} has “{word}” in its name", source.path));
        }
        for (number, line) in product_lines(&source.text) {
            for name in names_in(&bare(line)) {
                if let Some(word) = empty_word(source, &name) {
                    found.push(format!("{}:{number} “{name}” says “{word}”", source.path));
                }
            }
        }
    }
    found
}

/// The names of the items that begin on this line.
fn names_in(line: &str) -> Vec<String> {
    let words: Vec<_> = words(line).collect();
    words
        .windows(2)
        .filter(|pair| ITEMS.contains(&pair[0]) && pair[1] != "fn")
        .map(|pair| pair[1].to_owned())
        .collect()
}

fn empty_word(source: &Source, name: &str) -> Option<&'static str> {
    let parts = parts(name);
    let has = |word: &str| parts.iter().any(|part| part == word || *part == format!("{word}s"));
    if has(OF_HTTP) && !HTTP.iter().any(|crate_| source.path.starts_with(crate_)) {
        return Some(OF_HTTP);
    }
    EMPTY.into_iter().find(|word| has(word))
}

/// The words a name is made of, in small letters: `TipManager` and `tip_manager` alike.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = '_';
    for letter in name.chars() {
        let begins = letter.is_uppercase() && !before.is_uppercase();
        if letter == '_' || begins {
            parts.push(String::new());
        }
        if letter != '_'
            && let Some(part) = parts.last_mut()
        {
            part.extend(letter.to_lowercase());
        }
        before = letter;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(parts("TipManager"), ["tip", "manager"]);
        assert_eq!(parts("read_all_data"), ["read", "all", "data"]);
        assert_eq!(parts("HTTP_LIMIT"), ["http", "limit"]);
    }

    #[test]
    fn empty_names_of_files_and_items_are_found() {
        let tree = planted(&[
            ("crates/a/src/utils.rs", ""),
            ("crates/a/src/tip.rs", "pub struct TipManager;\npub fn process_it() {}\n"),
            ("crates/a/src/post.rs", "fn handler() {}\n"),
            ("crates/api/src/post.rs", "fn handler() {}\n"),
            (
                "crates/a/src/fine.rs",
                "pub fn processor(datum: u8) {} // fn manager\nstruct Database;",
            ),
        ]);
        let found = say_something(&tree);
        assert_eq!(found.len(), 4, "{found:?}");
        for part in ["utils.rs has “util”", "“TipManager”", "“process_it”", "“handler” says"]
        {
            assert!(found.iter().any(|line| line.contains(part)), "{part} in {found:?}");
        }
    }

    #[test]
    fn tests_may_name_as_they_like() {
        let text = "#[cfg(test)]\nmod tests {\n    fn helper() {}\n}\n";
        assert_eq!(say_something(&planted(&[("a/src/a.rs", text)])), [""; 0]);
    }
}
