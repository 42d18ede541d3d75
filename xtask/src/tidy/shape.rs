//! The shape of a file: how it begins, how long and how wide it is.

use crate::rust::{product_lines, product_text};
use crate::tree::Tree;

const LINES: usize = 400;
const COLUMNS: usize = 100;

/// Finds Rust files that do not say first why they exist.
pub(crate) fn begins_with_its_reason(tree: &Tree) -> Vec<String> {
    tree.of("rs")
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("{}:1 does not begin with //!", source.path))
        .collect()
}

/// Finds files that are too long.
pub(crate) fn is_short(tree: &Tree) -> Vec<String> {
    tree.product()
        .map(|source| (source, product_text(&source.text).lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(source, lines)| format!("{} has {lines} lines without its tests", source.path))
        .collect()
}

/// Finds lines that are too wide. Addresses cannot be broken, so lines with one may be.
pub(crate) fn is_narrow(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.product() {
        for (number, line) in product_lines(&source.text) {
            let columns = line.chars().count();
            if columns > COLUMNS && !line.contains("://") {
                found.push(format!("{}:{number} is {columns} columns wide", source.path));
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
    fn a_file_says_first_why_it_exists() {
        let tree = planted(&[("a/src/a.rs", "//! Why.\n"), ("a/src/b.rs", "use x;\n//! Late.\n")]);
        assert_eq!(begins_with_its_reason(&tree), ["a/src/b.rs:1 does not begin with //!"]);
    }

    #[test]
    fn tests_do_not_make_a_file_long() {
        let code = "x();\n".repeat(LINES);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "    y();\n".repeat(50));
        let tree = planted(&[
            ("a/src/fits.rs", &format!("{code}{tests}")),
            ("a/src/long.rs", &format!("{code}x();\n{tests}")),
            ("a/src/long/tests.rs", &code.repeat(2)),
        ]);
        assert_eq!(is_short(&tree), ["a/src/long.rs has 401 lines without its tests"]);
    }

    #[test]
    fn width_is_counted_in_letters_and_addresses_are_let_through() {
        let tree = planted(&[
            ("a/src/a.rs", &"ø".repeat(COLUMNS)),
            ("a/src/b.rs", &"ø".repeat(COLUMNS + 1)),
            ("a/src/c.rs", &format!("// https://x/{}", "y".repeat(COLUMNS))),
        ]);
        assert_eq!(is_narrow(&tree), ["a/src/b.rs:1 is 101 columns wide"]);
    }
}
