//! Bytes by their hash: raw messages, screenshots, files. The same bytes are kept once, and go when
//! nothing uses them any more.

mod remove;
mod rows;
#[cfg(test)]
mod tests;

pub use remove::{Use, remove_unused, unused_after};

use base::{Fault, Kind, Refusal, Stop, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::reads::Reads;
use crate::tx::Tx;

/// The largest blob.
pub const LARGEST: usize = 25 * 1024 * 1024;

/// There are too many bytes.
pub const TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "file_too_large", "a file may have 25 MiB at most");

/// Keeps bytes and gives their name: SHA-256 in lower-case hex.
///
/// # Errors
/// Refuses what is too large; a fault if the database fails.
pub async fn put(tx: &mut Tx, now: Timestamp, bytes: &[u8]) -> Result<String, Stop> {
    if bytes.len() > LARGEST {
        return Err(TOO_LARGE.into());
    }
    let hash = hex::encode(Sha256::digest(bytes));
    rows::put(tx, now, &hash, bytes).await?;
    Ok(hash)
}

/// As [`put`], for many at once; their names in order.
///
/// # Errors
/// Refuses what is too large; a fault if the database fails.
pub async fn put_many(tx: &mut Tx, now: Timestamp, many: &[&[u8]]) -> Result<Vec<String>, Stop> {
    if many.iter().any(|bytes| bytes.len() > LARGEST) {
        return Err(TOO_LARGE.into());
    }
    let names: Vec<String> = many.iter().map(|bytes| hex::encode(Sha256::digest(bytes))).collect();
    rows::put_many(tx, now, names.iter().zip(many.iter().copied())).await?;
    Ok(names)
}

/// The bytes with that name.
///
/// # Errors
/// A fault if the database fails or what it kept is not what was put in.
pub async fn get(reads: &mut impl Reads, hash: &str) -> Result<Option<Vec<u8>>, Fault> {
    let bytes = rows::get(reads, hash).await?;
    if bytes.as_ref().is_some_and(|bytes| hex::encode(Sha256::digest(bytes)) != hash) {
        return Err(Fault::new(format!("read the blob {hash}: its bytes are damaged")));
    }
    Ok(bytes)
}
