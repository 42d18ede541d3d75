//! A mail that is held back, as text that nobody can be harmed by.

use base::{Fault, Stop};

use super::filing::reading;
use super::raw::RawMail;
use super::{bytes, find};
use crate::Desk;
use crate::letters::{self, Letter};

/// How much of a mail is shown.
const LONGEST: usize = 20_000;

/// What staff see of a mail before they decide.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The mail.
    pub raw: RawMail,
    /// Its sender as it names them.
    pub from: Option<String>,
    /// Its subject, whole.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// What is proved about its sender, and how.
    pub verdict: Option<String>,
    /// Its files, by name and size.
    pub files: Vec<(String, usize)>,
    /// What was broken in it.
    pub problems: Vec<String>,
}

/// Reads a mail that is held back, without filing it.
///
/// # Errors
/// Refused if there is no such mail; a fault if it cannot be read in time.
pub async fn preview(desk: &Desk, id: base::id::RawMailId) -> Result<Preview, Stop> {
    let (raw, bytes) = {
        let mut reader = desk.billing.store.read().await?;
        let raw = find(&mut reader, id).await?.ok_or(super::UNKNOWN)?;
        let bytes = bytes(&mut reader, &raw).await.unwrap_or_default();
        (raw, bytes)
    };
    let reading = reading(desk, &raw);
    let read = tokio::task::spawn_blocking(move || {
        letters::read(&bytes, &reading).map_err(|_| String::from_utf8_lossy(&bytes).into_owned())
    });
    let read = read.await.map_err(|broken| Fault::of("show a mail", broken))?;
    Ok(match read {
        Ok(letter) => of_letter(raw, &letter),
        Err(as_it_came) => Preview {
            subject: raw.subject.clone().unwrap_or_default(),
            from: raw.sender.clone(),
            raw,
            text: short(&as_it_came),
            verdict: None,
            files: Vec::new(),
            problems: Vec::new(),
        },
    })
}

fn of_letter(raw: RawMail, letter: &Letter) -> Preview {
    let named = |one: &letters::Mailbox| match one.name.trim() {
        "" => one.address.clone(),
        name => format!("{name} <{}>", one.address),
    };
    Preview {
        raw,
        from: letter.from.as_ref().map(named),
        subject: letter.subject.clone(),
        text: short(&letter.text),
        verdict: Some(format!("{}: {}", letter.verdict.standing.as_str(), letter.verdict.why)),
        files: letter.files.iter().map(|file| (file.safe_name.clone(), file.size)).collect(),
        problems: letter.problems.clone(),
    }
}

fn short(text: &str) -> String {
    crate::mask::cards(&text.chars().take(LONGEST).collect::<String>()).into_owned()
}
