//! A job: every minute each account is looked at, and its incident begins, goes on or ends.

use async_trait::async_trait;
use base::{Fault, Language, SignedDuration, Stop, Timestamp};
use billing::routing;
use serde_json::json;
use store::Tx;
use store::jobs::{Job, Next, Work};

use super::incident::Incident;
use super::judge::judge;
use super::rows;
use crate::Desk;
use crate::cases::{
    self, Author, Case, NewCase, NewMessage, Origin, Priority, Ref, RefKind, Side, Team,
};
use crate::people::Audience;
use crate::watch;

/// The kind of job.
pub const KIND: &str = "incidents.look";
/// How often it runs.
pub const EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The attempts of so long are looked at.
const LATELY: SignedDuration = SignedDuration::from_mins(15);

/// Looks at every account.
pub struct Observe(Desk);

impl Observe {
    /// Looks for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> Observe {
        Observe(desk)
    }

    /// Looks at every account once.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn round(&self) -> Result<(), Fault> {
        let billing = &self.0.billing;
        let now = billing.env.now();
        let since = now.checked_sub(LATELY).unwrap_or(now);
        let mut reader = billing.store.read().await?;
        let mut seen = Vec::new();
        for account in billing.accounts.all() {
            let lately = routing::lately(&mut reader, &account.key, since).await?;
            let pulse = billing.routes.health.pulse(&account.key);
            seen.push((account.key.clone(), judge(&pulse, &lately)));
        }
        drop(reader);
        self.take_in(&seen).await
    }

    /// Takes in how the accounts do; those that have an incident and are not among them are well.
    pub(super) async fn take_in(&self, seen: &[(String, Option<String>)]) -> Result<(), Fault> {
        let now = self.0.billing.env.now();
        let open = rows::open(&mut self.0.billing.store.read().await?).await?;
        let is_there = |key: &str| seen.iter().any(|(known, _)| known == key);
        for incident in open.iter().filter(|one| !is_there(&one.account)) {
            self.look(&incident.account, None, now).await?;
        }
        for (account, why) in seen {
            let known = open.iter().any(|one| one.account == *account);
            if why.is_some() || known {
                self.look(account, why.as_deref(), now).await?;
            }
        }
        Ok(())
    }

    async fn look(&self, account: &str, why: Option<&str>, now: Timestamp) -> Result<(), Fault> {
        let desk = &self.0;
        let looked =
            store::write!(desk.billing.store, |tx| look(tx, desk, account, why, now).await);
        self.0.banners.forget();
        looked.map_err(|stop: Stop| Fault::of(format!("look how {account} does"), stop))
    }
}

async fn look(
    tx: &mut Tx,
    desk: &Desk,
    account: &str,
    why: Option<&str>,
    now: Timestamp,
) -> Result<(), Stop> {
    match (why, rows::open_of(tx, account).await?) {
        (Some(why), None) => begin(tx, desk, account, why, now).await,
        (Some(_), Some(open)) => Ok(rows::seen_bad(tx, open.id, now).await?),
        (None, Some(open)) => {
            let calm = now.duration_since(open.bad_at) >= desk.settings.watch.calm_after;
            if calm { end(tx, desk, &open, now).await } else { Ok(()) }
        }
        (None, None) => Ok(()),
    }
}

async fn begin(
    tx: &mut Tx,
    desk: &Desk,
    account: &str,
    why: &str,
    now: Timestamp,
) -> Result<(), Stop> {
    let id = desk.billing.env.id();
    let case = open_case(tx, desk, account, why, id).await?;
    let incident = Incident {
        id,
        account: account.to_owned(),
        why: why.to_owned(),
        case: case.id,
        began_at: now,
        bad_at: now,
        ended_at: None,
    };
    rows::insert(tx, &incident).await?;
    metrics::counter!("paydesk_incidents_total", "account" => account.to_owned()).increment(1);
    tracing::warn!(account, why, "an incident began");
    Ok(())
}

async fn open_case(
    tx: &mut Tx,
    desk: &Desk,
    account: &str,
    why: &str,
    id: base::id::IncidentId,
) -> Result<Case, Stop> {
    let text = format!(
        "The processor account {account} does not answer as it should: {why}.\n\n\
         Pages of the help centre say so by themselves. Link the cases of customers who ask to \
         this one. It is solved by itself when the account has done well for {} minutes.",
        desk.settings.watch.calm_after.as_mins()
    );
    let asker = watch::house(tx, desk).await?;
    let new = NewCase {
        subject: format!("Payments through {account} fail"),
        audience: Audience::Customer,
        side: Side::Unknown,
        topic: None,
        team: Team::Support,
        priority: Priority::Urgent,
        origin: Origin::Billing,
        language: Language::En,
        requester: asker.id,
        tags: vec!["incident".to_owned()],
        refs: vec![Ref::subject(RefKind::Incident, id), Ref::subject(RefKind::Account, account)],
        first: NewMessage::note(Author::Billing, Language::En, text),
    };
    cases::open(tx, &desk.billing.env, new).await
}

async fn end(tx: &mut Tx, desk: &Desk, open: &Incident, now: Timestamp) -> Result<(), Stop> {
    rows::end(tx, open.id, now).await?;
    tracing::info!(account = open.account, "an incident is over");
    let body = json!({ "told": "incident_over", "incident": open.id, "account": open.account });
    watch::settle(tx, desk, open.case, body).await
}

#[async_trait]
impl Work for Observe {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        self.round().await?;
        Ok(Next::Finished)
    }
}
