//! Fields like `text/plain; charset=utf-8`, with parameters as RFC 2231 has them and as Outlook and
//! Gmail write them instead.

use std::collections::BTreeMap;

use crate::letters::{charset, steps};

use super::words;

/// How many parameters are read.
const MOST: usize = 100;

/// A field taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params {
    /// What stands before the first semicolon, in lower case: `text/plain`, `attachment`.
    pub word: String,
    values: BTreeMap<String, String>,
}

impl Params {
    /// The value of a parameter, decoded. Names are asked for in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}

/// A part of a value that was sent in numbered pieces.
struct Piece {
    number: u32,
    escaped: bool,
    text: String,
}

/// Reads a field.
pub(super) fn read(value: &str) -> Params {
    let mut rest = value;
    let word = next(&mut rest).to_ascii_lowercase().split_whitespace().collect::<String>();
    let mut params = Params { word, values: BTreeMap::new() };
    let mut pieces: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for _ in 0..MOST {
        if rest.is_empty() {
            break;
        }
        let one = next(&mut rest);
        let Some((name, text)) = one.split_once('=') else { continue };
        let (name, text) = (name.trim().to_ascii_lowercase(), unquote(text.trim()));
        match name.split_once('*') {
            None => {
                params.values.entry(name).or_insert_with(|| words::decode(&text));
            }
            Some((name, number)) => {
                let escaped = number.is_empty() || number.ends_with('*');
                let number = number.trim_end_matches('*').parse().unwrap_or(0);
                pieces.entry(name.to_owned()).or_default().push(Piece { number, escaped, text });
            }
        }
    }
    for (name, pieces) in pieces {
        params.values.insert(name, join(pieces));
    }
    params
}

/// Takes off everything up to the next semicolon that is not within quotes.
fn next<'a>(rest: &mut &'a str) -> &'a str {
    let (mut quoted, mut escaped) = (false, false);
    let mut end = rest.len();
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b';' if !quoted => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    steps::add(end);
    let one = &rest[..end];
    *rest = rest.get(end + 1..).unwrap_or_default();
    one.trim()
}

/// Takes the quotes off. A backslash stays unless it guards a quote or itself: it may be a path.
fn unquote(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"') else { return text.to_owned() };
    let mut out = String::with_capacity(inner.len());
    let mut signs = inner.chars().peekable();
    while let Some(sign) = signs.next() {
        match (sign, signs.peek()) {
            ('"', _) => break,
            ('\\', Some('"' | '\\')) => out.extend(signs.next()),
            _ => out.push(sign),
        }
    }
    out
}

fn join(mut pieces: Vec<Piece>) -> String {
    pieces.sort_by_key(|piece| piece.number);
    let mut label = None;
    let mut bytes = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if !piece.escaped {
            bytes.extend_from_slice(piece.text.as_bytes());
            continue;
        }
        let mut text = piece.text.as_str();
        if index == 0 {
            let mut parts = text.splitn(3, '\'');
            if let (Some(first), Some(_), Some(value)) = (parts.next(), parts.next(), parts.next())
            {
                label = Some(first);
                text = value;
            }
        }
        bytes.extend(percent_encoding::percent_decode_str(text));
    }
    charset::decode(&bytes, label)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn names_are_read_as_rfc_2231_has_them_and_as_they_are_sent() {
        let cases = [
            ("attachment; filename=plain.pdf", "plain.pdf"),
            ("attachment; filename=\"with; sign.pdf\"", "with; sign.pdf"),
            ("attachment; filename=two words.pdf", "two words.pdf"),
            ("attachment; filename*=utf-8''na%C3%AFve.pdf", "naïve.pdf"),
            ("attachment; filename*=iso-8859-1'fr'caf%E9.pdf", "café.pdf"),
            ("attachment; filename*0=\"long\"; filename*1=\" name.pdf\"", "long name.pdf"),
            ("attachment; filename*1*=%20b.pdf; filename*0*=utf-8''a", "a b.pdf"),
            ("attachment; filename=a.pdf; filename*=utf-8''b.pdf", "b.pdf"),
            ("attachment; filename=\"=?utf-8?Q?na=C3=AFve.pdf?=\"", "naïve.pdf"),
            ("attachment; filename=\"D\\mine\\a.pdf\"", "D\\mine\\a.pdf"),
            ("attachment; FileName = \"a \\\"b\\\".pdf\"", "a \"b\".pdf"),
            ("attachment; filename=\"never ends.pdf", "never ends.pdf"),
        ];
        for (sent, name) in cases {
            assert_eq!(read(sent).get("filename"), Some(name), "{sent}");
        }
        assert_eq!(read(" Text / HTML ;charset=UTF-8").word, "text/html");
        assert_eq!(read("").word, "");
    }
}
