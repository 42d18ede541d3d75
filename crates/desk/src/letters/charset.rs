//! Bytes become text. Labels mean what browsers take them to mean; a label that is missing or
//! wrong is guessed from the bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1252,
};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _};

use super::steps;

/// How many bytes are looked at to guess.
const SAMPLE: usize = 64 * 1024;

/// Decodes a body. The label is what the mail says; it may be absent, unknown or wrong.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> String {
    steps::add(bytes.len());
    match meaning(label) {
        Meaning::Of(encoding) => with(bytes, encoding),
        Meaning::Other(decoder) => decoder(bytes),
        Meaning::Unknown => guess(bytes),
    }
}

/// Decodes raw 8-bit in a header: UTF-8, else what the mail declares, else windows-1252.
pub(super) fn decode_header(bytes: &[u8], label: Option<&str>) -> String {
    steps::add(bytes.len());
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    match meaning(label) {
        Meaning::Of(encoding) if encoding != UTF_8 => encoding.decode(bytes).0.into_owned(),
        Meaning::Of(_) | Meaning::Other(_) | Meaning::Unknown => {
            WINDOWS_1252.decode(bytes).0.into_owned()
        }
    }
}

enum Meaning {
    Of(&'static Encoding),
    Other(fn(&[u8]) -> String),
    Unknown,
}

fn meaning(label: Option<&str>) -> Meaning {
    let Some(label) = label else { return Meaning::Unknown };
    let label = label.trim_matches(|one: char| one.is_ascii_whitespace() || "\"'".contains(one));
    let lower = label.to_ascii_lowercase();
    let alias = match lower.as_str() {
        // Nobody who writes these knows what the bytes are.
        "" | "ascii" | "us-ascii" | "ansi_x3.4-1968" | "unknown-8bit" | "x-unknown" | "unknown"
        | "default" | "_autodetect" | "binary" => return Meaning::Unknown,
        "cp932" | "ms932" | "x-ms-cp932" => Some(SHIFT_JIS),
        "cp50220" | "cp50221" | "cp50222" | "iso-2022-jp-ms" | "iso-2022-jp-1" => Some(ISO_2022_JP),
        "cp936" | "ms936" | "hz-gb-2312" => Some(GB18030),
        "cp949" | "ms949" | "ks_c_5601" => Some(EUC_KR),
        "cp950" | "ms950" => Some(BIG5),
        "utf8mb4" | "utf-8n" => Some(UTF_8),
        _ => None,
    };
    if let Some(encoding) = alias.or_else(|| Encoding::for_label(lower.as_bytes())) {
        return Meaning::Of(encoding);
    }
    mail_parser::decoders::charsets::map::charset_decoder(lower.as_bytes())
        .map_or(Meaning::Unknown, Meaning::Other)
}

fn with(bytes: &[u8], encoding: &'static Encoding) -> String {
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if wide && !bytes.is_empty() && !bytes.contains(&0) {
        return guess(bytes);
    }
    // A web page is refused in this label, so it reads as one sign; a mail is not a page.
    if encoding == encoding_rs::REPLACEMENT {
        return guess(bytes);
    }
    let (text, _, broken) = encoding.decode(bytes);
    if broken && encoding == UTF_8 {
        let foreign = text.chars().filter(|one| !one.is_ascii()).count();
        let lost = text.chars().filter(|one| *one == '\u{FFFD}').count();
        if lost * 4 > foreign {
            return guess(bytes);
        }
    }
    text.into_owned()
}

fn guess(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.contains(&0x1B)
    {
        return text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned();
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    encoding.decode(bytes).0.into_owned()
}

/// Text as we keep it: composed, with plain line ends, without NUL and other control signs.
pub(super) fn tidy(text: &str) -> String {
    steps::add(text.len());
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\r' => {
                if signs.peek() != Some(&'\n') {
                    plain.push('\n');
                }
            }
            '\n' | '\t' => plain.push(sign),
            sign if sign.is_control() => {}
            sign => plain.push(sign),
        }
    }
    match unicode_normalization::is_nfc_quick(plain.chars()) {
        IsNormalized::Yes => plain,
        IsNormalized::No | IsNormalized::Maybe => plain.nfc().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_mean_what_browsers_take_them_to_mean() {
        let cases: [(&[u8], &str, &str); 12] = [
            (b"\x93hi\x94 \x80", "iso-8859-1", "“hi” €"),
            (b"\xb0\xa1", "ks_c_5601-1987", "가"),
            (b"\xc4\xe3\xba\xc3", "gb2312", "你好"),
            (b"\x1b$B$3$s\x1b(B", "iso-2022-jp", "こん"),
            (b"\x1b$B-!\x1b(B", "cp50220", "①"),
            (b"\x82\xa0", "Shift_JIS", "あ"),
            (b"\xef\xf0\xe8\xe2\xe5\xf2", "windows-1251", "привет"),
            ("grüß".as_bytes(), "unknown-8bit", "grüß"),
            (b"gr\xfc\xdf Gott und guten Tag", "us-ascii", "grüß Gott und guten Tag"),
            (b"Gr+APwA3w-e", "utf-7", "Grüße"),
            (b"plain", "utf-16", "plain"),
            (b"caf\xe9", "utf-8", "café"),
        ];
        for (bytes, label, text) in cases {
            assert_eq!(decode(bytes, Some(label)), text, "{label}");
        }
    }

    #[test]
    fn raw_eight_bit_in_a_header_is_utf8_else_declared_else_windows_1252() {
        assert_eq!(decode_header("Zoë".as_bytes(), None), "Zoë");
        assert_eq!(decode_header(b"Zo\xeb", None), "Zoë");
        assert_eq!(decode_header(b"\xcf\xf0", Some("windows-1251")), "Пр");
    }

    #[test]
    fn text_is_composed_and_holds_no_nul() {
        assert_eq!(tidy("e\u{301}\0\u{7}\r\nb\rc"), "é\nb\nc");
    }
}
