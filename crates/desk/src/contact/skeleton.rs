//! A request by mail, ready to be filled in: the same fields as the form, under labels that the
//! reading of mail knows.

use base::Language;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::labels::{Labels, Part};

/// What is known before somebody writes.
#[derive(Clone, Debug, Default)]
pub struct Prefill {
    /// The subject, if there is one yet.
    pub subject: String,
    /// What they are called on the site.
    pub user: String,
    /// The payment or order it is about.
    pub order: String,
}

/// The text of the mail: a line for each part, and room for the description.
///
/// All sides stand there, so that the writer only deletes; a line that keeps more than one says
/// nothing.
#[must_use]
pub fn skeleton(language: Language, prefill: &Prefill) -> String {
    let labels = Labels::of(language);
    let first = |names: &[&'static str]| names.first().copied().unwrap_or_default();
    let sides = [first(labels.mine), first(labels.creator), first(labels.unsure)].join(" / ");
    let [user, side, order, description] = Part::ALL.map(|part| labels.written(part));
    // French sets a thin space before a colon.
    let colon = if language == Language::Fr { "\u{a0}:" } else { ":" };
    format!(
        "{user}{colon} {}\n{side}{colon} {sides}\n{order}{colon} {}\n{description}{colon}\n\n",
        prefill.user, prefill.order
    )
}

/// The link that opens a mail with the skeleton in it.
#[must_use]
pub fn mailto(mail: &str, language: Language, prefill: &Prefill) -> String {
    let body = skeleton(language, prefill).replace('\n', "\r\n");
    let body = utf8_percent_encode(&body, NON_ALPHANUMERIC);
    let subject = utf8_percent_encode(&prefill.subject, NON_ALPHANUMERIC);
    format!("mailto:{mail}?subject={subject}&body={body}")
}

#[cfg(test)]
mod tests {
    use super::super::labels;
    use super::*;

    #[test]
    fn the_skeleton_is_understood_line_by_line_in_every_language() {
        for language in Language::ALL {
            let prefill =
                Prefill { user: "ana".into(), order: "2026-7".into(), ..Prefill::default() };
            let text = skeleton(language, &prefill);
            let read: Vec<_> = text.lines().filter_map(labels::begun).collect();
            let parts: Vec<_> = read.iter().map(|(part, _)| *part).collect();
            assert_eq!(parts, Part::ALL, "{text}");
            assert_eq!((read[0].1, read[2].1, read[3].1), ("ana", "2026-7", ""), "{text}");
            assert_eq!(labels::side(read[1].1), None, "nothing is chosen yet");
            for (side, word) in read[1].1.split(" / ").zip(["mine", "creator", "unknown"]) {
                assert_eq!(labels::side(side), Some(word), "{text}");
            }
        }
    }

    #[test]
    fn nothing_that_is_filled_in_begins_another_header() {
        let prefill = Prefill { subject: "a&bcc=eve@x.example\r\n".into(), ..Prefill::default() };
        let link = mailto("help@x.example", Language::Fr, &prefill);
        assert!(link.starts_with("mailto:help@x.example?subject=a%26bcc%3D"), "{link}");
        assert_eq!(link.matches('&').count(), 1);
        assert!(link.contains("%0D%0A") && !link.contains(' '));
    }
}
