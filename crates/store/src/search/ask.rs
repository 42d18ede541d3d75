//! A search as the database gets it: words in all their forms, and nothing that was typed.

use std::fmt::Write as _;

use base::Language;

use super::fold::{folded, makeshift, words};
use super::forms::{in_title, of_room, of_scope, start_of, stems};
use super::stop::is_little;
use super::{LONGEST_QUERY, Query};
use crate::store::Engine;

/// How many words of a question count.
const MOST_WORDS: usize = 12;
/// How many words of a text count for which others are looked for.
const MOST_WORDS_OF_A_TEXT: usize = 32;
/// A word that may be unfinished has this many letters at least: fewer fit half of everything.
const SHORTEST_BEGINNING: usize = 3;

/// Where room and epoch belong in an expression for PostgreSQL; no text holds it.
pub(super) const EPOCH: char = '\u{1}';

/// How many of the words must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    EveryWord,
    AnyWord,
}

/// Where the words must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Anywhere,
}

/// One word that is looked for.
#[derive(Debug)]
pub(super) struct Word {
    /// As it was typed, without accents; and as others may spell it.
    pub(super) plain: Vec<String>,
    /// Its stems in the language of who asks.
    pub(super) stems: Vec<String>,
    /// Its stems in the other languages.
    pub(super) foreign: Vec<String>,
    /// Longer words that begin like it fit too.
    pub(super) unfinished: bool,
}

/// A whole search.
#[derive(Debug)]
pub(super) struct Ask {
    room: String,
    pub(super) need: Need,
    pub(super) language: Language,
    pub(super) words: Vec<Word>,
}

impl Ask {
    pub(super) fn read(query: &Query<'_>, need: Need) -> Ask {
        let (longest, most) = match need {
            Need::EveryWord => (LONGEST_QUERY, MOST_WORDS),
            Need::AnyWord => (LONGEST_QUERY * 10, MOST_WORDS_OF_A_TEXT),
        };
        let text = start_of(query.text, longest);
        let mut typed: Vec<String> = Vec::new();
        for word in words(text) {
            if !typed.contains(&word) {
                typed.push(word);
            }
        }
        let telling = |word: &String| !is_little(&folded(word), query.language);
        if typed.iter().any(telling) {
            typed.retain(telling);
        }
        let open =
            need == Need::EveryWord && text.chars().last().is_some_and(char::is_alphanumeric);
        let last = typed.len().saturating_sub(1);
        let words = typed
            .iter()
            .enumerate()
            .take(most)
            .map(|(nth, word)| Word::new(word, query.language, open && nth == last))
            .collect();
        Ask { room: of_room(query.room), need, language: query.language, words }
    }

    /// What the database is asked for; with scopes, only for what has one of them.
    pub(super) fn expression(&self, engine: Engine, place: Place, scopes: &[&str]) -> String {
        match engine {
            Engine::Sqlite => self.for_sqlite(place, scopes),
            Engine::Postgres => self.for_postgres(place, scopes),
        }
    }

    /// For FTS5. Every token stands in quotes and holds letters, digits and underscores only.
    fn for_sqlite(&self, place: Place, scopes: &[&str]) -> String {
        let one = |token: &str| format!("\"{token}\"");
        let beginning = |token: &str| format!("\"{token}\" *");
        let words = self.words(place, (" AND ", " OR "), one, beginning);
        let mut expression = format!("({words}) AND {}", one(&self.room));
        if !scopes.is_empty() {
            let scopes: Vec<String> = scopes.iter().map(|scope| one(&of_scope(scope))).collect();
            let _ = write!(expression, " AND ({})", scopes.join(" OR "));
        }
        expression
    }

    /// For `tsquery`, likewise. The statement puts the room and the number of an epoch in the place
    /// of [`EPOCH`].
    fn for_postgres(&self, place: Place, scopes: &[&str]) -> String {
        let one = |token: &str| format!("'{EPOCH}~{token}'");
        let beginning = |token: &str| format!("'{EPOCH}~{token}':*");
        let words = self.words(place, (" & ", " | "), one, beginning);
        let mut expression = format!("({words})");
        if !scopes.is_empty() {
            let quoted = |scope: &str| scope.replace('\\', "\\\\").replace('\'', "''");
            let scopes: Vec<String> =
                scopes.iter().map(|&scope| one(&format!("s_{}", quoted(scope)))).collect();
            let _ = write!(expression, " & ({})", scopes.join(" | "));
        }
        expression
    }

