//! Files on both databases.

use base::{Env, Stop};
use store::scratch::Scratch;
use store::{Engine, Store};

use super::*;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct Office {
    _scratch: Scratch,
    store: Store,
    env: Env,
}

impl Office {
    async fn open(engine: Engine) -> Office {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
        Office { store: scratch.store.clone(), _scratch: scratch, env }
    }

    async fn keep(&self, name: &str, bytes: &[u8]) -> Result<File, Stop> {
        let upload = Upload { name, declared: "image/png", bytes };
        let env = &self.env;
        store::write!(self.store, |tx| keep(tx, env, upload).await)
    }

    async fn bytes(&self, file: &File) -> Vec<u8> {
        let mut reader = self.store.read().await.unwrap();
        bytes(&mut reader, file).await.unwrap()
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Stop>) -> &'static str {
    answer.unwrap_err().refusal().unwrap().code
}

fn chunk(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(contents.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(contents);
    // Readers of these tests do not look at the checksum of a chunk.
    chunk.extend([0; 4]);
    chunk
}

fn png() -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = 3_u32.to_be_bytes().to_vec();
    head.extend(2_u32.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    picture.extend(chunk(b"IHDR", &head));
    picture.extend(chunk(b"tEXt", b"Author\0Ana of 5 Mill Lane"));
    picture.extend(chunk(b"eXIf", b"GPS 55.67 12.56"));
    picture.extend(chunk(b"IDAT", b"picture"));
    picture.extend(chunk(b"IEND", b""));
    picture
}

fn jpeg() -> Vec<u8> {
    let segment = |marker: u8, contents: &[u8]| {
        let mut segment = vec![0xff, marker];
        segment.extend(u16::try_from(contents.len() + 2).unwrap().to_be_bytes());
        segment.extend(contents);
        segment
    };
    let mut picture = vec![0xff, 0xd8];
    picture.extend(segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
    picture.extend(segment(0xe1, b"Exif\0\0GPS 55.67 12.56"));
    picture.extend(segment(0xfe, b"by Ana"));
    picture.extend(segment(0xc0, &[8, 0, 4, 0, 6, 1, 1, 0x11, 0]));
    picture.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
    picture.extend(b"picture");
    picture.extend([0xff, 0xd9]);
    picture
}

fn has(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|window| window == what.as_bytes())
}

#[tokio::test]
async fn pictures_are_kept_without_what_they_tell_of_places_and_people() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        for (name, bytes, kind, size) in
            [("a b.png", png(), "image/png", (3, 2)), ("a b.jpg", jpeg(), "image/jpeg", (6, 4))]
        {
            assert!(has(&bytes, "GPS") && has(&bytes, "Ana"));
            let file = office.keep(name, &bytes).await.unwrap();
            assert_eq!(file.kind, kind);
            assert_eq!((file.width, file.height), (Some(size.0), Some(size.1)));
            let kept = office.bytes(&file).await;
            assert!(has(&kept, "picture") && !has(&kept, "GPS") && !has(&kept, "Ana"), "{name}");
            assert_eq!(file.size, kept.len() as i64);
            assert_eq!(infer::get(&kept).unwrap().mime_type(), kind, "still a picture");
            let mut reader = office.store.read().await.unwrap();
            assert_eq!(find(&mut reader, file.id).await.unwrap(), Some(file));
        }
    }
}

#[tokio::test]
async fn programs_are_refused_whatever_they_are_called() {
    let office = Office::open(Engine::Sqlite).await;
    let mut elf = b"\x7fELF\x02\x01\x01".to_vec();
    elf.extend([0; 64]);
    for (name, bytes) in [
        ("picture.png", &b"MZ\x90\0\x03"[..]),
        ("picture.png", &elf),
        ("notes.txt", b"#!/bin/sh\nrm -rf /"),
        ("invoice.pdf.exe", b"%PDF-1.4"),
        ("run.JS", b"alert(1)"),
        ("open.lnk", b"L\0\0\0"),
    ] {
        assert_eq!(code(office.keep(name, bytes).await), "file_not_allowed", "{name}");
    }
    assert_eq!(code(office.keep("a.png", b"").await), "file_empty");
    assert_eq!(code(office.keep("a.png", &vec![1; LARGEST + 1]).await), "upload_too_large");
}

