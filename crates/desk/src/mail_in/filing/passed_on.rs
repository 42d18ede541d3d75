//! A mail that staff pass on to us: who wrote it becomes the requester, unproved. Only staff may
//! speak for others so, and only if their own domain vouches for them; anybody else's forwarded
//! mail is their own.

use base::id::StaffId;
use base::{Env, Stop};
use identity::{Email, staff};
use store::Tx;

use super::settle::Sender;
use super::write::Written;
use crate::Desk;
use crate::cases::{self, Author, NewMessage};
use crate::letters::{Forwarded, Letter, Standing};
use crate::mail_in::raw::RawMail;

/// A mail within a mail.
pub(super) struct PassedOn {
    /// Who wrote it, as the text says.
    pub(super) sender: Sender,
    inner: Forwarded,
    by: StaffId,
    name: String,
}

/// What staff pass on, if this mail is that.
pub(super) async fn read(
    tx: &mut Tx,
    desk: &Desk,
    (raw, letter, sender): (&RawMail, &Letter, &Sender),
) -> Result<Option<PassedOn>, Stop> {
    let mail_in = &desk.settings.mail_in;
    let boxes = letter.to.iter().chain(&letter.cc).map(|one| one.address.as_str());
    let readers = raw.envelope_to.iter().chain(&letter.delivered_to).map(String::as_str);
    let passes = readers.chain(boxes).any(|address| mail_in.is_forward_in(address));
    let Some(inner) = letter.forwarded.as_ref().filter(|_| passes) else { return Ok(None) };
    if letter.verdict.standing != Standing::Aligned {
        return Ok(None);
    }
    let Ok(email) = Email::checked(&sender.address) else { return Ok(None) };
    let found = staff::find_by_email(tx, &email).await?;
    let Some(by) = found.filter(|one| one.disabled_at.is_none()) else { return Ok(None) };
    let author = Sender::named(&inner.from);
    let other = author.filter(|one| one.address != sender.address);
    let other = other.filter(|one| mail_in.own(&one.address).is_none());
    let Some(sender) = other else { return Ok(None) };
    let (inner, name) = (inner.clone(), by.name.to_string());
    Ok(Some(PassedOn { sender, inner, by: by.id, name }))
}

impl PassedOn {
    /// What it was about.
    pub(super) fn subject(&self) -> &str {
        self.inner.subject.as_deref().unwrap_or_default()
    }

    /// What its author said, and nothing of what was said about it.
    pub(super) fn put_into(&self, new: &mut NewMessage) {
        if !self.inner.text.is_empty() {
            new.text.clone_from(&self.inner.text);
            new.fresh = None;
        }
        // That the forwarder is proved says nothing of the author.
        new.verdict = Some(Standing::None.as_str().to_owned());
        new.html = None;
        new.automatic = None;
    }

    /// Tells colleagues who passed it on, and what they wrote above it.
    pub(super) async fn note(&self, tx: &mut Tx, env: &Env, written: &Written) -> Result<(), Stop> {
        let above: String = self.inner.above.chars().take(4_000).collect();
        let text = format!("{} passed this mail on. {above}", self.name);
        let by = Author::Staff(self.by);
        let note = NewMessage::note(by, written.case.language, text.trim().to_owned());
        cases::add(tx, env, written.case.id, note).await?;
        Ok(())
    }
}
