//! Watching the mailboxes: one task each, and of all nodes the one that holds the lease reads: when
//! the server says that something came, and once a minute whatever it says.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use base::{Env, Fault, SignedDuration};
use store::Store;
use store::jobs::lease;
use tokio::sync::Notify;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::idle;
use super::poll::poll;
use crate::mail_in::settings::{MailIn, Mailbox};

/// The topic that says "look into the mailboxes now".
pub const WAKE: &str = "mail_in.wake";
/// How often a mailbox is looked into when nobody says anything.
const EVERY: Duration = Duration::from_secs(60);
/// How long a node that went away keeps a mailbox.
const LEASE: SignedDuration = SignedDuration::from_mins(12);
/// A look that takes longer is given up; the next one goes on behind what was kept.
const LONGEST_LOOK: Duration = Duration::from_secs(600);

/// Looks into a mailbox once a minute, and whenever its server or somebody says so, until
/// `shutdown` is ready.
#[expect(clippy::integer_division_remainder_used, reason = "inside of tokio's select")]
pub async fn watch(
    store: Store,
    env: Env,
    mail_in: Arc<MailIn>,
    mailbox: Mailbox,
    shutdown: impl Future<Output = ()> + Send,
) {
    let mut shutdown = pin!(shutdown);
    let holder = base::id::base32(&env.chance.bytes::<10>());
    let name = format!("mail_in {}", mailbox.name);
    let mut bus = store.bus().listen();
    let news = Notify::new();
    let mut ear = pin!(idle::listen(&mailbox, &news));
    let mut failures = 0_u32;
    let mut ours = false;
    loop {
        let look = turn(&store, &env, &mail_in, &mailbox, (&name, &holder));
        let again = tokio::select! {
            () = &mut shutdown => break,
            looked = look => looked,
        };
        let wait = match again {
            Ok(left) => {
                failures = 0;
                ours = left.is_some();
                if left > Some(0) { Duration::ZERO } else { EVERY }
            }
            Err(fault) => {
                failures = failures.saturating_add(1);
                metrics::counter!("paydesk_mailbox_failures").increment(1);
                tracing::warn!(mailbox = mailbox.name, fault = fault.chain(), "no mail was read");
                EVERY.saturating_mul(failures.min(10))
            }
        };
        tokio::select! {
            () = &mut shutdown => break,
            () = woken(&mut bus) => {}
            () = news.notified() => {}
            // Only who reads listens. It never ends.
            () = &mut ear, if ours => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
    let released = store::write!(store, |tx| {
        lease::release(tx, &name, &holder).await?;
        Ok(())
    });
    if let Err(stop) = released {
        tracing::warn!(%stop, "the lease of a mailbox was not given back; it ends by itself");
    }
}

/// One turn: looks if the lease is ours; how many mails are left to be read, or none if it is not.
async fn turn(
    store: &Store,
    env: &Env,
    mail_in: &MailIn,
    mailbox: &Mailbox,
    (name, holder): (&str, &str),
) -> Result<Option<usize>, Fault> {
    let now = env.now();
    let until = now.saturating_add(LEASE).unwrap_or(now);
    let ours = store::write!(store, |tx| Ok(lease::take(tx, name, holder, now, until).await?));
    if !ours.map_err(|stop| Fault::of("take the lease of a mailbox", stop))? {
        return Ok(None);
    }
    let look = poll(store, env, mail_in, mailbox);
    let looked = tokio::time::timeout(LONGEST_LOOK, look).await;
    let polled = looked.map_err(|_| Fault::new("read a mailbox within ten minutes"))??;
    if polled.kept > 0 {
        tracing::info!(mailbox = mailbox.name, kept = polled.kept, "mail came in");
    }
    Ok(Some(polled.left))
}

/// Waits until somebody says to look, or until it is not known whether somebody did.
async fn woken(bus: &mut Receiver<&'static str>) {
    loop {
        match bus.recv().await {
            Ok(topic) if topic != WAKE => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
