//! What is quoted below an answer: the last words of the same two, and not many of them.

use base::id::AddressId;

use crate::cases::Message;

/// Lines of the quote, and letters of a line.
const MOST_LINES: usize = 12;
const LONGEST_LINE: usize = 200;

/// The newest words that were said to or by the reader, as lines; none if there are none.
///
/// Nothing of what anybody else wrote stands in it.
pub(super) fn quoted(before: &[Message], reader: AddressId) -> Vec<String> {
    let theirs = |one: &&Message| {
        one.address == Some(reader) && one.redacted_at.is_none() && one.withdrawn_at.is_none()
    };
    let Some(last) = before.iter().rev().find(theirs) else { return Vec::new() };
    let lines = last.fresh.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let mut lines: Vec<String> = lines.take(MOST_LINES + 1).map(short).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines.push("…".to_owned());
    }
    lines
}

fn short(line: &str) -> String {
    let mut short: String = line.chars().take(LONGEST_LINE).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}
