//! What single lines look like.

/// How much of a line is looked at; a longer one is nobody's heading.
pub(super) const LOOKED_AT: usize = 400;

/// Nothing to read on it.
pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// A line that is marked as quoted.
pub(super) fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// The beginning of a line, without blanks of any kind at its ends and between doubled.
pub(super) fn plain(line: &str) -> String {
    let start: String = line.chars().take(LOOKED_AT).collect();
    start.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The letters and digits of a line, to compare what was wrapped and marked differently.
pub(super) fn shape(line: &str) -> String {
    line.chars().take(LOOKED_AT).filter(|one| one.is_alphanumeric()).take(60).collect()
}
