//! Style sheets, scripts and the mark: built into the program, named by what is in them.
//!
//! The name carries a hash of the content, so a browser may keep a file for ever and still gets
//! the new one with the next release.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::guard::Trouble;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// Style sheets of one kind of page, in the order of the cascade: one file per thing, sent as one.
const SHEETS: [(&str, &[&str]); 2] = [
    (
        "customer.css",
        &[
            "layers",
            "colours",
            "ground",
            "type",
            "layout",
            "buttons",
            "cards",
            "forms",
            "notes",
            "lists",
            "steps",
            "chips",
            "packs",
            "statement",
            "wallet",
            "tips",
            "receipt",
            "charge",
            "contact",
            "case",
            "help",
            "demo",
            "print",
        ],
    ),
    (
        "console.css",
        &[
            "layers",
            "colours",
            "ground",
            "type",
            "buttons",
            "cards",
            "forms",
            "notes",
            "lists",
            "chips",
            "help",
            "console",
            "inbox",
            "case-desk",
            "tables",
            "timeline",
            "chart",
            "lanes",
            "print",
        ],
    ),
];

struct Asset {
    kind: &'static str,
    body: Vec<u8>,
}

struct Shelf {
    /// From the plain name to the one with the hash.
    names: HashMap<String, String>,
    /// By the name with the hash.
    assets: HashMap<String, Asset>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::fill);

impl Shelf {
    fn fill() -> Shelf {
        let mut shelf = Shelf { names: HashMap::new(), assets: HashMap::new() };
        for (name, parts) in SHEETS {
            let read = |part: &&str| Files::get(&format!("css/{part}.css"));
            let body = parts.iter().filter_map(read).flat_map(|file| file.data.into_owned());
            shelf.put(name, "text/css; charset=utf-8", body.collect());
        }
        for path in Files::iter() {
            let Some(file) = Files::get(&path) else { continue };
            if let Some(name) = path.strip_prefix("js/") {
                shelf.put(name, "text/javascript; charset=utf-8", file.data.into_owned());
            } else if path == "mark.svg" {
                shelf.put("mark.svg", "image/svg+xml", file.data.into_owned());
            }
        }
        shelf
    }

    fn put(&mut self, name: &str, kind: &'static str, body: Vec<u8>) {
        let hash = hex::encode(Sha256::digest(&body));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let hashed = format!("{stem}.{}.{ending}", &hash[..12]);
        self.names.insert(name.to_owned(), hashed.clone());
        self.assets.insert(hashed, Asset { kind, body });
    }
}

/// The address of a file by its plain name.
pub(crate) fn address(name: &str) -> String {
    match SHELF.names.get(name) {
        Some(hashed) => format!("/assets/{hashed}"),
        None => format!("/assets/{name}"),
    }
}

/// `GET /assets/{name}`.
pub(crate) async fn send(Path(name): Path<String>) -> Result<Response, Trouble> {
    let asset = SHELF.assets.get(&name).ok_or(Trouble::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.body.as_slice()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_is_complete_and_every_file_of_the_folder_is_in_one() {
        let listed: Vec<_> = SHEETS.iter().flat_map(|(_, parts)| parts.iter()).collect();
        for part in &listed {
            assert!(Files::get(&format!("css/{part}.css")).is_some(), "{part}.css is missing");
        }
        for path in Files::iter().filter(|path| path.ends_with(".css")) {
            let part = path.trim_start_matches("css/").trim_end_matches(".css");
            assert!(listed.iter().any(|one| **one == part), "{path} is in no sheet");
        }
    }

    #[test]
    fn the_name_follows_the_content() {
        let (mut one, mut two) = (
            Shelf { names: HashMap::new(), assets: HashMap::new() },
            Shelf { names: HashMap::new(), assets: HashMap::new() },
        );
        one.put("a.css", "text/css", b"a".to_vec());
        two.put("a.css", "text/css", b"b".to_vec());
        assert_ne!(one.names["a.css"], two.names["a.css"]);
        assert!(one.names["a.css"].starts_with("a.") && one.names["a.css"].ends_with(".css"));
    }
}
