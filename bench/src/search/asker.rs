//! Somebody who looks for things, of one kind each.

use base::{Chance, Language};

use super::corpus::{FEW, SCOPES};
use super::words::{Words, any, frequent, rare};

/// What is searched for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word that few documents hold.
    Rare,
    /// One of the hundred most frequent words.
    Frequent,
    /// Two words as they come.
    Two,
    /// The first three to eight letters of a word, while it is typed.
    Typing,
    /// One of the frequent words, by somebody who may see one in five hundred.
    Few,
    /// A word that nobody said.
    Miss,
    /// Nine words, of which any will do.
    Sentence,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 7] = [
        Kind::Rare,
        Kind::Frequent,
        Kind::Two,
        Kind::Typing,
        Kind::Few,
        Kind::Miss,
        Kind::Sentence,
    ];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Rare => "a rare word",
            Kind::Frequent => "a frequent word",
            Kind::Two => "two words",
            Kind::Typing => "3 to 8 letters, typing",
            Kind::Few => "frequent, few may be seen",
            Kind::Miss => "a word nobody said",
            Kind::Sentence => "a sentence, any word",
        }
    }

    /// What the asker may see.
    pub fn scopes(self) -> &'static [&'static str] {
        if self == Kind::Few { &[FEW] } else { &SCOPES }
    }
}

/// Somebody who looks for one kind of thing.
pub struct Asker<'a> {
    words: &'a Words,
    chance: Chance,
    kind: Kind,
}

impl<'a> Asker<'a> {
    /// Every asker of a kind asks the same.
    pub fn new(words: &'a Words, kind: Kind) -> Asker<'a> {
        Asker { words, chance: Chance::seeded(kind.name().len() as u64), kind }
    }

    /// What they type next, and their own language, which is another than the text's at times.
    pub fn next_text(&mut self) -> (String, Language) {
        let Asker { words, chance, kind } = self;
        let language = Language::ALL[chance.below(5) as usize];
        let text = match kind {
            Kind::Rare => words.word(rare(chance), language, chance) + " ",
            Kind::Frequent | Kind::Few => words.word(frequent(chance), language, chance) + " ",
            Kind::Two => words.sentence(2, language, chance) + " ",
            Kind::Typing => {
                let letters = 3 + chance.below(6) as usize;
                words.word(any(chance), language, chance).chars().take(letters).collect()
            }
            Kind::Miss => format!("zq{} ", words.word(any(chance), language, chance)),
            Kind::Sentence => words.sentence(9, language, chance),
        };
        let own = if chance.below(5) == 0 { Language::En } else { language };
        (text, own)
    }
}
