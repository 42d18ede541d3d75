//! From written text to bare words: one case, no accents, nothing but letters and digits.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// Where a word is cut: longer ones are addresses, keys and noise.
const LONGEST: usize = 40;

/// The words of a text as they are written, in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.unicode_words().flat_map(parts)
}

/// Splits at whatever is no letter and no digit: `l'achat`, `3,50`, `a.b`.
fn parts(word: &str) -> Vec<String> {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        // Most words are like this, and there are millions of them.
        return vec![word[..word.len().min(LONGEST)].to_ascii_lowercase()];
    }
    let written: String = word.nfkc().flat_map(char::to_lowercase).collect();
    written
        .split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c)))
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().take(LONGEST).collect())
        .collect()
}

/// Without accents: ß is ss, æ is ae, ø is oe, å is aa, and é is e.
pub(super) fn folded(word: &str) -> String {
    spelled(word, |c| match c {
        'ß' => Some("ss"),
        'æ' => Some("ae"),
        'œ' | 'ø' => Some("oe"),
        'å' => Some("aa"),
        _ => None,
    })
}

/// A whole text, folded; what is no letter and no digit becomes a blank.
pub(super) fn bare(text: &str) -> String {
    let written: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let kept = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    written.split(|c: char| !kept(c)).map(folded).collect::<Vec<_>>().join(" ")
}

/// As people without these letters on their keyboard may write it: ü is ue, ø is o, å is a.
pub(super) fn makeshift(word: &str) -> String {
    spelled(word, |c| match c {
        'ß' => Some("ss"),
        'ä' | 'æ' => Some("ae"),
        'ö' | 'œ' => Some("oe"),
        'ü' => Some("ue"),
        'ø' => Some("o"),
        'å' => Some("a"),
        _ => None,
    })
}

fn spelled(word: &str, special: impl Fn(char) -> Option<&'static str>) -> String {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.nfc() {
        match special(c) {
            Some(letters) => out.push_str(letters),
            None => out.extend(std::iter::once(c).nfkd().filter(|c| c.is_alphanumeric())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_everything_that_is_no_letter_or_digit() {
        let list: Vec<String> =
            words("L’achat n° 10334-5578: 3,50 €! mia.k@Example.com PD-7K3M").collect();
        let same = [
            "l", "achat", "n", "10334", "5578", "3", "50", "mia", "k", "example", "com", "pd",
            "7k3m",
        ];
        assert_eq!(list, same);
        assert_eq!(words(&"x".repeat(100)).next().unwrap().len(), LONGEST);
        assert_eq!(words("' OR \"*\" ( ) NEAR/2 :-^").collect::<Vec<_>>(), ["or", "near", "2"]);
    }

    #[test]
    fn accents_fold_and_makeshift_spellings_are_known() {
        for (word, plain, other) in [
            ("remboursées", "remboursees", "remboursees"),
            ("straße", "strasse", "strasse"),
            ("rückerstattung", "ruckerstattung", "rueckerstattung"),
            ("beløb", "beloeb", "belob"),
            ("på", "paa", "pa"),
            ("færdig", "faerdig", "faerdig"),
            ("cœur", "coeur", "coeur"),
            ("ibalík", "ibalik", "ibalik"),
            ("a\u{30a}", "aa", "a"),
        ] {
            assert_eq!((folded(word), makeshift(word)), (plain.into(), other.into()), "{word}");
        }
    }
}
