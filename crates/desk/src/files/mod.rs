//! Files that people send along: their bytes decide what they are, not their names.

mod clean;
mod file;
mod keep;
mod name;
mod rows;
mod sniff;
#[cfg(test)]
mod tests;

pub use file::{File, Upload};
pub use keep::{LARGEST, keep, keep_as_sent};
pub use name::safe_name;
pub use rows::{find, find_many, of_message, of_messages};

use base::{Fault, Kind, Refusal};
use store::{Reads, blobs};

/// There is no such file.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "file_unknown", "there is no file with this id");
/// The file is too large.
pub const TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "upload_too_large", "a file may have 10 MiB at most");
/// The file is empty.
pub const EMPTY: Refusal = Refusal::new(Kind::Malformed, "file_empty", "the file is empty");
/// The file is a program.
pub const NOT_ALLOWED: Refusal = Refusal::new(
    Kind::Rule,
    "file_not_allowed",
    "programs, scripts and installers are not taken; send a picture, a text or a PDF",
);

/// Why a picture is not taken.
const PICTURES: &str = "pictures are taken as JPEG, PNG, WebP, GIF or BMP that can be read to the \
                        end; save HEIC, TIFF or AVIF as JPEG and send that";

/// The bytes of a file, as they are kept.
///
/// # Errors
/// A fault if the database does not answer, or if the bytes are damaged or gone.
pub async fn bytes(reads: &mut impl Reads, file: &File) -> Result<Vec<u8>, Fault> {
    let bytes = blobs::get(reads, &file.blob).await?;
    bytes
        .ok_or_else(|| Fault::new(format!("read the bytes of the file {}: they are gone", file.id)))
}
