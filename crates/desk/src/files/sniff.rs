//! What a file is, by its bytes; its name counts only where bytes say nothing.

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sniffed {
    /// Its type.
    pub(super) kind: &'static str,
    /// The ending that fits it.
    pub(super) ending: &'static str,
    /// Why it should be opened with care.
    pub(super) flag: Option<&'static str>,
    /// Width and height of a picture.
    pub(super) size: Option<(i64, i64)>,
}

/// It runs when it is opened.
const PROGRAM: &str = "executable";
/// It is a document that runs something when it is opened.
const MACROS: &str = "macros";
/// It holds other files, which nobody has looked at.
const ARCHIVE: &str = "archive";
/// It is a page, which may run something in a browser.
const PAGE: &str = "page";

/// Endings that a machine runs, whatever the bytes are.
const RUN_BY_NAME: [&str; 28] = [
    "exe", "com", "bat", "cmd", "msi", "scr", "pif", "vbs", "vbe", "js", "jse", "wsf", "wsh",
    "ps1", "hta", "jar", "lnk", "reg", "cpl", "dll", "sys", "apk", "app", "deb", "rpm", "dmg",
    "sh", "url",
];
/// Endings of documents that carry programs.
const WITH_MACROS: [&str; 7] = ["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppsm"];
/// How much of a file is looked at to say whether it is a text or a page.
const LOOKED_AT: usize = 4_096;

impl Sniffed {
    /// Whether it runs when it is opened.
    pub(super) fn is_program(&self) -> bool {
        self.flag == Some(PROGRAM)
    }
}

/// What a file is.
pub(super) fn sniff(bytes: &[u8], name: &str) -> Sniffed {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase());
    let ending = ending.unwrap_or_default();
    let known = infer::get(bytes);
    let by_name = RUN_BY_NAME.contains(&ending.as_str());
    let by_bytes = known.is_some_and(|known| known.matcher_type() == infer::MatcherType::App);
    let script = bytes.starts_with(b"#!") || bytes.starts_with(b"MZ");
    if by_name || script || by_bytes && known.is_some_and(|it| it.extension() != "wasm") {
        return plain("application/octet-stream", "bin", Some(PROGRAM));
    }
    if WITH_MACROS.contains(&ending.as_str()) || has_macros(bytes) {
        return plain("application/octet-stream", "bin", Some(MACROS));
    }
    match known {
        Some(known) => of_known(known, bytes),
        None => of_unknown(bytes),
    }
}

const fn plain(kind: &'static str, ending: &'static str, flag: Option<&'static str>) -> Sniffed {
    Sniffed { kind, ending, flag, size: None }
}

fn of_known(known: infer::Type, bytes: &[u8]) -> Sniffed {
    let kind = known.mime_type();
    if matches!(kind, "text/html" | "text/xml") || looks_like_a_page(bytes) {
        return plain("text/plain", "txt", Some(PAGE));
    }
    let flag = (known.matcher_type() == infer::MatcherType::Archive && kind != "application/pdf")
        .then_some(ARCHIVE);
    Sniffed { kind, ending: known.extension(), flag, size: super::clean::size(bytes, kind) }
}

fn of_unknown(bytes: &[u8]) -> Sniffed {
    if looks_like_a_page(bytes) {
        return plain("text/plain", "txt", Some(PAGE));
    }
    let begin = &bytes[..bytes.len().min(LOOKED_AT)];
    let text = match std::str::from_utf8(begin) {
        Ok(_) => true,
        // A letter may be cut in two where the look ends.
        Err(error) => error.error_len().is_none(),
    };
    if text && !begin.contains(&0) {
        plain("text/plain", "txt", None)
    } else {
        plain("application/octet-stream", "bin", None)
    }
}

/// Pages and pictures made of text may run something in a browser.
fn looks_like_a_page(bytes: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]).to_ascii_lowercase();
    let begin = begin.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    begin.starts_with('<')
        && ["<!doctype", "<html", "<svg", "<script", "<?xml", "<body", "<head", "<iframe"]
            .iter()
            .any(|tag| begin.contains(tag))
}

/// The parts of a document that hold programs have names that stand in its bytes as they are.
fn has_macros(bytes: &[u8]) -> bool {
    let office = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    let named = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    office && (named(b"vbaProject.bin") || named(b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0"))
}
