//! What a picture tells beside itself (where it was taken, by whom, with what) is left out.

use std::borrow::Cow;

use bytes::Bytes;
use img_parts::ImageEXIF as _;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::webp::WebP;

/// The chunks of a PNG that tell about its making: texts, times and EXIF.
const TOLD_BY_PNG: [[u8; 4]; 5] = [*b"tEXt", *b"zTXt", *b"iTXt", *b"eXIf", *b"tIME"];
/// The chunks of a WebP that do.
const TOLD_BY_WEBP: [[u8; 4]; 2] = [*b"EXIF", *b"XMP "];

/// The bytes without what they tell beside the picture; as they are if this is none. None if it is
/// a picture that we cannot take apart, so that nobody knows what it tells.
pub(super) fn picture<'a>(bytes: &'a [u8], kind: &str) -> Option<Cow<'a, [u8]>> {
    match kind {
        "image/jpeg" => jpeg(bytes).map(Cow::Owned),
        "image/png" => png(bytes).map(Cow::Owned),
        "image/webp" => webp(bytes).map(Cow::Owned),
        // Screens make these; no camera writes into them where it was.
        "image/gif" | "image/bmp" => Some(Cow::Borrowed(bytes)),
        _ if kind.starts_with("image/") => None,
        _ => Some(Cow::Borrowed(bytes)),
    }
}

/// How wide and high a picture is.
pub(super) fn size(bytes: &[u8], kind: &str) -> Option<(i64, i64)> {
    let number = |from: usize| -> Option<i64> {
        let four: [u8; 4] = bytes.get(from..from + 4)?.try_into().ok()?;
        Some(i64::from(u32::from_be_bytes(four)))
    };
    let short = |from: usize| -> Option<i64> {
        let two: [u8; 2] = bytes.get(from..from + 2)?.try_into().ok()?;
        Some(i64::from(u16::from_le_bytes(two)))
    };
    match kind {
        "image/png" => Some((number(16)?, number(20)?)),
        "image/gif" => Some((short(6)?, short(8)?)),
        "image/jpeg" => jpeg_size(bytes),
        "image/webp" => {
            let picture = WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
            let (width, height) = picture.dimensions()?;
            Some((i64::from(width), i64::from(height)))
        }
        _ => None,
    }
}

/// The frame of a JPEG says it, in one of the segments C0 to CF that is no table.
fn jpeg_size(bytes: &[u8]) -> Option<(i64, i64)> {
    let picture = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let frame = picture.segments().iter().find(|segment| {
        matches!(segment.marker(), 0xc0..=0xcf) && !matches!(segment.marker(), 0xc4 | 0xc8 | 0xcc)
    })?;
    let half = |at: usize| -> Option<i64> {
        let two: [u8; 2] = frame.contents().get(at..at + 2)?.try_into().ok()?;
        Some(i64::from(u16::from_be_bytes(two)))
    };
    Some((half(3)?, half(1)?))
}

/// Without EXIF, XMP, IPTC and comments. Turning by EXIF is lost with it: a picture that lies on
/// its side tells less than one that says where it was taken.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut picture = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    picture.set_exif(None);
    picture.segments_mut().retain(|segment| {
        !matches!(segment.marker(), markers::APP1 | markers::APP13 | markers::COM)
    });
    Some(picture.encoder().bytes().to_vec())
}

/// Chunk by chunk, whether or not its checksum is right: a viewer that does not look at it would
/// show what it tells. What follows the end of the picture goes too.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let (signature, mut rest) = bytes.split_at_checked(8)?;
    let mut cleaned = signature.to_vec();
    while !rest.is_empty() {
        let (length, kind) = (rest.get(..4)?, rest.get(4..8)?);
        let length = u32::from_be_bytes(length.try_into().ok()?);
        let whole = usize::try_from(length).ok()?.checked_add(12)?;
        let (chunk, later) = rest.split_at_checked(whole)?;
        if !TOLD_BY_PNG.iter().any(|told| told == kind) {
            cleaned.extend_from_slice(chunk);
        }
        rest = if kind == b"IEND" { &[] } else { later };
    }
    Some(cleaned)
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut picture = WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    for kind in TOLD_BY_WEBP {
        picture.remove_chunks_by_id(kind);
    }
    Some(picture.encoder().bytes().to_vec())
}
