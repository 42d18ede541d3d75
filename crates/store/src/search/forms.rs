//! The forms a word is kept and looked for in: as it is, stemmed, and as others may spell it.

use std::collections::{BTreeSet, HashSet};

use base::Language;
use rust_stemmers::{Algorithm, Stemmer};

use super::fold::{folded, makeshift, words};
use super::{Document, LONGEST_TEXT};

/// How many different forms a document keeps: PostgreSQL has a limit, and so has patience.
const MOST_FORMS: usize = 16_000;

/// How the room of a document is written among its tokens. No word has an underscore.
pub(super) fn of_room(room: &str) -> String {
    format!("r_{}", room.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
}

/// What a form begins with when it stands in the title. No word has an underscore.
pub(super) const TITLE: &str = "t_";

/// How a form is written when it stands in the title.
pub(super) fn in_title(form: &str) -> String {
    format!("{TITLE}{form}")
}

/// How the scope of a document is written beside its tokens in SQLite's index: letters and digits.
pub(super) fn of_scope(scope: &str) -> String {
    let digits: String = scope.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("s_{digits}")
}

/// All tokens of a document, sorted, with blanks between.
pub(super) fn of_document(document: &Document<'_>) -> String {
    let mut tokens = BTreeSet::from([of_room(document.room)]);
    for word in words(start_of(document.title, LONGEST_TEXT)) {
        for form in forms(&word, document.language) {
            tokens.insert(in_title(&form));
            tokens.insert(form);
        }
    }
    let mut seen = HashSet::new();
    for word in words(start_of(document.text, LONGEST_TEXT)) {
        if tokens.len() >= MOST_FORMS {
            break;
        }
        if !seen.contains(&word) {
            tokens.extend(forms(&word, document.language));
            seen.insert(word);
        }
    }
    tokens.into_iter().collect::<Vec<_>>().join(" ")
}

/// Every form of a word of that language.
fn forms(word: &str, language: Language) -> Vec<String> {
    let mut forms = vec![folded(word), makeshift(word)];
    forms.extend(stems(word, language));
    forms.retain(|form| !form.is_empty());
    forms.sort();
    forms.dedup();
    forms
}

/// The stem, of the word as it is written and of the word as it is typed without accents.
pub(super) fn stems(word: &str, language: Language) -> Vec<String> {
    let Some(stemmer) = stemmer(language) else { return Vec::new() };
    if word.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let bare = folded(word);
    let mut stems = vec![folded(&stemmer.stem(word))];
    if bare != word {
        stems.push(stemmer.stem(&bare).into_owned());
    }
    stems.retain(|stem| !stem.is_empty() && *stem != bare);
    stems.dedup();
    stems
}

/// Filipino changes words at their front and in their middle; no stemmer does it justice.
fn stemmer(language: Language) -> Option<Stemmer> {
    let algorithm = match language {
        Language::En => Algorithm::English,
        Language::Fr => Algorithm::French,
        Language::De => Algorithm::German,
        Language::Da => Algorithm::Danish,
        Language::Fil => return None,
    };
    Some(Stemmer::create(algorithm))
}

/// The first bytes of a text, cut between characters.
pub(super) fn start_of(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_its_stem_and_its_spellings() {
        for (word, language, all) in [
            ("refunds", Language::En, vec!["refund", "refunds"]),
            ("remboursées", Language::Fr, vec!["rembours", "remboursees", "rembourse"]),
            ("rückerstattungen", Language::De, vec!["ruckerstatt", "rueckerstattungen"]),
            ("beløbet", Language::Da, vec!["beloeb", "beloebet", "belobet"]),
            ("ibinalik", Language::Fil, vec!["ibinalik"]),
            ("10334", Language::En, vec!["10334"]),
        ] {
            let forms = forms(word, language);
            for form in all {
                assert!(forms.iter().any(|one| one == form), "{word}: {form} in {forms:?}");
            }
        }
    }

    #[test]
    fn tokens_are_sorted_and_say_what_stands_in_the_title() {
        let document = Document {
            room: "help",
            id: "1",
            part: "",
            language: Language::En,
            title: "Refunds",
            text: "Your money",
            scope: "",
        };
        let tokens = of_document(&document);
        assert_eq!(tokens, "money r_help refund refunds t_refund t_refunds your");
        assert!(of_document(&Document { text: &"ab cd ".repeat(90_000), ..document }).len() < 99);
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(start_of("aéb", 2), "a");
        assert_eq!(start_of("aéb", 3), "aé");
        assert_eq!(start_of("aéb", 9), "aéb");
    }
}
