//! Whether a mail may join the thread it points at. A reference, an id, even our own signed word
//! can be in strange hands: only who takes part, or for whom the word was written, writes there.

use base::id::StaffId;
use base::{Stop, Timestamp};
use identity::{Email, staff};
use store::Tx;

use super::evidence::{self, Evidence, Place};
use super::settle::{Sender, is_for_staff};
use crate::Desk;
use crate::cases::{self, ParticipantRole, ThreadKind};
use crate::letters::{Letter, Standing};
use crate::people::{self, AddressKind};

/// A mail of ours is old after so many days: who answers it about something else begins anew.
const OLD_DAYS: i64 = 60;

/// In what right a mail joins a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admitted {
    /// Its sender takes part in the thread, or the signed word was written for them.
    Writer,
    /// Staff answer by mail.
    Staff(StaffId),
    /// Neither: it becomes a case of its own.
    Stranger,
}

/// In what right a mail joins the thread it points at.
pub(super) async fn admitted(
    tx: &mut Tx,
    desk: &Desk,
    place: &Place,
    (letter, sender): (&Letter, &Sender),
) -> Result<Admitted, Stop> {
    let named = match place.by {
        Evidence::Token(token) => token.names(&desk.identity.vault, &sender.address),
        Evidence::Answer | Evidence::Reference | Evidence::Foreign => false,
    };
    if is_for_staff(place) {
        // Anybody may claim to be staff: their domain must vouch for them, and the word must be
        // theirs. Otherwise it is a customer's mail.
        if named && letter.verdict.standing == Standing::Aligned {
            let Ok(email) = Email::checked(&sender.address) else {
                return Ok(Admitted::Stranger);
            };
            let found = staff::find_by_email(tx, &email).await?;
            let works = found.filter(|one| one.disabled_at.is_none());
            return Ok(works.map_or(Admitted::Stranger, |one| Admitted::Staff(one.id)));
        }
        return Ok(Admitted::Stranger);
    }
    if place.thread.kind == ThreadKind::Internal {
        return Ok(Admitted::Stranger);
    }
    if is_another_matter(place, letter, desk.billing.env.now()) {
        return Ok(Admitted::Stranger);
    }
    if named || place.by == Evidence::Foreign {
        return Ok(Admitted::Writer);
    }
    // A sender whose domain denies them proves nothing by their name.
    if letter.verdict.standing == Standing::Failed {
        return Ok(Admitted::Stranger);
    }
    let takes_part = takes_part(tx, place, sender).await?;
    Ok(if takes_part { Admitted::Writer } else { Admitted::Stranger })
}

/// Whether somebody took an old mail of ours to write about something else.
fn is_another_matter(place: &Place, letter: &Letter, now: Timestamp) -> bool {
    let Evidence::Token(token) = place.by else { return false };
    token.age_in_days(now) > OLD_DAYS && !is_about(&letter.subject, &place.case.subject)
}

/// Whether a subject is empty, names a case, or has a word in common with another.
fn is_about(subject: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        let long = words.filter(|word| word.chars().count() > 3);
        long.map(str::to_lowercase).collect()
    };
    let (ours, theirs) = (words(other), words(subject));
    let same = theirs.iter().any(|word| ours.contains(word));
    same || theirs.is_empty() || !evidence::named(subject).is_empty()
}

async fn takes_part(tx: &mut Tx, place: &Place, sender: &Sender) -> Result<bool, Stop> {
    let found = people::find_address(tx, AddressKind::Mail, &sender.address).await?;
    let Some(address) = found else { return Ok(false) };
    for who in cases::participants_of(tx, place.case.id).await? {
        // A case may ask two creators: neither writes in the other's thread.
        let here = of_thread(place.thread.kind, who.role) && who.partner == place.thread.partner;
        if !here {
            continue;
        }
        if who.address == address.id {
            return Ok(true);
        }
        // The same person from another address, if both are known to be theirs.
        if address.verified_at.is_none() {
            continue;
        }
        let other = people::address(tx, who.address).await?;
        let same = other.filter(|one| one.person == address.person && one.verified_at.is_some());
        if same.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

const fn of_thread(thread: ThreadKind, role: ParticipantRole) -> bool {
    matches!(
        (thread, role),
        (
            ThreadKind::Customer,
            ParticipantRole::Requester | ParticipantRole::Cc | ParticipantRole::Observer
        ) | (ThreadKind::Creator, ParticipantRole::Creator | ParticipantRole::Studio)
            | (ThreadKind::Processor, ParticipantRole::Processor)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_about_another_if_they_share_a_word() {
        for (subject, about) in [
            ("Re: my missing tokens", true),
            ("TOKENS!", true),
            ("", true),
            ("Re: hi", true),
            ("I forgot my password", false),
        ] {
            assert_eq!(is_about(subject, "Where are my tokens?"), about, "{subject}");
        }
    }
}
