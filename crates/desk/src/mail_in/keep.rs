//! A mail is kept: its raw bytes, a row and the job that reads it, in one deed with the cursor of
//! the folder it came from. Only then may the door say that we have it.

use base::id::RawMailId;
use base::{Env, Fault, Stop, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{Tx, blobs, jobs};

use super::raw::{Extent, RawMail, State};
use super::{LARGEST, TOO_LARGE, rows};

/// The kind of the job that reads a mail.
pub const FILE: &str = "mail_in.file";
/// A blob holds no more than this of a mail.
const PART: usize = 16 * 1024 * 1024;

/// Which mail a job is about.
#[derive(Serialize, Deserialize)]
pub(super) struct Filing {
    /// Its id.
    pub(super) raw: RawMailId,
}

/// A mail that stands at a door.
#[derive(Clone, Debug)]
pub struct Arrived<'a> {
    /// Which door.
    pub door: &'a str,
    /// The bytes as they came; headers only where the mail is too large.
    pub bytes: &'a [u8],
    /// How much of it that is.
    pub extent: Extent,
    /// How many bytes the whole mail has.
    pub size: usize,
    /// The return path: empty if it was null, none if the door does not know.
    pub envelope_from: Option<&'a str>,
    /// The recipients of the envelope, as far as the door knows.
    pub envelope_to: &'a [String],
}

impl<'a> Arrived<'a> {
    /// A whole mail of which the door knows nothing but its bytes.
    #[must_use]
    pub fn whole(door: &'a str, bytes: &'a [u8]) -> Arrived<'a> {
        Arrived {
            door,
            bytes,
            extent: Extent::Whole,
            size: bytes.len(),
            envelope_from: None,
            envelope_to: &[],
        }
    }
}

/// What became of a mail at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is ours now.
    New(RawMailId),
    /// It came before, by the same door.
    Known(RawMailId),
}

impl Kept {
    /// The id it is kept under.
    #[must_use]
    pub const fn id(self) -> RawMailId {
        match self {
            Kept::New(id) | Kept::Known(id) => id,
        }
    }
}

/// Keeps a mail and writes the job that will read it; nothing if the same came before.
///
/// # Errors
/// Refused if it is larger than [`LARGEST`]; a fault if the database does not answer.
pub async fn keep(tx: &mut Tx, env: &Env, arrived: &Arrived<'_>) -> Result<Kept, Stop> {
    if arrived.bytes.len() > LARGEST {
        return Err(TOO_LARGE.into());
    }
    let (id, now) = (env.id(), env.now());
    let hash = hex::encode(Sha256::digest(arrived.bytes));
    if let Some(known) = rows::raw::known(tx, arrived.door, &hash).await? {
        return Ok(Kept::Known(known));
    }
    let raw = RawMail {
        id,
        door: arrived.door.to_owned(),
        hash,
        size: i64::try_from(arrived.size).unwrap_or(i64::MAX),
        blobs: parts(tx, now, arrived.bytes).await?,
        extent: arrived.extent,
        envelope_from: arrived.envelope_from.map(str::to_owned),
        envelope_to: arrived.envelope_to.to_vec(),
        received_at: now,
        state: State::Waiting,
        reason: None,
        last_error: None,
        sender: None,
        subject: None,
        proposed: None,
        case: None,
        message: None,
        settled_at: None,
        settled_by: None,
    };
    rows::raw::insert(tx, &raw).await?;
    jobs::enqueue(tx, env, FILE, &Filing { raw: id }, now).await?;
    metrics::counter!("paydesk_mails_in", "outcome" => "kept").increment(1);
    Ok(Kept::New(id))
}

async fn parts(tx: &mut Tx, now: Timestamp, bytes: &[u8]) -> Result<Vec<String>, Stop> {
    let mut names = Vec::new();
    for part in bytes.chunks(PART) {
        names.push(blobs::put(tx, now, part).await?);
    }
    Ok(names)
}

/// The bytes of a mail, as they came.
///
/// # Errors
/// A fault if they are gone or damaged.
pub async fn bytes(reads: &mut impl store::Reads, raw: &RawMail) -> Result<Vec<u8>, Fault> {
    let mut all = Vec::new();
    for name in &raw.blobs {
        let part = blobs::get(reads, name).await?;
        all.extend(part.ok_or_else(|| Fault::new("read a mail: a part of it is gone"))?);
    }
    Ok(all)
}
