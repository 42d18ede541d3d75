//! A deed: a postback comes in. Its locks are tried on the raw bytes, it is stored, then answered.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use base::time::SignedDuration;
use base::{Kind, Refusal, Stop};
use processor::{Notice, PostbackAnswer, RawNotice, Rejected, Verdict};
use store::{Tx, blobs, jobs};

use super::apply::{APPLY, Payload, apply};
use super::hear::Message;
use super::notice::{Filed, LARGEST_BODY, NoticeRow};
use super::{counted, proof, rows};
use crate::{Account, Billing};

/// There is no such processor account.
pub const ACCOUNT_NOT_FOUND: Refusal = Refusal::new(
    Kind::NotFound,
    "processor_account_not_found",
    "there is no processor account of that name",
);
/// The body is too large.
pub const BODY_TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "body_too_large", "the body of a postback has 64 KiB at most");

/// So many refused messages are kept per account and hour: enough to see what is wrong, too few
/// to fill a disk.
const REFUSED_PER_HOUR: i64 = 100;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const MOST_HEADERS: usize = 64;
/// Headers that open something; they are looked at and not kept.
const CREDENTIALS: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "x-api-key"];
const LONGEST_TEXT: usize = 2_048;
/// A sender waits at most so long for what is asked of the house about its message.
const ASKED_WITHIN: Duration = Duration::from_secs(5);

/// Takes a postback in: tries its locks, stores it, applies it if that goes at once, and says what
/// to answer. What cannot be stored is answered with "send it again".
///
/// # Errors
/// [`ACCOUNT_NOT_FOUND`] or [`BODY_TOO_LARGE`].
pub async fn receive(
    billing: &Billing,
    account_key: &str,
    raw: RawNotice,
) -> Result<(Verdict, PostbackAnswer), Stop> {
    let account = billing.accounts.get(account_key).ok_or(ACCOUNT_NOT_FOUND)?;
    if raw.body.len() > LARGEST_BODY {
        return Err(BODY_TOO_LARGE.into());
    }
    let read = read(account, &raw);
    let row = row(billing, account, &raw, &read);
    let verdict = match &read {
        Err(_) => refuse(billing, &row, &raw.body).await,
        Ok(reads) if proof::asks(billing, &account.key, reads) => {
            store_and_ask(billing, row, &raw.body).await
        }
        Ok(_) => take(billing, row, raw.body).await,
    };
    Ok((verdict, account.connector.answer(verdict)))
}

/// Reads a message. A connector that stumbles over it has refused it.
fn read(account: &Account, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| account.connector.read_postback(raw)));
    read.unwrap_or_else(|_| {
        tracing::error!(account = account.key, "a connector panicked over a message");
        Err(Rejected::Unreadable("the connector stumbled over it".to_owned()))
    })
}

/// Stores and hears a message in one transaction together with others; if that fails, stores it
/// for its job.
async fn take(billing: &Billing, row: NoticeRow, body: Vec<u8>) -> Verdict {
    let message = Message { row, locks: Vec::new(), body: Some(body) };
    let (row, body) = (message.row.clone(), message.body.clone().unwrap_or_default());
    match billing.inbox.take(billing, message).await {
        Ok(_) => Verdict::Stored,
        Err(fault) => {
            tracing::warn!(notice = %row.id, fault = fault.chain(), "a notice waits for its job");
            store_only(billing, &row, &body).await
        }
    }
}

/// Stores a message about which the house must be asked, and asks. It is heard at once if the
/// house answers at once, so that the customer's page shows it; the job is the fallback.
async fn store_and_ask(billing: &Billing, row: NoticeRow, body: &[u8]) -> Verdict {
    let verdict = store_only(billing, &row, body).await;
    if verdict == Verdict::Stored {
        let (billing, id) = (billing.clone(), row.id);
        let heard = tokio::spawn(async move {
            if let Err(stop) = apply(&billing, id).await {
                tracing::warn!(notice = %id, %stop, "a notice waits for its job");
            }
        });
        // Whoever sent it waits no longer than this; the asking goes on.
        let _ = tokio::time::timeout(ASKED_WITHIN, heard).await;
    }
    verdict
}

async fn store_only(billing: &Billing, row: &NoticeRow, body: &[u8]) -> Verdict {
    match store::write!(billing.store, |tx| store_raw(tx, billing, row, body).await) {
        Ok(()) => Verdict::Stored,
        Err(stop) => {
            tracing::error!(account = row.account, %stop, "a postback could not be stored");
            Verdict::Again
        }
    }
}

async fn refuse(billing: &Billing, row: &NoticeRow, body: &[u8]) -> Verdict {
    counted(Filed::Rejected, &row.account);
    match store_only(billing, row, body).await {
        Verdict::Again => Verdict::Again,
        Verdict::Stored | Verdict::Refused => Verdict::Refused,
    }
}

fn row(
    billing: &Billing,
    account: &Account,
    raw: &RawNotice,
    read: &Result<Vec<Notice>, Rejected>,
) -> NoticeRow {
    let headers = raw
        .headers
        .iter()
        .filter(|(name, _)| !CREDENTIALS.contains(&name.as_str()))
        .take(MOST_HEADERS)
        .map(|(name, value)| (short(name), short(value)))
        .collect();
    let (filed, reason, reads) = match read {
        Ok(notices) => (Filed::Waiting, None, notices.clone()),
        Err(rejected) => (Filed::Rejected, Some(rejected.code().to_owned()), Vec::new()),
    };
    let first = reads.first();
    NoticeRow {
        id: billing.env.id(),
        account: account.key.clone(),
        received_at: raw.received_at,
        method: raw.method.clone(),
        sender: raw.sender.to_string(),
        headers,
        query: raw.query.chars().take(4 * LONGEST_TEXT).collect(),
        body_hash: String::new(),
        filed,
        reason,
        kind: first.map(rows::kind_word),
        words: first.map(|notice| short(&notice.words)).unwrap_or_default(),
        payment: None,
        attempt: None,
        reads,
    }
}

pub(super) fn short(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

pub(super) async fn store_raw(
    tx: &mut Tx,
    billing: &Billing,
    row: &NoticeRow,
    body: &[u8],
) -> Result<(), Stop> {
    let now = billing.env.now();
    if row.filed == Filed::Rejected {
        let since = now.checked_sub(HOUR).unwrap_or(now);
        if rows::refused_since(tx, &row.account, since).await? >= REFUSED_PER_HOUR {
            return Ok(());
        }
    }
    let body_hash = blobs::put(tx, now, body).await?;
    rows::insert(tx, &[NoticeRow { body_hash, ..row.clone() }]).await?;
    if row.filed == Filed::Waiting {
        let payload = Payload { notice: row.id };
        jobs::enqueue(tx, &billing.env, APPLY, &payload, now).await?;
    }
    Ok(())
}