    fn words(
        &self,
        place: Place,
        (and, or): (&str, &str),
        one: impl Fn(&str) -> String,
        beginning: impl Fn(&str) -> String,
    ) -> String {
        let placed = |form: &String| match place {
            Place::Title => in_title(form),
            Place::Anywhere => form.clone(),
        };
        let word = |word: &Word| {
            let mut forms: Vec<String> = word.forms().map(|form| one(&placed(form))).collect();
            if word.unfinished {
                forms.extend(word.plain.iter().map(|form| beginning(&placed(form))));
            }
            format!("({})", forms.join(or))
        };
        let between = match self.need {
            Need::EveryWord => and,
            Need::AnyWord => or,
        };
        self.words.iter().map(word).collect::<Vec<_>>().join(between)
    }
}

impl Word {
    fn new(word: &str, language: Language, open: bool) -> Word {
        let mut plain = vec![folded(word), makeshift(word)];
        plain.retain(|form| !form.is_empty());
        plain.dedup();
        let own = stems(word, language);
        let mut foreign: Vec<String> = Language::ALL
            .into_iter()
            .filter(|other| *other != language)
            .flat_map(|other| stems(word, other))
            .filter(|stem| !own.contains(stem) && !plain.contains(stem))
            .collect();
        foreign.sort();
        foreign.dedup();
        let unfinished = open && word.chars().count() >= SHORTEST_BEGINNING;
        Word { plain, stems: own, foreign, unfinished }
    }

    fn forms(&self) -> impl Iterator<Item = &String> {
        self.plain.iter().chain(&self.stems).chain(&self.foreign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str, need: Need) -> Ask {
        let language = Language::En;
        let query = Query { room: "help", scopes: &[], language, text, limit: 9, after: None };
        Ask::read(&query, need)
    }

    #[test]
    fn a_question_becomes_forms_and_nothing_that_was_typed() {
        let expression =
            ask("The *refunds\" OR pay", Need::EveryWord).for_sqlite(Place::Anywhere, &[]);
        assert!(expression.starts_with("((\"refunds\" OR \"refund\""), "{expression}");
        let end = "AND (\"pay\" OR \"pay\" *)) AND \"r_help\"";
        assert!(expression.ends_with(end), "{expression}");
        let expression = ask("a'b\\c", Need::AnyWord).for_postgres(Place::Title, &[]);
        let expression = expression.replace(EPOCH, "67");
        assert_eq!(expression, "(('67~t_b') | ('67~t_c'))");
    }

    #[test]
    fn scopes_are_words_too_whatever_they_hold() {
        let scopes = ["a'b\\c", "d.e"];
        let expression = ask("xyz", Need::AnyWord).for_sqlite(Place::Anywhere, &scopes);
        let end = " AND \"r_help\" AND (\"s_6127625c63\" OR \"s_642e65\")";
        assert!(expression.ends_with(end), "{expression}");
        let expression = ask("xyz", Need::AnyWord).for_postgres(Place::Anywhere, &scopes);
        let end = " & ('7~s_a''b\\\\c' | '7~s_d.e')";
        assert!(expression.replace(EPOCH, "7").ends_with(end), "{expression}");
    }

    #[test]
    fn little_words_are_left_out_unless_there_is_nothing_else() {
        assert_eq!(ask("how do I get my money back", Need::EveryWord).words.len(), 3);
        assert_eq!(ask("who are you", Need::EveryWord).words.len(), 3);
        assert_eq!(ask(" ?! ", Need::EveryWord).words.len(), 0);
        assert_eq!(ask(&"ab1 cd2 ef3 ".repeat(999), Need::EveryWord).words.len(), 3);
    }

    #[test]
    fn the_last_word_may_be_unfinished_until_a_blank_follows() {
        let unfinished = |text| {
            ask(text, Need::EveryWord).words.iter().map(|word| word.unfinished).collect::<Vec<_>>()
        };
        assert_eq!(unfinished("charge refu"), [false, true]);
        assert_eq!(unfinished("charge refu "), [false, false]);
        assert_eq!(unfinished("charge re"), [false, false]);
    }
}
