//! Rooms inside a crate: entered by the door, their rows kept to themselves.

use crate::rust::product_lines;
use crate::tree::Tree;

/// Finds rooms that hand out their SQL.
pub(super) fn keep_their_rows(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.product().filter(|source| source.path.starts_with("crates/")) {
        for (number, line) in product_lines(&source.text) {
            let line = line.trim_start();
            if line.starts_with("pub") && line.ends_with(" mod rows;") {
                found.push(format!("{}:{number} lets others at its rows", source.path));
            }
        }
    }
    found
}

/// Finds rooms (folders with rows) that have no door.
pub(super) fn have_doors(tree: &Tree) -> Vec<String> {
    tree.product()
        .filter_map(|source| source.path.strip_suffix("/rows.rs"))
        .filter(|room| room.starts_with("crates/") && !room.ends_with("/src"))
        .filter(|room| !tree.has(&format!("{room}/mod.rs")) && !tree.has(&format!("{room}.rs")))
        .map(|room| format!("{room} has rows and no door mod.rs"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn rows_are_kept_inside() {
        let tree = planted(&[
            ("crates/a/src/tips/mod.rs", "mod rows;\npub mod leave;\n"),
            ("crates/a/src/tabs/mod.rs", "pub mod rows;\n"),
            ("crates/a/src/refunds/mod.rs", "pub(crate) mod rows;\n"),
        ]);
        assert_eq!(
            keep_their_rows(&tree),
            [
                "crates/a/src/tabs/mod.rs:1 lets others at its rows",
                "crates/a/src/refunds/mod.rs:1 lets others at its rows"
            ]
        );
    }

    #[test]
    fn a_room_has_a_door() {
        let tree = planted(&[
            ("crates/a/src/tips/mod.rs", ""),
            ("crates/a/src/tips/rows.rs", ""),
            ("crates/a/src/tabs/rows.rs", ""),
        ]);
        assert_eq!(have_doors(&tree), ["crates/a/src/tabs has rows and no door mod.rs"]);
    }
}
