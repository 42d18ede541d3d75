//! One mail from its raw bytes to its case, for whoever asks: the job, or staff who release it.

use std::time::Duration;

use base::id::{CaseId, MessageId, RawMailId};
use base::{Fault, Stop};

use super::settle::{Ask, settle};
use crate::Desk;
use crate::letters::{self, Letter, Reading, Unreadable};
use crate::mail_in::raw::{Extent, RawMail, Reason, State};
use crate::mail_in::rows::raw::{self as rows, Settled};
use crate::mail_in::{UNKNOWN, bytes};

/// How long reading one mail may take.
const LONGEST: Duration = Duration::from_secs(20);

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// It is a message of this case.
    Case(CaseId, MessageId),
    /// It is held back for this reason.
    Quarantined(Reason),
    /// It is our own mail that came back to us.
    Own,
    /// The same had come before.
    Twice,
    /// It told of a mail that did not arrive; of this case, if we know it.
    Bounce(Option<CaseId>),
    /// It was settled before: nothing was done.
    Settled(State),
}

/// Files a mail that waits.
///
/// # Errors
/// Refused if there is no such mail; a fault if it could not be read in time or the database does
/// not answer.
pub async fn file(desk: &Desk, id: RawMailId) -> Result<Filed, Stop> {
    Box::pin(file_as(desk, id, Ask::First)).await
}

/// As [`file`], as staff asked for.
pub(in crate::mail_in) async fn file_as(
    desk: &Desk,
    id: RawMailId,
    ask: Ask,
) -> Result<Filed, Stop> {
    let store = &desk.billing.store;
    let (raw, bytes) = {
        let mut reader = store.read().await?;
        let raw = rows::find(&mut reader, id).await?.ok_or(UNKNOWN)?;
        let bytes = bytes(&mut reader, &raw).await?;
        (raw, bytes)
    };
    if raw.state != State::Waiting {
        return Ok(Filed::Settled(raw.state));
    }
    let letter = match read(desk, &raw, bytes).await? {
        Ok(letter) => letter,
        Err(unreadable) => return held(desk, &raw, &unreadable.why).await,
    };
    let (raw, letter) = (&raw, &letter);
    let filed = store::write!(store, |tx| Box::pin(settle(tx, desk, (raw, letter), &ask)).await);
    match filed {
        // What a case does not take is no fault: a person looks at it.
        Err(Stop::Refused(refusal)) if ask == Ask::First => {
            held(desk, raw, &refusal.to_string()).await
        }
        Err(Stop::Refused(refusal)) => {
            let back = Settled::bare(State::Quarantined);
            let now = desk.billing.env.now();
            store::write!(store, |tx| {
                rows::settle(tx, id, &back, now).await?;
                Ok(())
            })?;
            Err(refusal.into())
        }
        filed => filed,
    }
}

/// Reads a mail in a thread of its own: a mail that takes too long must not stop the others.
async fn read(
    desk: &Desk,
    raw: &RawMail,
    bytes: Vec<u8>,
) -> Result<Result<Letter, Unreadable>, Fault> {
    let reading = reading(desk, raw);
    let read = tokio::task::spawn_blocking(move || letters::read(&bytes, &reading));
    match tokio::time::timeout(LONGEST, read).await {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(broken)) => Err(Fault::of("read a mail without breaking", broken)),
        Err(_) => Err(Fault::new("read a mail within twenty seconds")),
    }
}

/// What the reader is told beside the bytes.
pub(in crate::mail_in) fn reading(desk: &Desk, raw: &RawMail) -> Reading {
    let settings = &desk.settings.mail_in;
    let host = desk.billing.site.base_url.host_str().unwrap_or("localhost");
    Reading {
        now: raw.received_at,
        own_hosts: vec![host.to_owned()],
        own_addresses: settings.addresses.clone(),
        authserv: settings.authserv.clone(),
        form_mailers: settings.form_mailers.clone(),
        envelope_from: raw.envelope_from.clone(),
        lists: settings.lists.clone(),
    }
}

/// Holds a mail back that could not be read.
pub(super) async fn held(desk: &Desk, raw: &RawMail, why: &str) -> Result<Filed, Stop> {
    let reason = match raw.extent {
        Extent::Whole => Reason::Unreadable,
        Extent::Headers => Reason::TooLarge,
    };
    let settled = Settled {
        reason: Some(reason),
        error: Some(why.chars().filter(|one| *one != '\0').take(500).collect()),
        ..Settled::bare(State::Quarantined)
    };
    let (id, now) = (raw.id, desk.billing.env.now());
    store::write!(desk.billing.store, |tx| {
        rows::settle(tx, id, &settled, now).await?;
        Ok(())
    })?;
    counted(reason.as_str());
    Ok(Filed::Quarantined(reason))
}

/// Counts what became of a mail.
pub(super) fn counted(outcome: &'static str) {
    metrics::counter!("paydesk_mails_in", "outcome" => outcome).increment(1);
}
