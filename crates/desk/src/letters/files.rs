//! Attachments and inline pictures: which they are, what they are called, what they are.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::html;
use super::mime::{Body, Part, transfer, unpack_tnef};
use super::name;
use super::steps;

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name as sent, decoded; empty if it had none.
    pub name: String,
    /// A name that can be stored, shown and saved; no two of one mail are the same.
    pub safe_name: String,
    /// The type the mail says it has.
    pub declared: String,
    /// The type its bytes show, if they show one.
    pub sniffed: Option<&'static str>,
    /// Its size in bytes.
    pub size: usize,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Its content id, if the HTML shows it as a picture: `data-cid` in the cleaned HTML.
    pub inline: Option<String>,
    /// Its content id, whether it is shown or not.
    pub content_id: Option<String>,
    /// Where it was found.
    pub source: Source,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Where a file was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A part of the mail.
    Part,
    /// A mail within the mail.
    Mail,
    /// A block within text.
    Text,
    /// Within a `winmail.dat`.
    Winmail,
    /// Within the HTML itself.
    Html,
}

impl Source {
    /// A stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Source::Part => "part",
            Source::Mail => "mail",
            Source::Text => "text",
            Source::Winmail => "winmail",
            Source::Html => "html",
        }
    }
}

/// Where the mail wants a file to be.
#[derive(PartialEq, Eq)]
enum Place {
    /// Beside the text, to be saved.
    Apart,
    /// Wherever it fits.
    Anywhere,
}

/// What is known of a file before it gets its name.
struct Found {
    name: String,
    declared: String,
    content_id: Option<String>,
    location: Option<String>,
    place: Place,
    source: Source,
    bytes: Vec<u8>,
}

/// All files of a mail, in the order they come. `enclosed` are pictures that stood in the HTML.
pub(super) fn gather(
    raw: &[u8],
    parts: &[Part],
    body: &mut Body,
    enclosed: Vec<(String, String, Vec<u8>)>,
) -> Vec<Attached> {
    let mut found = Vec::new();
    for leaf in &body.leaves {
        of_part(raw, &parts[leaf.part], &mut found);
    }
    for block in body.blocks.drain(..) {
        found.push(Found::plain(block.name, Source::Text, block.bytes));
    }
    for (id, kind, bytes) in enclosed {
        let mut one = Found::plain(String::new(), Source::Html, bytes);
        one.declared = kind;
        one.content_id = Some(id);
        found.push(one);
    }
    let shown = html::pictures(&body.html);
    let mut taken = HashMap::new();
    found.into_iter().map(|one| attach(one, &shown, &mut taken)).collect()
}

fn of_part(raw: &[u8], part: &Part, found: &mut Vec<Found>) {
    let disposition = part.headers.params("content-disposition").unwrap_or_default();
    let encoding = part.headers.plain("content-transfer-encoding");
    let bytes = transfer::decode(&raw[part.body.clone()], encoding.as_deref());
    let name = disposition.get("filename").or(part.content.get("name")).unwrap_or_default();
    let declared = part.content.word.clone();
    let tnef = declared == "application/ms-tnef" || declared == "application/vnd.ms-tnef";
    if (tnef || name.eq_ignore_ascii_case("winmail.dat"))
        && let Some(files) = unpack_tnef(&bytes)
        && !files.is_empty()
    {
        let all = files.into_iter().map(|one| Found::plain(one.name, Source::Winmail, one.bytes));
        found.extend(all);
        return;
    }
    let is_mail = matches!(declared.as_str(), "message/rfc822" | "message/global");
    let name = if is_mail && name.is_empty() {
        let subject = super::mime::block(&bytes).text("subject").unwrap_or_default();
        let subject: String = subject.trim().chars().take(100).collect();
        if subject.is_empty() {
            String::new()
        } else {
            format!("{}.eml", subject.replace('/', "-"))
        }
    } else {
        super::charset::tidy(name)
    };
    found.push(Found {
        name,
        declared,
        content_id: part.headers.plain("content-id").map(|id| html::cid(&id)),
        location: part.headers.plain("content-location"),
        place: if disposition.word == "attachment" { Place::Apart } else { Place::Anywhere },
        source: if is_mail { Source::Mail } else { Source::Part },
        bytes: bytes.into_owned(),
    });
}

impl Found {
    fn plain(name: String, source: Source, bytes: Vec<u8>) -> Found {
        Found {
            name,
            declared: String::new(),
            content_id: None,
            location: None,
            place: Place::Anywhere,
            source,
            bytes,
        }
    }
}

fn attach(one: Found, shown: &[String], taken: &mut HashMap<String, usize>) -> Attached {
    let sniffed = infer::get(&one.bytes).map(|kind| kind.mime_type());
    let declared = if one.declared.is_empty() { "application/octet-stream" } else { &one.declared };
    let kind = sniffed.unwrap_or(declared);
    let is_picture = kind.starts_with("image/") || declared.starts_with("image/");
    let uses = |id: &Option<String>| {
        steps::add(shown.len());
        id.as_ref().is_some_and(|id| shown.contains(id))
    };
    let used = uses(&one.content_id) || uses(&one.location) || one.source == Source::Html;
    // Outlook gives ids to pictures it does not show; only what the HTML uses is inline.
    let inline = used && is_picture && one.place == Place::Anywhere;
    let id = one.content_id.clone().or(one.location);
    steps::add(one.bytes.len());
    Attached {
        safe_name: name::number(&name::safe(&one.name, kind), taken),
        name: one.name,
        declared: declared.to_owned(),
        sniffed,
        size: one.bytes.len(),
        sha256: hex::encode(Sha256::digest(&one.bytes)),
        inline: if inline { id } else { None },
        content_id: one.content_id,
        source: one.source,
        bytes: one.bytes,
    }
}
