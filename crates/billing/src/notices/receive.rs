//! A deed: a postback comes in. Its locks are tried on the raw bytes, it is stored, then answered.

use base::time::SignedDuration;
use base::{Kind, Refusal, Stop};
use processor::{Notice, PostbackAnswer, RawNotice, Rejected, Verdict};
use store::{Tx, blobs, jobs};

use super::apply::{APPLY, Payload};
use super::notice::{Filed, LARGEST_BODY, NoticeRow};
use super::{apply, rows};
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
    let read = account.connector.read_postback(&raw);
    let row = row(billing, account, &raw, &read);
    let stored = store::write!(billing.store, |tx| store_raw(tx, billing, &row, &raw.body).await);
    let verdict = match (&stored, &read) {
        (Err(stop), _) => {
            tracing::error!(account = account_key, %stop, "a postback could not be stored");
            Verdict::Again
        }
        (Ok(()), Ok(_)) => Verdict::Stored,
        (Ok(()), Err(_)) => Verdict::Refused,
    };
    match verdict {
        Verdict::Stored => {
            // Best effort, so that the customer's page shows it at once; the job is the fallback.
            if let Err(stop) = apply::apply(billing, row.id).await {
                tracing::warn!(notice = %row.id, %stop, "a notice waits for its job");
            }
        }
        Verdict::Refused => {
            let account = account_key.to_owned();
            metrics::counter!("paydesk_notices_total", "filed" => "rejected", "account" => account)
                .increment(1);
        }
        Verdict::Again => {}
    }
    Ok((verdict, account.connector.answer(verdict)))
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

fn short(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

async fn store_raw(
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
    rows::insert(tx, &NoticeRow { body_hash, ..row.clone() }).await?;
    if row.filed == Filed::Waiting {
        let payload = Payload { notice: row.id };
        jobs::enqueue(tx, &billing.env, APPLY, &payload, now).await?;
    }
    Ok(())
}
