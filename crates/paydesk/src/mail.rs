//! The doors mail comes in by, while the program runs: mailboxes that are watched, and the one that
//! mail servers knock at.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use desk::mail_in::doors::{imap, lmtp};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::wire::{App, stopped};

/// The doors that are open.
pub struct Doors {
    /// Where mail servers knock, if they may.
    pub lmtp: Option<SocketAddr>,
    /// What stands at the doors.
    pub tasks: Vec<JoinHandle<()>>,
}

/// Opens the doors that are configured, until `stopping` says so.
///
/// # Errors
/// A sentence for the operator, if the address for mail servers cannot be listened at.
pub async fn open(app: &App, stopping: &watch::Receiver<bool>) -> Result<Doors> {
    let billing = &app.billing;
    let (store, env) = (&billing.store, &billing.env);
    let mail_in = Arc::new(app.desk.settings.mail_in.clone());
    let mut doors = Doors { lmtp: None, tasks: Vec::new() };
    if let Some(address) = mail_in.lmtp {
        let own = Arc::clone(&mail_in);
        let listening = lmtp::Listening::open(address, store.clone(), env.clone(), own)
            .await
            .with_context(|| format!("desk.mail.lmtp: listen on {address}"))?;
        doors.lmtp = Some(listening.address()?);
        let until = stopped(stopping);
        doors.tasks.push(tokio::spawn(async move { listening.run(until).await }));
    }
    for mailbox in &mail_in.mailboxes {
        let (own, mailbox) = (Arc::clone(&mail_in), mailbox.clone());
        let until = stopped(stopping);
        let watched = imap::watch(store.clone(), env.clone(), own, mailbox, until);
        doors.tasks.push(tokio::spawn(watched));
    }
    Ok(doors)
}
