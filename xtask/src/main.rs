//! The workshop's tools: `cargo xtask ci`, `lint`, `tidy`, `arrows` and `words`.
//!
//! They read the sources as text, so each house rule is a small function with its reason beside
//! it and a test that shows what it finds.

mod arrows;
mod ci;
mod rust;
mod tidy;
mod tree;
mod words;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::tree::Tree;

const USAGE: &str = "\
cargo xtask ci      everything a change must pass, with what each step cost
cargo xtask lint    the part of it that runs without a database or a browser
cargo xtask tidy    the house rules
cargo xtask arrows  which crate may use which
cargo xtask words   no text missing, left over or wrongly filled in any language";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("ci") => ci::ci(),
        Some("lint") => ci::lint(),
        Some("tidy") => report("tidy", &tidy::check(&Tree::read()?)),
        Some("arrows") => report("arrows", &arrows::check(&Tree::read()?)?),
        Some("words") => report("words", &words::check(&Tree::read()?)),
        _ => bail!("{USAGE}"),
    }
}

/// Prints what was found, and fails if anything was.
fn report(what: &str, found: &[String]) -> Result<()> {
    for line in found {
        println!("{line}");
    }
    if found.is_empty() {
        println!("{what}: nothing to complain about");
        Ok(())
    } else {
        bail!("{what}: {} to put right", found.len())
    }
}
