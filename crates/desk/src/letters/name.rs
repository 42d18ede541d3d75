//! Names of attachments that are safe to store, to show and to save.

use super::limits::LONGEST_NAME;

/// The longest ending that is kept when a name is cut.
const LONGEST_ENDING: usize = 12;
/// Names that Windows keeps for devices.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "com1", "com2", "lpt1"];

/// Endings of types that come without a name.
const ENDINGS: [(&str, &str); 27] = [
    ("application/gzip", "gz"),
    ("application/json", "json"),
    ("application/msword", "doc"),
    ("application/ms-tnef", "dat"),
    ("application/pdf", "pdf"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/zip", "zip"),
    ("audio/mpeg", "mp3"),
    ("audio/ogg", "ogg"),
    ("image/bmp", "bmp"),
    ("image/gif", "gif"),
    ("image/heic", "heic"),
    ("image/jpeg", "jpg"),
    ("image/jpg", "jpg"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/tiff", "tif"),
    ("image/webp", "webp"),
    ("message/delivery-status", "txt"),
    ("message/feedback-report", "txt"),
    ("message/rfc822", "eml"),
    ("text/calendar", "ics"),
    ("text/csv", "csv"),
    ("text/html", "html"),
    ("text/rfc822-headers", "txt"),
    ("text/vcard", "vcf"),
    ("video/mp4", "mp4"),
];

/// The name without paths, controls, bidi overrides and signs that file systems refuse.
pub(super) fn safe(name: &str, kind: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|one| !one.is_control() && !is_bidi(*one))
        .map(|one| if "<>:\"|?*".contains(one) { '_' } else { one })
        .collect();
    let plain = plain.trim().trim_matches('.').trim();
    if plain.is_empty() {
        return unnamed(kind);
    }
    let stem = plain.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let plain =
        if DEVICES.contains(&stem.as_str()) { format!("_{plain}") } else { plain.to_owned() };
    shorten(&plain)
}

/// A name for what came without one.
fn unnamed(kind: &str) -> String {
    let ending = ENDINGS.iter().find(|(one, _)| *one == kind).map(|(_, ending)| *ending);
    let stem = match kind.split('/').next().unwrap_or_default() {
        "image" => "image",
        "message" => "message",
        "text" => "text",
        _ => "file",
    };
    match ending {
        Some(ending) => format!("{stem}.{ending}"),
        None if stem == "text" => "text.txt".to_owned(),
        None => format!("{stem}.bin"),
    }
}

/// Signs that make a name read in another order than it is.
fn is_bidi(one: char) -> bool {
    matches!(one,
        '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}')
}

fn shorten(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    let room = LONGEST_NAME - ending.chars().count();
    stem.chars().take(room).chain(ending.chars()).collect()
}

/// The name and its ending with the dot, if that is short.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && name[at..].chars().count() <= LONGEST_ENDING => name.split_at(at),
        _ => (name, ""),
    }
}

/// Gives same names numbers, in the order they come: `a.pdf`, `a (2).pdf`.
pub(super) fn number(name: &str, taken: &mut std::collections::HashMap<String, usize>) -> String {
    let mut candidate = name.to_owned();
    loop {
        let count = taken.entry(candidate.to_lowercase()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return candidate;
        }
        let (stem, ending) = split(name);
        let base = taken.entry(name.to_lowercase()).or_insert(1);
        let numbered = format!("{stem} ({base}){ending}");
        if candidate == numbered {
            *base += 1;
            candidate = format!("{stem} ({base}){ending}");
        } else {
            candidate = numbered;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_could_harm() {
        let long = format!("{}.pdf", "x".repeat(300));
        for (sent, kind, kept) in [
            ("a.pdf", "", "a.pdf"),
            ("../../etc/passwd", "", "passwd"),
            ("temp\\b.txt", "", "b.txt"),
            ("invoice\u{202E}fdp.exe", "", "invoicefdp.exe"),
            ("a\0b\r\n.png", "", "ab.png"),
            ("a<b>:c?.png", "", "a_b__c_.png"),
            ("..", "image/png", "image.png"),
            ("", "application/pdf", "file.pdf"),
            ("", "text/x-odd", "text.txt"),
            ("", "x/y", "file.bin"),
            ("nul.txt", "", "_nul.txt"),
            (".hidden", "", "hidden"),
        ] {
            assert_eq!(safe(sent, kind), kept, "{sent}");
        }
        let short = safe(&long, "");
        assert_eq!(short.chars().count(), LONGEST_NAME);
        assert!(short.ends_with("x.pdf"));
    }

    #[test]
    fn same_names_get_numbers() {
        let mut taken = std::collections::HashMap::new();
        let names = ["a.pdf", "A.pdf", "a (2).pdf", "a.pdf", "b"];
        let all: Vec<String> = names.iter().map(|name| number(name, &mut taken)).collect();
        let different: std::collections::HashSet<String> =
            all.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(different.len(), names.len(), "{all:?}");
        assert_eq!((all[0].as_str(), all[1].as_str()), ("a.pdf", "A (2).pdf"));
    }
}
