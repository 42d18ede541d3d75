//! A visitor hands in a file, and fetches files of their talk.

use base::id::{FileId, MessageId};
use base::{Kind, Refusal, SignedDuration, Stop};

use super::rows;
use super::session::{Place, Session};
use super::{lines, say};
use crate::Desk;
use crate::files::{self, File, Upload};

/// So many files in an hour.
const MOST: i64 = 20;

/// Too many files.
const TOO_MANY: Refusal = Refusal::new(
    Kind::TooMany,
    "too_many_uploads",
    "twenty files an hour are taken in one chat; wait a little",
);
/// There is no such file, or it is not theirs to see.
pub const NO_FILE: Refusal =
    Refusal::new(Kind::NotFound, "chat_file_unknown", "there is no such file in this chat");

/// Keeps a file for the next line.
///
/// # Errors
/// Refused if the file is too large, of a kind that is not taken, or one too many.
pub async fn hand_in(desk: &Desk, session: &Session, upload: Upload<'_>) -> Result<File, Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let now = env.now();
    let hour = now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(now);
    store::write!(store, |tx| {
        if rows::handed_in(tx, session.id, hour).await? >= MOST {
            return Err(TOO_MANY.into());
        }
        let file = files::keep(tx, env, upload).await?;
        rows::hand_in(tx, session.id, file.id, now).await?;
        Ok(file)
    })
}

/// A file of the talk with its bytes: one this session handed in, or one of a line it may read.
///
/// # Errors
/// `chat_file_unknown` if it is neither.
pub async fn fetch(desk: &Desk, session: &Session, id: FileId) -> Result<(File, Vec<u8>), Stop> {
    let mut reader = desk.billing.store.read().await?;
    let file = files::find(&mut reader, id).await?.ok_or(NO_FILE)?;
    let own = rows::has_handed_in(&mut reader, session.id, id).await?;
    if !own && !is_in_talk(&mut reader, session, id).await? {
        return Err(NO_FILE.into());
    }
    let bytes = files::bytes(&mut reader, &file).await?;
    Ok((file, bytes))
}

async fn is_in_talk(
    reads: &mut impl store::Reads,
    session: &Session,
    id: FileId,
) -> Result<bool, Stop> {
    let mut place = session.place(0);
    loop {
        let messages = lines::messages(reads, session, place, lines::PAGE).await?;
        let readable = messages
            .iter()
            .filter(|message| message.redacted_at.is_none() && message.withdrawn_at.is_none());
        let ids: Vec<MessageId> = readable.map(|message| message.id).collect();
        let all = files::of_messages(reads, &ids).await?;
        if all.values().flatten().any(|file| file.id == id) {
            return Ok(true);
        }
        match messages.last().and_then(|message| message.shown_seq) {
            Some(seq) if messages.len() == lines::PAGE as usize => {
                place = Place { seq, ..place };
            }
            _ => return Ok(false),
        }
    }
}

/// The most that goes with one line, for whoever asks before sending.
#[must_use]
pub const fn most_files() -> usize {
    say::MOST_FILES
}
