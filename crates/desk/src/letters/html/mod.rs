//! HTML of mails: taken apart by a reader of our own that has limits, turned into text, and cleaned
//! so that it is safe to show.

mod clean;
mod rules;
mod shown;
mod style;
mod text;
mod tokens;

#[cfg(test)]
pub(super) use clean::assert_harmless;
pub(super) use clean::{Cleaned, clean};
pub use shown::{Wanted, in_page, wanted, with_pictures};
pub(super) use text::to_text;
pub(super) use tokens::{Token, Tokens};

/// A plain text as HTML, for a mail that has both kinds of parts behind each other.
pub(super) fn of_text(text: &str) -> String {
    format!("<div>{}</div>", escape(text).replace('\n', "<br>\n"))
}

/// A text that means itself in HTML and in attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            sign => out.push(sign),
        }
    }
    out
}

/// The charset that a page names for itself in its first kilobyte.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static str> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let (_, rest) = start.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|one| one.is_ascii_alphanumeric() || "-_:.".contains(*one))
        .collect();
    encoding_rs::Encoding::for_label(label.as_bytes()).map(encoding_rs::Encoding::name)
}

/// The content ids and other addresses of pictures that HTML shows.
pub(super) fn pictures(html: &str) -> Vec<String> {
    let mut all = Vec::new();
    for token in Tokens::new(html) {
        if let Token::Start { name, attributes } = token
            && name == "img"
            && let Some((_, source)) = attributes.into_iter().find(|(name, _)| name == "src")
            && all.len() < 1_000
        {
            let source = text::decode(source);
            all.push(source.trim().strip_prefix("cid:").map(cid).unwrap_or(source));
        }
    }
    all
}

/// A content id as it is compared: unescaped, without brackets.
pub(super) fn cid(id: &str) -> String {
    let id = percent_encoding::percent_decode_str(id.trim()).decode_utf8_lossy();
    id.trim_matches(['<', '>']).to_owned()
}
