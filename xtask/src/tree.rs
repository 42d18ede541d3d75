//! The files of the workshop, read once, with paths as they are written in links.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Folders that are made by tools, or are not ours.
const SKIPPED: [&str; 5] = [".git", "target", "node_modules", "test-results", ".pgdata"];

/// Files whose text is read. Of all others only the path is known.
const TEXTS: [&str; 11] =
    ["rs", "md", "sql", "toml", "html", "ftl", "js", "mjs", "css", "txt", "json"];

/// One file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path from the root, with `/` between folders.
    pub(crate) path: String,
    /// What is in it; empty if it is no text.
    pub(crate) text: String,
}

impl Source {
    /// The file's name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether the path ends with `.` and this.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == kind)
    }

    /// Whether the whole file is for tests or benchmarks.
    pub(crate) fn is_for_tests(&self) -> bool {
        let inside = |folder| self.path.contains(folder);
        inside("/tests/") || inside("/benches/") || self.path.ends_with("/tests.rs")
    }
}

/// All files.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// In the order of their paths.
    pub(crate) sources: Vec<Source>,
}

impl Tree {
    /// Reads the workshop this program was built in.
    pub(crate) fn read() -> Result<Tree> {
        let mut tree = Tree::default();
        tree.walk(&root(), "")?;
        tree.sources.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    /// The files of this kind.
    pub(crate) fn of(&self, kind: &str) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(move |source| source.is(kind))
    }

    /// The Rust files that are not for tests.
    pub(crate) fn product(&self) -> impl Iterator<Item = &Source> {
        self.of("rs").filter(|source| !source.is_for_tests())
    }

    /// Whether there is such a file or folder.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.sources.iter().any(|source| source.path == path || source.path.starts_with(&folder))
    }

    fn walk(&mut self, folder: &Path, path: &str) -> Result<()> {
        let entries = fs::read_dir(folder).with_context(|| format!("cannot read {path}"))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
                self.walk(&entry.path(), &path)?;
            } else if kind.is_file() {
                let text = if is_text(&path) { read_text(&entry.path())? } else { String::new() };
                self.sources.push(Source { path, text });
            }
        }
        Ok(())
    }
}

/// Where the workshop is: the folder above this crate.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| TEXTS.contains(&end))
        || path == "Makefile"
        || path.starts_with(".ci/")
}

fn read_text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A tree made by hand, for the tests of rules.
#[cfg(test)]
pub(crate) fn planted(files: &[(&str, &str)]) -> Tree {
    let sources = files
        .iter()
        .map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect();
    Tree { sources }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workshop_is_found_and_read() {
        let tree = Tree::read().unwrap();
        let this = tree.of("rs").find(|source| source.path == "xtask/src/tree.rs").unwrap();
        assert!(this.text.starts_with("//!"));
        assert!(tree.has("crates/base") && tree.has("Cargo.toml") && !tree.has("target"));
    }

    #[test]
    fn test_files_are_told_from_the_product() {
        let tree = planted(&[
            ("crates/a/src/tip.rs", ""),
            ("crates/a/src/tip/tests.rs", ""),
            ("crates/a/tests/stories/tip.rs", ""),
        ]);
        let product: Vec<_> = tree.product().map(|source| source.path.as_str()).collect();
        assert_eq!(product, ["crates/a/src/tip.rs"]);
    }
}
