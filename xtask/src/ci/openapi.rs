//! The description of the API that is checked in must be the one the program serves.

use std::fs;
use std::process::Command;

use anyhow::{Context, bail, ensure};

use super::run::Outcome;
use crate::tree::root;

const CHECKED_IN: &str = "docs/openapi.json";

/// Asks the program for its description and holds it against the file.
pub(super) fn is_checked_in() -> Outcome {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "paydesk", "--", "openapi"])
        .current_dir(root())
        .output()
        .context("cannot ask paydesk for its description")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "paydesk openapi failed: {errors}");
    let served = String::from_utf8(output.stdout).context("the description is no text")?;
    let kept = fs::read_to_string(root().join(CHECKED_IN)).unwrap_or_default();
    match first_difference(&kept, &served) {
        None => Ok(format!("{CHECKED_IN} is what the program serves")),
        Some(line) => bail!(
            "{CHECKED_IN} differs from line {line} on; \
             write it again: cargo run --package paydesk -- openapi > {CHECKED_IN}"
        ),
    }
}

/// The number of the first line that is not the same; space at the end does not count.
fn first_difference(kept: &str, served: &str) -> Option<usize> {
    let (mut kept, mut served) = (kept.trim_end().lines(), served.trim_end().lines());
    for number in 1.. {
        match (kept.next(), served.next()) {
            (None, None) => return None,
            (one, other) if one != other => return Some(number),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb"), None);
        assert_eq!(first_difference("a\nb", "a\nc"), Some(2));
        assert_eq!(first_difference("", "a"), Some(1));
        assert_eq!(first_difference("a\nb", "a"), Some(2));
    }
}
