//! The texts that are searched: articles with a title, and cases with a subject and five messages.

use base::{Chance, Language};
use store::search::Document;

use super::words::Words;

/// Who may find what.
pub const SCOPES: [&str; 7] = [
    "support.customer",
    "support.internal",
    "support.creator",
    "finance.customer",
    "finance.internal",
    "complaints.customer",
    FEW,
];
/// What only one of so many belongs to.
pub const FEW: &str = "complaints.internal";
const ONE_OF: usize = 500;

/// A case has its subject and so many messages.
const MESSAGES: usize = 5;
const TITLE: usize = 6;
const ARTICLE: usize = 140;
const MESSAGE: usize = 45;

/// All texts, one after another.
pub struct Corpus {
    words: Words,
    chance: Chance,
    articles: usize,
    all: usize,
    next: usize,
}

impl Corpus {
    /// So many articles and messages, and a subject for every fifth message.
    pub fn new(articles: usize, messages: usize) -> Corpus {
        let all = articles + messages + messages.div_ceil(MESSAGES);
        Corpus { words: Words::new(), chance: Chance::seeded(11), articles, all, next: 0 }
    }

    /// How many documents there are in all.
    pub fn all(&self) -> usize {
        self.all
    }

    /// The next ones, as many as this at most.
    pub fn batch(&mut self, most: usize) -> Vec<Row> {
        let end = self.all.min(self.next + most);
        let rows = (self.next..end).map(|nth| self.row(nth)).collect();
        self.next = end;
        rows
    }

    fn row(&mut self, nth: usize) -> Row {
        let (room, id, part, title, text) = match nth.checked_sub(self.articles) {
            None => ("help", nth, 0, TITLE, ARTICLE),
            Some(nth) => match nth % (MESSAGES + 1) {
                0 => ("case", nth / (MESSAGES + 1), 0, TITLE, 1),
                part => ("case", nth / (MESSAGES + 1), part, 0, MESSAGE),
            },
        };
        let language = Language::ALL[id % Language::ALL.len()];
        let scope = if id % ONE_OF == 7 { FEW } else { SCOPES[id / 5 % (SCOPES.len() - 1)] };
        let part = if part == 0 { String::new() } else { part.to_string() };
        let title = self.words.sentence(title, language, &mut self.chance);
        let text = self.words.sentence(text, language, &mut self.chance);
        Row { room, id: format!("{id:08}"), part, language, title, text, scope }
    }
}

/// One document.
pub struct Row {
    room: &'static str,
    id: String,
    part: String,
    language: Language,
    title: String,
    text: String,
    scope: &'static str,
}

impl Row {
    /// As the search takes it.
    pub fn document(&self) -> Document<'_> {
        Document {
            room: self.room,
            id: &self.id,
            part: &self.part,
            language: self.language,
            title: &self.title,
            text: &self.text,
            scope: self.scope,
        }
    }
}
