//! Everything a change must pass, as a list that reads like a table of contents.

mod openapi;
mod run;

use std::time::Instant;

use anyhow::{Result, bail};

use self::run::{Outcome, command};
use crate::tree::Tree;
use crate::{arrows, tidy, words};

/// One step: its name, and the deed that says how it went.
struct Step {
    name: &'static str,
    take: fn() -> Outcome,
}

/// What needs no database and no browser.
const LINT: [Step; 5] = [
    Step { name: "format", take: || command("cargo fmt --all --check") },
    Step { name: "tidy", take: || ours(Ok(tidy::check(&read()?))) },
    Step { name: "arrows", take: || ours(arrows::check(&read()?)) },
    Step { name: "words", take: || ours(Ok(words::check(&read()?))) },
    Step {
        name: "clippy",
        take: || command("cargo clippy --workspace --all-targets --quiet -- -D warnings"),
    },
];

/// What follows. Tests of both databases are in one run: each story runs on either.
const PROVE: [Step; 4] = [
    Step { name: "openapi", take: openapi::is_checked_in },
    Step { name: "tests", take: || command("cargo nextest run --workspace --no-fail-fast") },
    Step { name: "doc tests", take: || command("cargo test --doc --workspace --quiet") },
    Step { name: "browser stories", take: || command("node e2e/run.mjs") },
];

/// Runs everything.
pub(crate) fn ci() -> Result<()> {
    take_all(LINT.iter().chain(&PROVE))
}

/// Runs the part that needs no database and no browser.
pub(crate) fn lint() -> Result<()> {
    take_all(LINT.iter())
}

fn take_all<'a>(steps: impl Iterator<Item = &'a Step>) -> Result<()> {
    let mut closing = Vec::new();
    let mut failed = Vec::new();
    for step in steps {
        println!("\n== {}", step.name);
        let began = Instant::now();
        let outcome = (step.take)();
        let took = began.elapsed().as_secs();
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        let said = match &outcome {
            Ok(said) => said.clone(),
            Err(error) => format!("{error:#}"),
        };
        println!("{said}");
        let last = said.lines().last().unwrap_or_default();
        closing.push(format!("{:<16} {word} in {took:>4} s   {last}", step.name));
        if outcome.is_err() {
            failed.push(step.name);
        }
    }
    println!("\n{}", closing.join("\n"));
    if failed.is_empty() {
        println!("\nall passed");
        Ok(())
    } else {
        bail!("failed: {}", failed.join(", "))
    }
}

/// A check of our own as a step.
fn ours(found: Result<Vec<String>>) -> Outcome {
    let found = found?;
    if found.is_empty() {
        Ok(String::from("nothing to complain about"))
    } else {
        bail!("{}\n{} to put right", found.join("\n"), found.len())
    }
}

fn read() -> Result<Tree> {
    Tree::read()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_step_fails_the_whole_and_the_others_still_run() {
        let steps = [
            Step { name: "bad", take: || ours(Ok(vec![String::from("a.rs:1 is wrong")])) },
            Step { name: "good", take: || ours(Ok(Vec::new())) },
        ];
        let error = take_all(steps.iter()).unwrap_err();
        assert_eq!(error.to_string(), "failed: bad");
        take_all(steps[1..].iter()).unwrap();
    }

    #[test]
    fn steps_have_names_of_their_own() {
        let mut names: Vec<_> = LINT.iter().chain(&PROVE).map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LINT.len() + PROVE.len());
    }
}