#[tokio::test]
async fn what_comes_with_a_mail_is_kept_and_flagged() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        for (name, bytes, kind, flag) in [
            ("x.exe", &b"MZ\x90\0\x03"[..], "application/octet-stream", Some("executable")),
            ("x.docm", b"PK\x03\x04", "application/octet-stream", Some("macros")),
            ("x.zip", b"PK\x03\x04rest", "application/zip", Some("archive")),
            ("x.svg", b"<svg xmlns='...'><script/></svg>", "text/plain", Some("page")),
            ("x.html", b"<!DOCTYPE html><html>", "text/plain", Some("page")),
            ("x.txt", "smørrebrød".as_bytes(), "text/plain", None),
            ("x.pdf", b"%PDF-1.4 ...", "application/pdf", None),
            ("x", b"\0\x01\x02\xff", "application/octet-stream", None),
            ("empty", b"", "text/plain", None),
        ] {
            let upload = Upload { name, declared: "image/png", bytes };
            let file = store::write!(office.store, |tx| {
                keep_as_sent(tx, env, upload, Some("cid-1")).await
            })
            .unwrap();
            assert_eq!((file.kind.as_str(), file.flagged.as_deref()), (kind, flag), "{name}");
            assert_eq!(office.bytes(&file).await, bytes);
        }
    }
}

/// The beginning of a photograph as phones take it, and of two more kinds that nobody takes apart.
fn untold() -> [(&'static str, Vec<u8>); 5] {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heicGPS 55.67 12.56".to_vec();
    let avif = b"\0\0\0\x18ftypavif\0\0\0\0mif1avifGPS 55.67 12.56".to_vec();
    let tiff = b"II*\0\x08\0\0\0GPS 55.67 12.56".to_vec();
    let cut = |mut whole: Vec<u8>| {
        whole.truncate(whole.len() - 3);
        whole
    };
    let mut broken = jpeg();
    // A segment that claims to be longer than the whole.
    broken[4] = 0xff;
    [("a.heic", heic), ("a.avif", avif), ("a.tif", tiff), ("a.png", cut(png())), ("a.jpg", broken)]
}

#[tokio::test]
async fn a_picture_that_cannot_be_cleaned_is_refused_or_flagged() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        for (name, bytes) in untold() {
            let refused = office.keep(name, &bytes).await;
            let refusal = refused.unwrap_err();
            let refusal = refusal.refusal().unwrap();
            assert_eq!(refusal.code, "file_not_allowed", "{name}");
            assert!(refusal.detail.contains("JPEG"), "{name}: {}", refusal.detail);
            let upload = Upload { name, declared: "image/jpeg", bytes: &bytes };
            let kept = store::write!(office.store, |tx| keep_as_sent(tx, env, upload, None).await)
                .unwrap();
            assert_eq!(kept.flagged.as_deref(), Some("uncleaned"), "{name}");
            assert_eq!(office.bytes(&kept).await, bytes, "a mail is never half lost");
        }
    }
}

#[test]
fn names_do_no_harm() {
    for (sent, safe) in [
        ("Rückerstattung (1).PNG", "Rückerstattung-1.png"),
        ("../../etc/passwd", "passwd.png"),
        ("Windows\\con.txt", "file.png"),
        ("\u{202e}gnp.exe", "gnp.png"),
        ("", "file.png"),
        ("a\r\nSet-Cookie: x.png", "a-Set-Cookie-x.png"),
        ("4111111111111111.png", "xxxxxxxxxxxx1111.png"),
    ] {
        assert_eq!(safe_name(sent, "png"), safe, "{sent}");
    }
    assert_eq!(safe_name(&"x".repeat(5_000), "png").len(), 84);
}

#[tokio::test]
async fn the_same_bytes_are_kept_once() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let one = office.keep("a.txt", b"the same").await.unwrap();
        let two = office.keep("b.txt", b"the same").await.unwrap();
        assert_ne!(one.id, two.id);
        assert_eq!((one.blob, one.hash), (two.blob, two.hash));
    }
}
