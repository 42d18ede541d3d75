//! Hearing of new mail at once: a second line to the mailbox on which the server speaks first
//! (IDLE, RFC 2177). It carries no mail; it only says when to look. Where it is silent or breaks,
//! the look once a minute finds everything all the same.

use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::connect::{self, PATIENCE};
use crate::mail_in::settings::Mailbox;

/// Servers hang up on whoever idles for half an hour: before that we begin anew.
const ANEW: Duration = Duration::from_secs(25 * 60);
/// How long we wait before a line that broke is opened again; longer each time.
const AGAIN: Duration = Duration::from_secs(30);
/// No longer than this.
const MOST_WAITS: u32 = 20;

/// Why there is nothing more to hear.
struct Deaf;

/// Listens for good, and says when something may be new.
pub(super) async fn listen(mailbox: &Mailbox, news: &Notify) {
    let mut failures = 0_u32;
    loop {
        match hear(mailbox, news, &mut failures).await {
            Ok(Deaf) => return std::future::pending().await,
            Err(why) => tracing::debug!(mailbox = mailbox.name, why, "the line broke"),
        }
        failures = failures.saturating_add(1).min(MOST_WAITS);
        sleep(AGAIN.saturating_mul(failures)).await;
    }
}

/// Listens until the line breaks.
async fn hear(mailbox: &Mailbox, news: &Notify, failures: &mut u32) -> Result<Deaf, String> {
    let mut session = connect::open(mailbox).await?.session;
    let able = timeout(PATIENCE, session.capabilities()).await.map_err(|_| SILENT)?;
    let able = able.map_err(|error| format!("ask what it can: {error}"))?;
    if !able.has_str("IDLE") {
        let _ = timeout(PATIENCE, session.logout()).await;
        return Ok(Deaf);
    }
    loop {
        let mut idle = session.idle();
        let begun = timeout(PATIENCE, idle.init()).await.map_err(|_| SILENT)?;
        begun.map_err(|error| format!("begin to listen: {error}"))?;
        *failures = 0;
        // What came while nobody listened.
        news.notify_one();
        let (heard, stop) = idle.wait_with_timeout(ANEW);
        let heard = heard.await.map_err(|error| format!("listen: {error}"))?;
        drop(stop);
        tracing::debug!(mailbox = mailbox.name, ?heard, "the mailbox spoke");
        let ended = timeout(PATIENCE, idle.done()).await.map_err(|_| SILENT)?;
        session = ended.map_err(|error| format!("end listening: {error}"))?;
    }
}

const SILENT: &str = "the server fell silent";
