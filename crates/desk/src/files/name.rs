//! A name for a file that does no harm on any machine, whatever its sender calls it.

/// How many characters of a name are kept.
pub(super) const NAME_LENGTH: usize = 200;
/// How many characters a safe name has before its ending.
const STEM_LENGTH: usize = 80;
/// Names that mean something else to Windows.
const DEVICES: [&str; 8] = ["con", "prn", "aux", "nul", "com1", "com2", "lpt1", "lpt2"];

/// Letters, digits, hyphens and underscores of the name, and the ending that its bytes deserve.
#[must_use]
pub fn safe_name(name: &str, ending: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let mut safe = String::new();
    for letter in stem.chars() {
        if letter.is_alphanumeric() || letter == '_' {
            safe.push(letter);
        } else if !safe.is_empty() && !safe.ends_with('-') {
            safe.push('-');
        }
    }
    let safe: String =
        crate::mask::cards(&safe).replace('•', "x").chars().take(STEM_LENGTH).collect();
    let safe = safe.trim_matches('-').to_owned();
    if safe.is_empty() || DEVICES.contains(&safe.to_lowercase().as_str()) {
        format!("file.{ending}")
    } else {
        format!("{safe}.{ending}")
    }
}
