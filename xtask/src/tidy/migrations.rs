//! The row of migrations: no gap, no number twice, no twin alone.

use std::collections::BTreeMap;

use crate::tree::Tree;

const TWINS: [&str; 2] = ["postgres", "sqlite"];

/// Finds what is wrong with the row of migrations.
pub(crate) fn are_complete(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    // Number to the kinds of file there are: "" for one text, else the database of a twin.
    let mut row: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for source in tree.of("sql").filter(|source| source.path.contains("/migrations/")) {
        match number_and_kind(source.name()) {
            Some((number, kind)) => row.entry(number).or_default().push(kind),
            None => found.push(format!("{} is not called 0001_words.sql", source.path)),
        }
    }
    for (expected, (number, mut kinds)) in (1..).zip(row) {
        if number != expected {
            found.push(format!("migration {expected:04} is missing before {number:04}"));
            break;
        }
        kinds.sort_unstable();
        if kinds != [""] && kinds != TWINS {
            found.push(format!("migration {number:04} is neither one text nor a pair of twins"));
        }
    }
    found
}

fn number_and_kind(name: &str) -> Option<(u32, &str)> {
    let stem = name.strip_suffix(".sql")?;
    let (stem, kind) = stem.split_once('.').unwrap_or((stem, ""));
    let (number, words) = stem.split_once('_')?;
    let fits = number.len() == 4 && !words.is_empty() && (kind.is_empty() || TWINS.contains(&kind));
    fits.then_some((number.parse().ok()?, kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    fn found(names: &[&str]) -> Vec<String> {
        let paths: Vec<_> = names.iter().map(|name| format!("s/migrations/{name}")).collect();
        let files: Vec<_> = paths.iter().map(|path| (path.as_str(), "")).collect();
        are_complete(&planted(&files))
    }

    #[test]
    fn a_complete_row_passes() {
        assert_eq!(
            found(&["0001_a.sql", "0002_b.postgres.sql", "0002_b.sqlite.sql", "0003_c.sql"]),
            [""; 0]
        );
    }

    #[test]
    fn gaps_doubles_lonely_twins_and_odd_names_are_found() {
        for (names, part) in [
            (&["0001_a.sql", "0003_c.sql"][..], "0002 is missing before 0003"),
            (&["0001_a.sql", "0001_b.sql"][..], "0001 is neither"),
            (&["0001_a.sqlite.sql"][..], "0001 is neither"),
            (&["first.sql"][..], "is not called"),
            (&["0001_a.mysql.sql"][..], "is not called"),
        ] {
            let found = found(names);
            assert!(found.iter().any(|line| line.contains(part)), "{part} in {found:?}");
        }
    }
}
