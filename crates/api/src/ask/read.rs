//! From an error of the JSON reader to a refusal that names the field.

use std::fmt::Display;

use base::{Kind, Refusal};

/// The field is none of ours.
const UNKNOWN: Refusal = Refusal::new(Kind::Malformed, "field_unknown", "no such field");
/// The field is needed.
const MISSING: Refusal = Refusal::new(Kind::Malformed, "field_missing", "this field is needed");
/// The field stands there twice.
const TWICE: Refusal = Refusal::new(Kind::Malformed, "field_twice", "this field stands twice");
/// The field holds something else.
const NOT_VALID: Refusal = Refusal::new(Kind::Malformed, "field_not_valid", "not valid");

/// How much of the reader's sentence is passed on; it can hold what was sent.
const LONGEST: usize = 300;

/// The refusal for a field, by the reader's own sentence, which names it between backticks.
pub(super) fn field<E: Display>(error: &serde_path_to_error::Error<E>) -> Refusal {
    let sentence = error.inner().to_string();
    let path = error.path().to_string();
    let path = if path == "." { String::new() } else { path };
    let begun =
        [("unknown field `", UNKNOWN), ("missing field `", MISSING), ("duplicate field `", TWICE)];
    for (words, refusal) in begun {
        if let Some((name, _)) = sentence.strip_prefix(words).and_then(|rest| rest.split_once('`'))
        {
            return refusal.at(joined(&path, name)).because(shortened(&sentence));
        }
    }
    let refusal = NOT_VALID.because(shortened(&sentence));
    if path.is_empty() { refusal } else { refusal.at(path) }
}

/// The name behind the path, unless the path ends with it already.
fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        return shortened(name);
    }
    if path == name || path.ends_with(&format!(".{name}")) {
        return shortened(path);
    }
    shortened(&format!("{path}.{name}"))
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
