//! One look into a mailbox: whatever is new is kept, mail by mail, each with the cursor behind it.

use base::{Env, Fault, Stop};
use store::Store;
use tokio::time::timeout;

use super::connect::{self, Folder, PATIENCE};
use super::read::{Part, Sized};
use crate::mail_in::keep::{Arrived, Kept, keep};
use crate::mail_in::raw::Extent;
use crate::mail_in::rows::cursors::{self, Cursor};
use crate::mail_in::settings::{MailIn, Mailbox};

/// Mails whose sizes are asked for at once.
const BATCH: usize = 50;
/// Mails that are read in one look. The next look goes on.
const MOST: usize = 2_000;

/// What one look brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// Mails that are new to us.
    pub kept: usize,
    /// Mails that are still there to be read.
    pub left: usize,
}

/// Why a look ended early.
#[derive(Debug)]
pub(super) enum Broken {
    /// The server, the line or the configuration; a sentence for the operator.
    Server(String),
    /// Ours.
    Ours(Fault),
}

impl From<String> for Broken {
    fn from(why: String) -> Broken {
        Broken::Server(why)
    }
}

/// Looks into a mailbox, and writes down if that failed.
///
/// # Errors
/// A fault of ours, or a sentence about the server as a fault. What was kept stays kept.
pub async fn poll(
    store: &Store,
    env: &Env,
    mail_in: &MailIn,
    mailbox: &Mailbox,
) -> Result<Polled, Fault> {
    let looked = look(store, env, mail_in, mailbox).await;
    let (name, now) = (mailbox.name.as_str(), env.now());
    let why = match &looked {
        Ok(_) => None,
        Err(Broken::Server(why)) => Some(why.clone()),
        Err(Broken::Ours(fault)) => Some(fault.to_string()),
    };
    let noted = store::write!(store, |tx| {
        cursors::looked(tx, name, now, why.as_deref()).await?;
        Ok(())
    });
    noted.map_err(|stop| Fault::of("note a look into a mailbox", stop))?;
    looked.map_err(|broken| match broken {
        Broken::Server(why) => Fault::new(format!("read the mailbox {name}: {why}")),
        Broken::Ours(fault) => fault,
    })
}

async fn look(
    store: &Store,
    env: &Env,
    mail_in: &MailIn,
    mailbox: &Mailbox,
) -> Result<Polled, Broken> {
    let mut folder = connect::open(mailbox).await?;
    let cursor = {
        let mut reader = store.read().await.map_err(Broken::Ours)?;
        cursors::find(&mut reader, &mailbox.name).await.map_err(Broken::Ours)?
    };
    let mut new = match cursor {
        Some(cursor) if cursor.validity == folder.validity => {
            folder.behind(cursor.last_uid).await?
        }
        // The folder was numbered anew: what came lately is read again, and known by its bytes.
        Some(_) => folder.recent(env.now()).await?,
        None => folder.behind(0).await?,
    };
    let left = new.len().saturating_sub(MOST);
    new.truncate(MOST);
    let mut polled = Polled { kept: 0, left };
    for batch in new.chunks(BATCH) {
        let sizes = folder.sizes(batch).await?;
        for one in &sizes {
            let read = Reading { store, env, mail_in, mailbox };
            polled.kept += usize::from(read.one(&mut folder, *one).await?);
        }
        let read: Vec<u32> = sizes.iter().map(|one| one.uid).collect();
        if let Err(why) = folder.mark(&read).await {
            tracing::debug!(why, "mails were read and not marked");
        }
    }
    let _ = timeout(PATIENCE, folder.session.logout()).await;
    Ok(polled)
}

/// What reading one mail needs.
struct Reading<'a> {
    store: &'a Store,
    env: &'a Env,
    mail_in: &'a MailIn,
    mailbox: &'a Mailbox,
}

impl Reading<'_> {
    /// Keeps one mail and moves the cursor behind it; whether it is new to us.
    async fn one(&self, folder: &mut Folder, one: Sized) -> Result<bool, Broken> {
        let whole = one.size <= self.mail_in.largest;
        let part = if whole { Part::Whole } else { Part::Headers };
        let Some(bytes) = folder.mail(one.uid, part).await? else { return Ok(false) };
        let door = format!("imap:{}", self.mailbox.name);
        let readers: Vec<String> = self.mailbox.address.iter().cloned().collect();
        let arrived = Arrived {
            extent: if whole { Extent::Whole } else { Extent::Headers },
            size: one.size,
            envelope_to: &readers,
            ..Arrived::whole(&door, &bytes)
        };
        let cursor = Cursor { validity: folder.validity, last_uid: i64::from(one.uid) };
        let (env, now, name) = (self.env, self.env.now(), self.mailbox.name.as_str());
        let kept: Result<Kept, Stop> = store::write!(self.store, |tx| {
            let kept = keep(tx, env, &arrived).await?;
            cursors::moved(tx, name, cursor, now).await?;
            Ok(kept)
        });
        match kept {
            Ok(kept) => Ok(matches!(kept, Kept::New(_))),
            Err(Stop::Refused(refusal)) => Err(Broken::Server(refusal.to_string())),
            Err(Stop::Fault(fault)) => Err(Broken::Ours(fault)),
        }
    }
}
