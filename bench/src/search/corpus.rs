//! A made-up world of words: few are said often and many seldom, with endings as five languages
//! have them. The same seed gives the same texts.

use anyhow::Result;
use base::{Chance, Language};
use store::Store;
use store::search::{self, Document};

/// How many different words there are, without their endings.
const WORDS: u64 = 40_000;
/// So many documents are written in one transaction.
const AT_ONCE: usize = 2_000;

/// Who may find what; the searches ask for all of them, as somebody who may see everything.
pub const SCOPES: [&str; 6] = [
    "support.customer",
    "support.internal",
    "support.creator",
    "finance.customer",
    "finance.internal",
    "complaints.customer",
];

/// What is searched for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word that few documents hold.
    Rare,
    /// Two words as they come.
    Two,
    /// One of the hundred most frequent words.
    Frequent,
    /// The first four letters of a word.
    Unfinished,
    /// Nine words, of which any will do.
    Sentence,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 5] =
        [Kind::Rare, Kind::Two, Kind::Frequent, Kind::Unfinished, Kind::Sentence];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Rare => "a rare word",
            Kind::Two => "two words",
            Kind::Frequent => "a frequent word",
            Kind::Unfinished => "four letters",
            Kind::Sentence => "a sentence, any word",
        }
    }
}

/// The texts.
pub struct Corpus {
    articles: usize,
    messages: usize,
}

impl Corpus {
    /// So many of each.
    pub fn new(articles: usize, messages: usize) -> Corpus {
        Corpus { articles, messages }
    }

    /// Writes everything into a store, and lets PostgreSQL look at it as it does by itself.
    pub async fn load(&self, store: &Store) -> Result<()> {
        let mut said = Said(Chance::seeded(11));
        for (room, many, title, text) in
            [("help", self.articles, 6, 140), ("case", self.messages, 0, 45)]
        {
            for first in (0..many).step_by(AT_ONCE) {
                let rows: Vec<Row> = (first..many.min(first + AT_ONCE))
                    .map(|nth| Row::new(&mut said, nth, title, text))
                    .collect();
                let documents: Vec<Document<'_>> = rows.iter().map(|row| row.of(room)).collect();
                store::write!(store, |tx| Ok(search::put_many(tx, &documents).await?))?;
            }
        }
        if store.engine() == store::Engine::Postgres {
            store::write!(store, |tx| {
                tx.execute("ANALYZE search_documents", ()).await?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Somebody who looks for things.
    pub fn asker(&self, room: &str, kind: Kind) -> Asker {
        let seed = room.len() as u64 * 100 + kind.name().len() as u64;
        Asker { said: Said(Chance::seeded(seed)), kind }
    }
}

struct Row {
    id: String,
    part: String,
    language: Language,
    title: String,
    text: String,
    scope: &'static str,
}

impl Row {
    /// A case has five messages; an article is one document.
    fn new(said: &mut Said, nth: usize, title: usize, text: usize) -> Row {
        let (id, part) =
            if title == 0 { (nth / 5, (nth % 5).to_string()) } else { (nth, "".into()) };
        let language = Language::ALL[id % Language::ALL.len()];
        Row {
            id: format!("{id:08}"),
            part,
            language,
            title: said.sentence(title, language),
            text: said.sentence(text, language),
            scope: SCOPES[id % SCOPES.len()],
        }
    }

    fn of(&self, room: &'static str) -> Document<'_> {
        Document {
            room,
            id: &self.id,
            part: &self.part,
            language: self.language,
            title: &self.title,
            text: &self.text,
            scope: self.scope,
        }
    }
}

/// Says words by chance.
struct Said(Chance);

impl Said {
    fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    /// The tenth word is said ten times as seldom as the first.
    fn rank(&mut self) -> u64 {
        let share = self.below(1 << 32) as f64 / (1_u64 << 32) as f64;
        (WORDS as f64).powf(share) as u64 - 1
    }

    fn word(&mut self, rank: u64, language: Language) -> String {
        let mut word = stem(rank);
        let endings: &[&str] = match language {
            Language::En => &["", "s", "ed", "ing", "er"],
            Language::Fr => &["", "s", "er", "ée", "ement"],
            Language::De => &["", "en", "ung", "ungen", "t"],
            Language::Da => &["", "er", "et", "erne", "ø"],
            Language::Fil => &["", "in", "an", "ng", "hin"],
        };
        word.push_str(endings[self.below(endings.len() as u64) as usize]);
        word
    }

    fn sentence(&mut self, words: usize, language: Language) -> String {
        let word = |_| {
            let rank = self.rank();
            self.word(rank, language)
        };
        (0..words).map(word).collect::<Vec<_>>().join(" ")
    }
}

/// The word of a rank without its ending: syllables, so that words begin alike as real ones do.
fn stem(rank: u64) -> String {
    const FIRST: [&str; 16] = [
        "ba", "re", "pa", "ko", "tra", "ge", "ver", "in", "an", "su", "li", "mo", "de", "fu",
        "chi", "sto",
    ];
    const THEN: [&str; 12] =
        ["ka", "lo", "mi", "n", "ru", "st", "te", "vo", "ze", "pp", "gra", "nd"];
    // Neighbours in rank shall not look alike.
    let mut left = (rank * 2_654_435_761) % 4_294_967_296;
    let mut word = FIRST[(left % 16) as usize].to_owned();
    left /= 16;
    for _ in 0..3 {
        word.push_str(THEN[(left % 12) as usize]);
        left /= 12;
    }
    word.push_str(&format!("{}", char::from(b'a' + (rank % 26) as u8)));
    word.push(char::from(b'a' + (rank / 26 % 26) as u8));
    word
}

/// Somebody who looks for one kind of thing.
pub struct Asker {
    said: Said,
    kind: Kind,
}

impl Asker {
    /// What they type next.
    pub fn next_text(&mut self) -> String {
        let language = Language::ALL[self.said.below(5) as usize];
        match self.kind {
            Kind::Rare => {
                let rank = 20_000 + self.said.below(WORDS - 20_000);
                self.said.word(rank, language) + " "
            }
            Kind::Two => self.said.sentence(2, language) + " ",
            Kind::Frequent => {
                let rank = self.said.below(100);
                self.said.word(rank, language) + " "
            }
            Kind::Unfinished => {
                let rank = self.said.rank();
                self.said.word(rank, language).chars().take(4).collect()
            }
            Kind::Sentence => self.said.sentence(9, language),
        }
    }
}
