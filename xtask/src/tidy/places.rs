//! Where things are: paths that only one machine has, and SQL outside its place.

use crate::rust::product_lines;
use crate::tree::Tree;

/// Folders of people and of workshops. In halves, so that this file does not find itself.
const MACHINES: [&str; 6] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("C:", "\\\\"),
    concat!("/mn", "t/"),
];

/// How a statement begins.
const STATEMENTS: [&str; 5] = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "];

/// Asking whether anybody is there is no statement of a room.
const KNOCK: &str = "\"SELECT 1";

/// Crates that may hold SQL anywhere: the store is the driver's own house.
/// The ledger's engines are what keeps its rows, and a benchmark asks behind our back.
const SQL_CRATES: [&str; 4] = ["crates/store/", "crates/ledger/src/engines/", "xtask/", "bench/"];

/// Finds absolute paths of a machine.
pub(crate) fn are_everybodys(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in &tree.sources {
        for (index, line) in source.text.lines().enumerate() {
            for machine in MACHINES {
                let begins = |at: usize| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|letter| {
                        !letter.is_alphanumeric() && !"}~._-$".contains(letter)
                    })
                };
                if line.match_indices(machine).any(|(at, _)| begins(at)) {
                    found.push(format!("{}:{} has a path in {machine}", source.path, index + 1));
                }
            }
        }
    }
    found
}

/// Finds SQL that is not in a room's `rows.rs`, nor in a folder `rows/`.
pub(crate) fn sql_has_one_place(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.product() {
        let own = SQL_CRATES.iter().any(|crate_| source.path.starts_with(crate_));
        let rows = source.path.ends_with("/rows.rs") || source.path.contains("/rows/");
        if own || rows {
            continue;
        }
        for (number, line) in product_lines(&source.text) {
            let states = STATEMENTS.iter().any(|statement| line.contains(statement));
            if states && !line.contains(KNOCK) {
                found.push(format!("{}:{number} has SQL in it", source.path));
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
    fn paths_of_a_machine_are_found_and_others_are_not() {
        let text = format!("cp {}ana/x .\nhttps://x.example{}y\n", MACHINES[0], MACHINES[3]);
        let found = are_everybodys(&planted(&[("README.md", &text)]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("README.md:1"), "{found:?}");
    }

    #[test]
    fn sql_is_found_outside_rows() {
        let sql = "let q = \"SELECT id FROM tips\";\n";
        let tree = planted(&[
            ("crates/billing/src/tips/rows.rs", sql),
            ("crates/billing/src/tips/leave.rs", sql),
            ("crates/billing/src/tips/tests.rs", sql),
            ("crates/store/src/jobs.rs", sql),
            ("crates/paydesk/src/doctor.rs", "reader.fetch(\"SELECT 1\")\n"),
        ]);
        assert_eq!(sql_has_one_place(&tree), ["crates/billing/src/tips/leave.rs:1 has SQL in it"]);
    }
}
