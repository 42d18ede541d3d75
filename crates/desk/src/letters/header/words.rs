//! Encoded words (`=?utf-8?Q?J=C3=B6rg?=`) as they are sent in fact: split within a sign, with
//! blanks inside, without padding, with charsets nobody knows.

use crate::letters::mime::transfer;
use crate::letters::{charset, steps};

/// The longest name of a charset, with a language tag.
const LONGEST_LABEL: usize = 64;

/// An encoded word, taken apart.
struct Word<'a> {
    label: &'a str,
    encoding: Encoding,
    text: &'a str,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Base64,
    Quoted,
}

/// Words in a row with the same charset, which may share a sign between them.
struct Run {
    label: String,
    bytes: Vec<u8>,
    /// Base64 that did not come in whole groups of four.
    rest: String,
}

/// Decodes the encoded words of a text, once.
pub(super) fn decode(value: &str) -> String {
    if !value.contains("=?") {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let mut run: Option<Run> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(found) = value[at..].find("=?") {
        let start = at + found;
        steps::add(found + 2);
        let Some(word) = word(value, start) else {
            at = start + 2;
            continue;
        };
        let between = &value[copied..start];
        if run.is_none() || !between.trim().is_empty() {
            flush(&mut run, &mut out);
            out.push_str(between);
        }
        take(&mut run, &word, &mut out);
        at = word.end;
        copied = word.end;
    }
    flush(&mut run, &mut out);
    out.push_str(&value[copied..]);
    out
}

/// The end of the encoded word that begins here, if one does.
pub(super) fn end_of_word(value: &str, start: usize) -> Option<usize> {
    word(value, start).map(|word| word.end)
}

fn word(value: &str, start: usize) -> Option<Word<'_>> {
    let rest = value.get(start..)?.strip_prefix("=?")?;
    let window = &rest.as_bytes()[..rest.len().min(LONGEST_LABEL)];
    steps::add(window.len());
    let mark = window.iter().position(|byte| *byte == b'?')?;
    let label = rest.get(..mark)?;
    let encoding = match rest.as_bytes().get(mark + 1..mark + 3)? {
        [b'b' | b'B', b'?'] => Encoding::Base64,
        [b'q' | b'Q', b'?'] => Encoding::Quoted,
        _ => return None,
    };
    let text_at = start + 2 + mark + 3;
    let length = length(&value.as_bytes()[text_at..])?;
    let text = value.get(text_at..text_at + length)?;
    let label = label.split('*').next().unwrap_or(label);
    let sound = !label.is_empty() && label.bytes().all(|byte| (33..127).contains(&byte));
    sound.then_some(Word { label, encoding, text, end: text_at + length + 2 })
}

/// How long the text of a word is. It ends at `?=`; where another word begins first, it was none,
/// and so nothing is looked at twice.
fn length(text: &[u8]) -> Option<usize> {
    for (at, pair) in text.windows(2).enumerate() {
        match pair {
            b"?=" => {
                steps::add(at);
                return Some(at);
            }
            b"=?" if text.get(at + 2) != Some(&b'=') => {
                steps::add(at);
                return None;
            }
            _ => {}
        }
    }
    steps::add(text.len());
    None
}

fn take(run: &mut Option<Run>, word: &Word<'_>, out: &mut String) {
    if run.as_ref().is_some_and(|run| !run.label.eq_ignore_ascii_case(word.label)) {
        flush(run, out);
    }
    let label = word.label.to_owned();
    let run = run.get_or_insert_with(|| Run { label, bytes: Vec::new(), rest: String::new() });
    match word.encoding {
        Encoding::Base64 => {
            run.rest.extend(word.text.chars().filter(|one| !one.is_ascii_whitespace()));
            if run.rest.len().is_multiple_of(4) || run.rest.ends_with('=') {
                run.settle();
            }
        }
        Encoding::Quoted => {
            run.settle();
            let spaced: Vec<u8> =
                word.text.bytes().map(|one| [one, b' '][usize::from(one == b'_')]).collect();
            run.bytes.extend(transfer::quoted_word(&spaced));
        }
    }
}

impl Run {
    fn settle(&mut self) {
        if !self.rest.is_empty() {
            self.bytes.extend(transfer::base64(self.rest.as_bytes()));
            self.rest.clear();
        }
    }
}

fn flush(run: &mut Option<Run>, out: &mut String) {
    if let Some(mut run) = run.take() {
        run.settle();
        out.push_str(&charset::decode(&run.bytes, Some(&run.label)));
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn words_are_read_as_they_are_sent_in_fact() {
        let cases = [
            ("=?utf-8?Q?J=C3=B6rg?= Maier", "Jörg Maier"),
            ("=?UTF-8?B?SsO2cmc=?=", "Jörg"),
            // Without padding.
            ("=?UTF-8?B?SsO2cmc?=", "Jörg"),
            // A sign split between two words.
            ("=?utf-8?Q?J=C3?= =?utf-8?Q?=B6rg?=", "Jörg"),
            ("=?utf-8?B?SsM=?= =?utf-8?B?tnJn?=", "Jörg"),
            // A group of four split between two words.
            ("=?utf-8?B?SsO2c?= =?utf-8?B?mc=?=", "Jörg"),
            // Blanks inside, where there may be none.
            ("=?utf-8?Q?Hello there?=", "Hello there"),
            ("=?iso-8859-1?Q?caf=E9?= au =?iso-8859-1?Q?caf=E9?=", "café au café"),
            ("=?utf-8*en?Q?hi?=", "hi"),
            // An unknown charset is guessed, an unknown encoding is left alone.
            ("=?x-nobody?Q?caf=C3=A9?=", "café"),
            ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
            ("=?utf-8?Q?never ends", "=?utf-8?Q?never ends"),
            // Decoded once: what comes out is text, even if it looks like a word.
            ("=?utf-8?Q?=3D=3Futf-8=3FQ=3Fno=3F=3D?=", "=?utf-8?Q?no?="),
            ("a =? b ?= c", "a =? b ?= c"),
        ];
        for (sent, read) in cases {
            assert_eq!(decode(sent), read, "{sent}");
        }
    }

    #[test]
    fn many_words_that_never_end_are_not_searched_again_and_again() {
        crate::letters::steps::take();
        for piece in ["=?a?q?", "=?a?q? ", "=?a?b?=", "=? "] {
            decode(&piece.repeat(1_000));
            let small = crate::letters::steps::take();
            decode(&piece.repeat(4_000));
            let large = crate::letters::steps::take();
            assert!(large <= small * 5, "{piece}: {small} then {large}");
        }
    }
}
