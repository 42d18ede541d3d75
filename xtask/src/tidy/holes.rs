//! What was left for later.

use crate::rust::bare;
use crate::tree::Tree;

/// Spelled in two halves so that this file does not find itself.
const MACROS: [&str; 2] = [concat!("to", "do!("), concat!("unimple", "mented!(")];
const SKIPPED: &str = concat!("#[ig", "nore");
/// The one reason: another test starts it in a process of its own, under limits or to be killed.
const CHILD: &str = "\"started by ";
const PROMISES: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX:"), concat!("HA", "CK:")];

/// Finds code that is not written and tests that do not run.
pub(crate) fn none(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.of("rs") {
        for (index, line) in source.text.lines().enumerate() {
            let code = bare(line);
            if MACROS.iter().any(|open| code.contains(open)) {
                found.push(format!("{}:{} is not written yet", source.path, index + 1));
            }
            if code.trim_start().starts_with(SKIPPED) && !line.contains(CHILD) {
                found.push(format!("{}:{} skips a test", source.path, index + 1));
            }
        }
    }
    found
}

/// Finds comments that put work off.
pub(crate) fn no_promises(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.sources.iter().filter(|source| !source.is("md") && !source.is("json")) {
        for (index, line) in source.text.lines().enumerate() {
            if PROMISES.iter().any(|promise| line.contains(promise)) {
                found.push(format!("{}:{} puts work off", source.path, index + 1));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn unwritten_code_and_skipped_tests_are_found() {
        let text = format!("fn a() {{ {}) }}\n{}]\nfn b() {{}}\n", MACROS[0], SKIPPED);
        let found = none(&planted(&[("a/src/a.rs", &text), ("a/src/b.rs", "fn todo() {}\n")]));
        assert_eq!(found, ["a/src/a.rs:1 is not written yet", "a/src/a.rs:2 skips a test"]);
    }

    #[test]
    fn promises_are_found_in_any_text() {
        let text = format!("-- {} later\n", PROMISES[0]);
        let found = no_promises(&planted(&[("a/migrations/0001_a.sql", &text)]));
        assert_eq!(found, ["a/migrations/0001_a.sql:1 puts work off"]);
    }
}
