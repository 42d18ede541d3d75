//! Made-up words of five languages: few are said often and most seldom, with the endings that each
//! language has. The same seed says the same.

use base::{Chance, Language};

/// How many different words a language has, without their endings.
const WORDS: u64 = 20_000;
/// Which words are frequent: so many of them.
const FREQUENT: u64 = 100;

/// All words without their endings, language by language.
pub struct Words(Vec<Vec<String>>);

impl Words {
    /// Thinks them up.
    pub fn new() -> Words {
        let all = |language: u64| (0..WORDS).map(|rank| stem(rank * 5 + language)).collect();
        Words((0..5).map(all).collect())
    }

    fn write(&self, text: &mut String, rank: u64, language: Language, chance: &mut Chance) {
        let endings = match language {
            Language::En => ["", "s", "ed", "ing", "er"],
            Language::Fr => ["", "s", "er", "ée", "ement"],
            Language::De => ["", "en", "ung", "ungen", "t"],
            Language::Da => ["", "er", "et", "erne", "ø"],
            Language::Fil => ["", "in", "an", "ng", "hin"],
        };
        let place = Language::ALL.iter().position(|one| *one == language).unwrap_or(0);
        text.push_str(&self.0[place][rank as usize]);
        text.push_str(endings[chance.below(5) as usize]);
    }

    /// A word of that rank with some ending.
    pub fn word(&self, rank: u64, language: Language, chance: &mut Chance) -> String {
        let mut text = String::new();
        self.write(&mut text, rank, language, chance);
        text
    }

    /// So many words as they come.
    pub fn sentence(&self, words: usize, language: Language, chance: &mut Chance) -> String {
        let mut text = String::with_capacity(words * 12);
        for _ in 0..words {
            if !text.is_empty() {
                text.push(' ');
            }
            let rank = any(chance);
            self.write(&mut text, rank, language, chance);
        }
        text
    }
}

/// A rank as words come: the tenth word is said a tenth as often as the first.
pub fn any(chance: &mut Chance) -> u64 {
    let share = chance.below(1 << 32) as f64 / (1_u64 << 32) as f64;
    (WORDS as f64).powf(share) as u64 - 1
}

/// The rank of a word that is said seldom.
pub fn rare(chance: &mut Chance) -> u64 {
    WORDS / 2 + chance.below(WORDS / 2)
}

/// The rank of a word that is said often.
pub fn frequent(chance: &mut Chance) -> u64 {
    chance.below(FREQUENT)
}

/// A word without its ending: syllables, so that words begin alike as real ones do.
fn stem(number: u64) -> String {
    const FIRST: [&str; 16] = [
        "ba", "re", "pa", "ko", "tra", "ge", "ver", "in", "an", "su", "li", "mo", "de", "fu",
        "chi", "sto",
    ];
    const THEN: [&str; 12] =
        ["ka", "lo", "mi", "n", "ru", "st", "te", "vo", "ze", "pp", "gra", "nd"];
    // Neighbours in rank shall not look alike.
    let mut left = (number * 2_654_435_761) % 4_294_967_296;
    let mut word = FIRST[(left % 16) as usize].to_owned();
    left /= 16;
    for _ in 0..3 {
        word.push_str(THEN[(left % 12) as usize]);
        left /= 12;
    }
    for letter in [number % 26, number / 26 % 26, number / 676 % 26] {
        word.push(char::from(b'a' + letter as u8));
    }
    word
}
