//! The ticket form filled in by mail: labelled lines at the top of the text, in any of the five
//! languages. What is not understood stays text.

use base::Language;

use super::labels;
use super::steps;

/// Lines that are looked at for labels.
const MOST_LINES: usize = 60;
/// The longest line that can be a label with its value.
const LONGEST_LINE: usize = 2_000;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The user name on the site.
    Username,
    /// Whose side it happened on.
    Side,
    /// What it is about, in a few words.
    Subject,
    /// What happened.
    Description,
    /// The order or payment it is about.
    Order,
}

impl Field {
    /// A stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Username => "username",
            Field::Side => "side",
            Field::Subject => "subject",
            Field::Description => "description",
            Field::Order => "order",
        }
    }
}

/// The form as it was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailedForm {
    /// Fields with what was written, each once, in the order they came.
    pub fields: Vec<(Field, String)>,
    /// The language most of the labels are in.
    pub language: Option<Language>,
}

impl MailedForm {
    /// What was written into a field.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&str> {
        self.fields.iter().find(|(one, _)| *one == field).map(|(_, value)| value.as_str())
    }
}

/// Reads the form off the top of a text. One label alone is a way to write, two are a form.
pub(super) fn read(text: &str) -> Option<MailedForm> {
    let mut fields: Vec<(Field, Vec<&str>)> = Vec::new();
    let mut languages: Vec<Language> = Vec::new();
    let mut before = 0;
    for (number, line) in text.lines().enumerate() {
        steps::add(1);
        let label = if number < MOST_LINES { label(line) } else { None };
        match label {
            Some((field, language, value)) if !fields.iter().any(|(one, _)| *one == field) => {
                languages.extend(language);
                fields.push((field, vec![value]));
            }
            _ => match fields.last_mut() {
                // A greeting may stand above the first label.
                None if line.trim().is_empty() => {}
                None if before < 2 && line.len() < 80 => before += 1,
                None => return None,
                Some((Field::Description, lines)) => lines.push(line),
                Some((_, lines)) if lines.iter().all(|line| line.trim().is_empty()) => {
                    lines.push(line);
                }
                Some(_) if line.trim().is_empty() => {}
                // Free text after the last field is part of what happened.
                Some(_) => break,
            },
        }
    }
    let fields: Vec<(Field, String)> = fields
        .into_iter()
        .map(|(field, lines)| (field, lines.join("\n").trim().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let language = most(&languages);
    (fields.len() >= 2).then_some(MailedForm { fields, language })
}

/// The language that more labels are in than any other.
fn most(languages: &[Language]) -> Option<Language> {
    let count = |one: Language| languages.iter().filter(|other| **other == one).count();
    let best = Language::ALL.into_iter().max_by_key(|one| count(*one))?;
    let alone = Language::ALL.into_iter().all(|one| one == best || count(one) < count(best));
    alone.then_some(best)
}

/// A line `Label: value`, with the label in any of the languages; a mark before it and stars around
/// it do not matter.
fn label(line: &str) -> Option<(Field, Vec<Language>, &str)> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    let (name, value) = line.split_once([':', '：'])?;
    let name = name.trim_matches(|one: char| one.is_whitespace() || "*_-•".contains(one));
    let (field, languages) = labels::meaning(name.trim_end_matches(['?', ' ', '\u{a0}']))?;
    Some((field, languages, value.trim().trim_start_matches('*').trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_read_in_five_languages() {
        for (text, language, username, order) in [
            ("User name: ann\nOrder number: 77\nDetails: It broke.\nTwice.", "en", "ann", "77"),
            ("Nom d’utilisateur : ann\nCommande : 77\nQue s'est-il passé ? : x", "fr", "ann", "77"),
            ("Benutzername: ann\nBestellnummer: 77\nBeschreibung:\nx", "de", "ann", "77"),
            ("Brugernavn: ann\nOrdrenummer: 77\nBeskrivelse: x", "da", "ann", "77"),
            ("Pangalan sa site: ann\nBayad: 77\nPaglalarawan: x", "fil", "ann", "77"),
        ] {
            let form = read(text).unwrap();
            assert_eq!(form.language.map(Language::tag), Some(language), "{text}");
            assert_eq!(form.get(Field::Username), Some(username));
            assert_eq!(form.get(Field::Order), Some(order));
            assert!(form.get(Field::Description).is_some(), "{text}");
        }
        let english = read("Hello,\n\n*Username:* ann\nDescription: It broke.\n\nTwice.").unwrap();
        assert_eq!(english.get(Field::Description), Some("It broke.\n\nTwice."));
    }

    #[test]
    fn a_letter_is_no_form() {
        for text in [
            "",
            "Dear all,\nmy order: it broke.",
            "Username: ann",
            "I wrote to you before.\nNobody answered.\nSo again:\nUsername: ann\nOrder: 7",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
