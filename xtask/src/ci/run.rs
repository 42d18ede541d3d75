//! Running a program so that its lines are seen at once and its closing line is kept.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::tree::root;

/// How a step went: what it said last, or why it failed.
pub(super) type Outcome = Result<String>;

/// Runs a program from the root. What it prints is passed on; its closing line is the outcome.
///
/// The line is words in a row; nothing in it is quoted.
pub(super) fn command(line: &str) -> Outcome {
    let mut words = line.split_whitespace();
    let program = words.next().context("no program in the line")?;
    let mut child = Command::new(program)
        .args(words)
        .env("CARGO_TERM_COLOR", "never")
        .env("NO_COLOR", "1")
        .current_dir(root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    let closing = Mutex::new(None);
    let (out, err) = (child.stdout.take(), child.stderr.take());
    thread::scope(|both| {
        both.spawn(|| pass_on(out, &closing));
        both.spawn(|| pass_on(err, &closing));
    });
    let status = child.wait().with_context(|| format!("cannot wait for {program}"))?;
    let closing = closing.into_inner().ok().flatten();
    if status.success() {
        Ok(closing.unwrap_or_default())
    } else {
        bail!("{}", closing.unwrap_or_else(|| format!("{line}: {status}")))
    }
}

fn pass_on(stream: Option<impl Read>, closing: &Mutex<Option<String>>) {
    let Some(stream) = stream else { return };
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if is_closing(&line)
            && let Ok(mut closing) = closing.lock()
        {
            *closing = Some(line.trim().to_owned());
        }
    }
}

/// The line in which a test runner says how many passed and failed.
fn is_closing(line: &str) -> bool {
    let counts = line.contains(" passed") || line.contains(" failed");
    counts && line.contains(|letter: char| letter.is_ascii_digit()) && !line.contains("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_a_runner_is_known() {
        for line in [
            "     Summary [   0.130s] 32 tests run: 32 passed, 0 skipped",
            "browser stories: 9 passed, 1 failed",
        ] {
            assert!(is_closing(line), "{line}");
        }
        assert!(!is_closing("PASS [ 0.012s] (1/32) words a::passed::b"));
        assert!(!is_closing("all passed"));
    }

    #[test]
    fn a_program_that_fails_fails_the_step_with_its_closing_line() {
        assert_eq!(command("echo 3 passed").unwrap(), "3 passed");
        assert_eq!(command("false").unwrap_err().to_string().split(':').next(), Some("false"));
        assert!(command("no-such-program-anywhere").is_err());
    }
}
