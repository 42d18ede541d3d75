//! A text that ships: what stands between two lines of dashes, and the article below them.

use crate::help::Written;

/// Reads a file, or says why it cannot be read.
pub(super) fn read(text: &str) -> Result<Written, String> {
    let rest = text.strip_prefix("---\n").ok_or("it does not begin with dashes")?;
    let (front, body) = rest.split_once("\n---\n").ok_or("the second line of dashes is missing")?;
    let (mut title, mut slug, mut summary) = ("", "", "");
    for line in front.lines() {
        let (name, value) = line.split_once(':').ok_or(format!("{line}: no colon"))?;
        match name {
            "title" => title = value.trim(),
            "slug" => slug = value.trim(),
            "summary" => summary = value.trim(),
            other => return Err(format!("{other} is not known here")),
        }
    }
    if summary.is_empty() {
        return Err("the summary is missing".to_owned());
    }
    Written::checked(slug, title, summary, body).map_err(|no| no.detail.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_title_a_summary_and_a_body() {
        let written = read("---\ntitle: A: b\nsummary: S\n---\n## H\n").unwrap();
        assert_eq!((written.title.as_str(), written.slug.as_str()), ("A: b", "a-b"));
        assert_eq!(written.body, "## H");
        for bad in ["", "---\ntitle: A\n", "---\nnmae: A\n---\nx", "---\ntitle: A\n---\nx"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
