//! A file that somebody sent along.

use base::Timestamp;
use base::id::FileId;

/// A file as it comes in.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// What its sender calls it.
    pub name: &'a str,
    /// What its sender says it is.
    pub declared: &'a str,
    /// What it is.
    pub bytes: &'a [u8],
}

/// A file that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Our id.
    pub id: FileId,
    /// The name of its bytes.
    pub blob: String,
    /// What its sender calls it.
    pub name: String,
    /// A name that does no harm on any machine.
    pub safe_name: String,
    /// What its bytes say it is.
    pub kind: String,
    /// How many bytes are kept.
    pub size: i64,
    /// SHA-256 of the bytes as they were sent, in lower-case hex.
    pub hash: String,
    /// How wide it is, if it is a picture.
    pub width: Option<i64>,
    /// How high it is, if it is a picture.
    pub height: Option<i64>,
    /// What a mail's page calls it.
    pub inline_id: Option<String>,
    /// Why it should be opened with care: `executable`, `macros`, `archive`, `page`,
    /// or `uncleaned` for a picture that may tell where it was taken.
    pub flagged: Option<String>,
    /// When it came.
    pub created_at: Timestamp,
}
