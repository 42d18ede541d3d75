//! The house rules. Each is a function over the sources, and carries its reason.

mod codes;
mod floats;
mod holes;
mod links;
mod migrations;
mod names;
mod places;
mod shape;

use crate::tree::Tree;

/// One house rule.
struct Rule {
    /// What it asks for.
    asks: &'static str,
    /// Why.
    because: &'static str,
    /// What in the sources is against it.
    check: fn(&Tree) -> Vec<String>,
}

const RULES: [Rule; 13] = [
    Rule {
        asks: "every Rust file begins with //!",
        because: "read in a row, these sentences are the tour of the house",
        check: shape::begins_with_its_reason,
    },
    Rule {
        asks: "no file has more than 400 lines without its tests",
        because: "a file is one noun or one deed; what is longer is two of them",
        check: shape::is_short,
    },
    Rule {
        asks: "no line of the product is wider than 100 columns",
        because: "two files fit side by side, and rustfmt cannot break a long text",
        check: shape::is_narrow,
    },
    Rule {
        asks: "no file or item is named after nothing",
        because: "such a name fits everything, so everything ends up there",
        check: names::say_something,
    },
    Rule {
        asks: "nothing is left open in the code",
        because: "unfinished work is an issue, and a test that is skipped proves nothing",
        check: holes::none,
    },
    Rule {
        asks: "migrations are numbered without a gap and twins come in pairs",
        because: "a gap is a lost file, and half a pair leaves one database behind",
        check: migrations::are_complete,
    },
    Rule {
        asks: "links in documents lead somewhere",
        because: "a reader who follows a dead link stops trusting the live ones",
        check: links::lead_somewhere,
    },
    Rule {
        asks: "every decision has a number of its own",
        because: "code and commits refer to decisions by number",
        check: links::decisions_are_numbered,
    },
    Rule {
        asks: "no path of somebody's machine",
        because: "it works there and nowhere else",
        check: places::are_everybodys,
    },
    Rule {
        asks: "a refusal code means one thing",
        because: "programs of merchants branch on it",
        check: codes::mean_one_thing,
    },
    Rule {
        asks: "no float near money",
        because: "a float forgets minor units without telling",
        check: floats::stay_away,
    },
    Rule {
        asks: "SQL is in rows.rs, or in the store",
        because: "who wants to know what a room asks of the database reads one file",
        check: places::sql_has_one_place,
    },
    Rule {
        asks: "a comment does not promise work",
        because: "nobody plans by grepping; open an issue",
        check: holes::no_promises,
    },
];

/// Everything that is against a rule, each with the rule and its reason.
pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for rule in &RULES {
        let against = (rule.check)(tree);
        if !against.is_empty() {
            found.extend(against.into_iter().map(|place| {
                format!("{place}\n    rule: {}, because {}", rule.asks, rule.because)
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn a_finding_comes_with_its_rule_and_reason() {
        let found = check(&planted(&[("crates/a/src/tip.rs", "fn leave() {}\n")]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/a/src/tip.rs:1"), "{found:?}");
        assert!(found[0].contains("because"), "{found:?}");
    }
}
