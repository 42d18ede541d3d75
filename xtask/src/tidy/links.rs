//! Documents: links that lead somewhere, decisions that have a number.

use std::collections::BTreeMap;

use crate::tree::Tree;

const DECISIONS: &str = "docs/decisions/";
/// Articles link to pages of the program; the help centre's own tests follow those links.
const ARTICLES: &str = "crates/desk/src/help/starter/";

/// Finds relative links in documents that lead nowhere.
pub(crate) fn lead_somewhere(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for source in tree.of("md").filter(|source| !source.path.starts_with(ARTICLES)) {
        let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in outside_code(&source.text) {
            for link in links_in(line) {
                let outside = link.contains("://") || link.starts_with("mailto:");
                let target = link.split(['#', '?']).next().unwrap_or_default();
                if !outside && !target.is_empty() && !tree.has(&join(folder, target)) {
                    let place = format!("{}:{}", source.path, index + 1);
                    found.push(format!("{place} links to {link}, which is not there"));
                }
            }
        }
    }
    found
}

/// Finds decisions without a number, or with another one's.
pub(crate) fn decisions_are_numbered(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for source in tree.of("md").filter(|source| source.path.starts_with(DECISIONS)) {
        let number = source.name().split('-').next().unwrap_or_default();
        if number.len() != 4 || number.parse::<u32>().is_err() {
            found.push(format!("{} is not called 0001-words.md", source.path));
        } else if let Some(other) = taken.insert(number, &source.path) {
            found.push(format!("{} has the number of {other}", source.path));
        }
    }
    found
}

/// The lines that are not in a fenced block.
fn outside_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

/// What stands in the round brackets of `[words](target)` and `![picture](target)`.
fn links_in(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("](") {
        rest = &rest[start + 2..];
        let Some(end) = rest.find(')') else { break };
        found.push(rest[..end].split_whitespace().next().unwrap_or_default());
        rest = &rest[end..];
    }
    found
}

/// A path from the root, with the steps up taken.
fn join(folder: &str, target: &str) -> String {
    let rooted = target.strip_prefix('/');
    let mut steps: Vec<&str> =
        if rooted.is_some() { Vec::new() } else { folder.split('/').collect() };
    for step in rooted.unwrap_or(target).split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn dead_links_are_found_and_live_ones_are_not() {
        let text = "[a](../STYLE.md#x) [b](decisions/) ![c](shot.png)\n[d](gone.md)\n\
                    [e](https://x.example/y) [f](#here) [g](mailto:a@b.example)\n\
                    ```\n[h](in-code.md)\n```\n[i](../../outside.md)";
        let tree = planted(&[
            ("STYLE.md", ""),
            ("docs/a.md", text),
            ("docs/shot.png", ""),
            ("docs/decisions/0001-x.md", ""),
        ]);
        let found = lead_somewhere(&tree);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("docs/a.md:2 links to gone.md"), "{found:?}");
        assert!(found[1].contains("outside.md"), "{found:?}");
    }

    #[test]
    fn decisions_have_a_number_of_their_own() {
        let tree = planted(&[
            ("docs/decisions/0001-a.md", ""),
            ("docs/decisions/0001-b.md", ""),
            ("docs/decisions/why.md", ""),
        ]);
        let found = decisions_are_numbered(&tree);
        assert_eq!(
            found,
            [
                "docs/decisions/0001-b.md has the number of docs/decisions/0001-a.md",
                "docs/decisions/why.md is not called 0001-words.md"
            ]
        );
    }
}
