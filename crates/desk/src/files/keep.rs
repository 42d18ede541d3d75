//! A file is taken: looked at, cleaned of what pictures tell about places, and kept once.

use std::borrow::Cow;

use base::{Env, Stop};
use sha2::{Digest as _, Sha256};
use store::{Tx, blobs};

use super::name::{NAME_LENGTH, safe_name};
use super::sniff::{Sniffed, sniff};
use super::{EMPTY, File, NOT_ALLOWED, PICTURES, TOO_LARGE, Upload, clean, rows};
use crate::mask;

/// The largest file that somebody may upload.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// It is a picture that may tell where it was taken, because we cannot take it apart.
const UNCLEANED: &str = "uncleaned";

/// Keeps a file that somebody uploads.
///
/// # Errors
/// Refused if it is empty, larger than [`LARGEST`], a program, or a picture that cannot be cleaned
/// of what it tells about places.
pub async fn keep(tx: &mut Tx, env: &Env, upload: Upload<'_>) -> Result<File, Stop> {
    if upload.bytes.is_empty() {
        return Err(EMPTY.into());
    }
    if upload.bytes.len() > LARGEST {
        return Err(TOO_LARGE.into());
    }
    let sniffed = sniff(upload.bytes, upload.name);
    if sniffed.is_program() {
        return Err(NOT_ALLOWED.into());
    }
    let Some(cleaned) = clean::picture(upload.bytes, sniffed.kind) else {
        return Err(NOT_ALLOWED.because(PICTURES).into());
    };
    write_down(tx, env, (upload, &cleaned), sniffed, None).await
}

/// Keeps a file that came with a mail, whatever it is: a mail is never half lost. What should be
/// opened with care is flagged, and so is a picture that may tell where it was taken. `inline_id`
/// is what the mail's page calls it.
///
/// # Errors
/// Refused if it is larger than what is kept at all.
pub async fn keep_as_sent(
    tx: &mut Tx,
    env: &Env,
    upload: Upload<'_>,
    inline_id: Option<&str>,
) -> Result<File, Stop> {
    let mut sniffed = sniff(upload.bytes, upload.name);
    let cleaned = clean::picture(upload.bytes, sniffed.kind).unwrap_or_else(|| {
        sniffed.flag = sniffed.flag.or(Some(UNCLEANED));
        Cow::Borrowed(upload.bytes)
    });
    write_down(tx, env, (upload, &cleaned), sniffed, inline_id).await
}

async fn write_down(
    tx: &mut Tx,
    env: &Env,
    (upload, cleaned): (Upload<'_>, &[u8]),
    sniffed: Sniffed,
    inline_id: Option<&str>,
) -> Result<File, Stop> {
    let (width, height) = sniffed.size.unzip();
    let now = env.now();
    let file = File {
        id: env.id(),
        blob: blobs::put(tx, now, cleaned).await?,
        name: mask::cards(&upload.name.chars().take(NAME_LENGTH).collect::<String>())
            .replace(char::is_control, " "),
        safe_name: safe_name(upload.name, sniffed.ending),
        kind: sniffed.kind.to_owned(),
        size: i64::try_from(cleaned.len()).unwrap_or(i64::MAX),
        hash: hex::encode(Sha256::digest(upload.bytes)),
        width,
        height,
        inline_id: inline_id.map(|id| id.chars().take(NAME_LENGTH).collect()),
        flagged: sniffed.flag.map(ToOwned::to_owned),
        created_at: now,
    };
    rows::insert(tx, &file).await?;
    Ok(file)
}
