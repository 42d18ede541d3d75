//! "On … wrote:" in the languages people answer in. It may be wrapped over a few lines.

use super::lines::{LOOKED_AT, is_blank, is_quoted, plain};
use crate::letters::steps;

/// How many lines it may be wrapped over.
const MOST_LINES: usize = 4;

/// How it begins, in en, fr, de, da, fil, es, nl, sv, nb, it, pt.
const BEGINNINGS: [&str; 14] = [
    "On ",
    "Le ",
    "Am ",
    "Den ",
    "Noong ",
    "El ",
    "Op ",
    "På ",
    "Il ",
    "Em ",
    "No dia ",
    "A ",
    "Il giorno ",
    "Sa ",
];
/// What it says somebody did, in the same languages.
const VERBS: [&str; 17] = [
    "wrote",
    "a écrit",
    "schrieb",
    "skrev",
    "ay sumulat",
    "isinulat",
    "sinulat",
    "sumulat",
    "nagsulat",
    "escribió",
    "schreef",
    "ha scritto",
    "escreveu",
    "writes",
    "schreibt",
    "napisał",
    "kirjoitti",
];

/// How many lines the heading has that begins here, if one does.
pub(super) fn length_of_wrote(lines: &[&str]) -> Option<usize> {
    let first = plain(lines[0]);
    if first.len() < 3 || !may_begin(&first) {
        return None;
    }
    let mut text = String::new();
    for (number, line) in lines.iter().take(MOST_LINES).enumerate() {
        steps::add(1);
        if is_blank(line) || (number > 0 && is_quoted(line)) {
            return None;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&plain(line));
        if text.chars().count() > LOOKED_AT {
            return None;
        }
        if text.ends_with(':') {
            return is_wrote(&text).then_some(number + 1);
        }
    }
    None
}

/// A cheap look, since every line of every mail is asked.
fn may_begin(first: &str) -> bool {
    let first = first.trim_start_matches(['-', '*', '_', ' ', '|']);
    BEGINNINGS.iter().any(|word| first.starts_with(word))
        || first.contains('@')
        || VERBS.iter().any(|verb| first.contains(verb))
        || first.chars().next().is_some_and(|one| one.is_ascii_digit())
        // Norwegian begins with the weekday: "tor. 2. nov. 2026 kl. 15:04 skrev …".
        || first.chars().take(5).any(|one| one == '.')
}

/// Whether a line ending in a colon says that somebody wrote at some time: a verb, and a date or an
/// address beside it.
fn is_wrote(text: &str) -> bool {
    let padded = format!(" {} ", text.trim_end_matches([':', ' ']).trim_start_matches(['-', ' ']));
    let verb = VERBS.iter().any(|verb| {
        padded.match_indices(verb).any(|(at, _)| {
            let before = padded[..at].chars().next_back();
            let after = padded[at + verb.len()..].chars().next();
            before.is_some_and(|one| !one.is_alphanumeric())
                && after.is_none_or(|one| !one.is_alphanumeric())
        })
    });
    let digits = padded.chars().filter(char::is_ascii_digit).count();
    let address = padded.contains('@');
    // Older Gmail: "2026-11-02 15:04 GMT+01:00 Ann <ann@example.com>:"
    let gmail = digits >= 10 && padded.contains('<') && address;
    (verb && (address || digits >= 3)) || gmail
}
