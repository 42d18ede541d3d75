//! The new text of an answer: the whole without what it quotes and without the signature. It is
//! made of whole lines of the text, and when in doubt it is the whole: nothing is ever lost.

mod headings;
mod lines;
mod signature;
mod wrote;

use super::marker;
use super::steps;
use headings::begins_header_block;
use lines::{is_blank, is_quoted, shape};
use wrote::length_of_wrote;

/// What a mail is for, as its subject tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A word of its own, perhaps an answer.
    Answer,
    /// It passes another mail on: what is quoted is what it is about.
    Forward,
}

/// Reads the purpose off a subject.
pub(super) fn purpose(subject: &str) -> Purpose {
    let start: String = subject.trim_start().chars().take(6).collect::<String>().to_lowercase();
    let forwards = ["fwd:", "fw:", "wg:", "tr:", "vs:", "rv:", "enc:", "doorst", "i:", "inoltr"];
    if forwards.iter().any(|prefix| start.starts_with(prefix)) {
        Purpose::Forward
    } else {
        Purpose::Answer
    }
}

/// Where a quote begins and how sure that is.
struct Cut {
    /// The first line that is not new.
    at: usize,
    /// How many lines announce the quote before its first line.
    heading: usize,
}

/// The new text. `quoted` is the first line that a mail program marked as quoted in the HTML.
pub(super) fn fresh(whole: &str, purpose: Purpose, quoted: Option<&str>) -> String {
    let all: Vec<&str> = whole.split('\n').collect();
    steps::add(all.len());
    let mut kept = match (purpose, marker::find(&all)) {
        (_, Some(marker)) => above(&all, marker),
        (Purpose::Forward, None) => return whole.to_owned(),
        (Purpose::Answer, None) => match without_quote(&all, quoted) {
            Some(kept) => kept,
            None => return whole.to_owned(),
        },
    };
    signature::take_off(&mut kept);
    let fresh = join(&kept);
    if fresh.trim().is_empty() { whole.to_owned() } else { fresh }
}

/// The lines above our own marker, without the line that announces the quote it stands in. Lines
/// between or below our text are answers too: then everything stays.
fn above<'a>(all: &[&'a str], marker: usize) -> Vec<&'a str> {
    let below = all[marker..].iter().any(|line| is_quoted(line));
    if below && answers_within(&all[marker..]) {
        return all.to_vec();
    }
    let head = &all[..marker];
    let cut = first_cut(head).map_or(head.len(), |cut| cut.at);
    let tail = &head[cut.min(head.len())..];
    // A heading or quote signs between the new text and the marker belong to the quote.
    let mine = tail.iter().skip(4).any(|line| !is_blank(line) && !is_quoted(line));
    let mut kept = if mine { head.to_vec() } else { head[..cut].to_vec() };
    while kept.last().is_some_and(|line| is_quoted(line) || is_blank(line)) {
        kept.pop();
    }
    kept
}

/// The lines without the quote; `None` if the whole is to be kept.
fn without_quote<'a>(all: &[&'a str], quoted: Option<&str>) -> Option<Vec<&'a str>> {
    if let Some(cut) = first_cut(all) {
        let rest = &all[(cut.at + cut.heading).min(all.len())..];
        if !rest.iter().any(|line| is_quoted(line)) {
            // Nothing is marked, so everything below the heading is the quote.
            return Some(all[..cut.at].to_vec());
        }
        return split_marked(&all[..cut.at], rest);
    }
    if let Some(at) = marked_in_html(all, quoted) {
        let rest = &all[at..];
        if !rest.iter().any(|line| is_quoted(line)) {
            return Some(all[..at].to_vec());
        }
        return split_marked(&all[..at], rest);
    }
    let Some(at) = all.iter().position(|line| is_quoted(line)) else {
        return Some(all.to_vec());
    };
    split_marked(&all[..at], &all[at..])
}

/// With lines marked `>`: a quote at the end goes; a quote at the top goes if the answer is below
/// it; answers between quotes keep everything, since they mean nothing alone.
fn split_marked<'a>(before: &[&'a str], rest: &[&'a str]) -> Option<Vec<&'a str>> {
    if !answers_within(rest) {
        return Some(before.to_vec());
    }
    let first = rest.iter().position(|line| is_quoted(line))?;
    let after = rest[first..].iter().position(|line| !is_quoted(line) && !is_blank(line))?;
    let answer = &rest[first + after..];
    let only_below = before.iter().all(|line| is_blank(line))
        && rest[..first].iter().all(|line| is_blank(line))
        && !answer.iter().any(|line| is_quoted(line));
    only_below.then(|| answer.to_vec())
}

/// Whether somebody wrote below or between quoted lines, other than a signature.
fn answers_within(rest: &[&str]) -> bool {
    let Some(first) = rest.iter().position(|line| is_quoted(line)) else { return false };
    let mut own: Vec<&str> =
        rest[first..].iter().filter(|line| !is_quoted(line)).copied().collect();
    signature::take_off(&mut own);
    own.iter().any(|line| !is_blank(line))
}

/// The first heading of a quote in the lines.
fn first_cut(all: &[&str]) -> Option<Cut> {
    for (at, line) in all.iter().enumerate() {
        if is_blank(line) || is_quoted(line) {
            continue;
        }
        if let Some(heading) = length_of_wrote(&all[at..]) {
            return Some(Cut { at, heading });
        }
        if let Some(heading) = begins_header_block(&all[at..]) {
            return Some(Cut { at, heading });
        }
    }
    None
}

/// Where the text says what the HTML marks as the first quoted line.
fn marked_in_html(all: &[&str], quoted: Option<&str>) -> Option<usize> {
    let wanted = shape(quoted?);
    if wanted.chars().count() < 8 {
        return None;
    }
    all.iter().position(|line| shape(line) == wanted)
}

/// The lines as one text, without empty ones at either end.
fn join(kept: &[&str]) -> String {
    let first = kept.iter().position(|line| !is_blank(line)).unwrap_or(kept.len());
    let last = kept.iter().rposition(|line| !is_blank(line)).map_or(first, |at| at + 1);
    kept[first..last.max(first)].join("\n")
}

#[cfg(test)]
mod tests;
