//! What must be asked of the house before a message is heard: whether it is its own, and whether
//! it says the same when asked.

use base::{Stop, Timestamp};
use processor::{Notice, RawNotice, Unproven};

use super::notice::{Filed, NoticeRow};
use super::outcome::Outcome;
use super::sitting::Lock;
use super::{rows, second_lock};
use crate::Billing;

/// Whether somebody must be asked before such a message is heard.
pub(super) fn asks(billing: &Billing, account: &str, reads: &[Notice]) -> bool {
    let Some(account) = billing.accounts.get(account) else { return true };
    let can = account.connector.capabilities();
    can.proves_by_asking || reads.iter().any(|notice| second_lock::asks(&can, notice))
}

/// What the locks of a stored message say, or how it is filed as a whole.
pub(super) async fn locks(
    billing: &Billing,
    row: &NoticeRow,
) -> Result<Result<Vec<Lock>, Outcome>, Stop> {
    if let Err(outcome) = proven(billing, row).await? {
        return Ok(Err(outcome));
    }
    let mut locks = Vec::with_capacity(row.reads.len());
    for notice in &row.reads {
        locks.push(second_lock::open(billing, &row.account, notice).await);
    }
    Ok(Ok(locks))
}

/// Asks the house whether a message is its own, once; its yes is kept.
async fn proven(billing: &Billing, row: &NoticeRow) -> Result<Result<(), Outcome>, Stop> {
    let Some(account) = billing.accounts.get(&row.account) else {
        let why = "its processor account is not configured now";
        return Ok(Err(Outcome::of(Filed::Unmatched, why)));
    };
    // A report was fetched by us or handed in by the operator.
    let asks = account.connector.capabilities().proves_by_asking && !row.is_report();
    if !asks || rows::is_proven(&mut billing.store.read().await?, row.id).await? {
        return Ok(Ok(()));
    }
    let body = rows::raw_body(&mut billing.store.read().await?, row).await?;
    let raw = RawNotice {
        method: row.method.clone(),
        path_secret: account.path_secret.clone(),
        query: row.query.clone(),
        headers: row.headers.clone(),
        body,
        sender: row.sender.parse().unwrap_or(std::net::Ipv4Addr::UNSPECIFIED.into()),
        received_at: row.received_at,
    };
    match account.connector.prove(&raw).await {
        Ok(()) => {
            let now: Timestamp = billing.env.now();
            store::write!(billing.store, |tx| Ok(rows::mark_proven(tx, row.id, now).await?))?;
            Ok(Ok(()))
        }
        Err(Unproven::Rejected(rejected)) => Ok(Err(Outcome::of(Filed::Rejected, rejected.code()))),
        Err(Unproven::Unknown(why)) => {
            let why = format!("the house could not be asked whether it is its own: {why}");
            Ok(Err(Outcome::of(Filed::Waiting, why)))
        }
    }
}
