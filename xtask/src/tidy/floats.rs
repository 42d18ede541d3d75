//! Floats, kept away from everything that counts money.

use crate::rust::{bare, product_lines, words};
use crate::tree::Tree;

/// Where money is counted.
const MONEY: [&str; 4] =
    ["crates/base/src/money", "crates/ledger/src", "crates/billing/src", "crates/words/src/money"];

/// Finds float types where money is counted.
pub(crate) fn stay_away(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.product() {
        if !MONEY.iter().any(|folder| source.path.starts_with(folder)) {
            continue;
        }
        for (number, line) in product_lines(&source.text) {
            if words(&bare(line)).any(is_float) {
                found.push(format!("{}:{number} has a float", source.path));
            }
        }
    }
    found
}

/// A float type, or a number with one at its end.
fn is_float(word: &str) -> bool {
    ["f32", "f64"].iter().any(|float| {
        word == *float || (word.ends_with(float) && word.starts_with(|l: char| l.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn floats_are_found_near_money_only() {
        let text = "//! Not f64.\nlet a = 1 as f64;\nlet b = 2_f32;\nlet half64 = \"f64\";\n";
        let tree = planted(&[
            ("crates/ledger/src/a.rs", text),
            ("crates/ledger/src/b.rs", "#[cfg(test)]\nmod tests {\n    type A = f64;\n}\n"),
            ("crates/ledger/benches/c.rs", text),
            ("crates/web/src/d.rs", text),
        ]);
        assert_eq!(
            stay_away(&tree),
            ["crates/ledger/src/a.rs:2 has a float", "crates/ledger/src/a.rs:3 has a float"]
        );
    }
}
