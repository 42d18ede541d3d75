//! Catching up on what no message told: PayPal's transaction search, as if each row had come as
//! a message.
//!
//! Follows Transaction Search v1 (paypal/paypal-rest-api-specifications,
//! `reporting_transactions_v1.json`): spans of at most 31 days, pages of at most 500 rows, and
//! up to three hours until a payment shows.

use base::{Money, SignedDuration, Timestamp};
use processor::{Answer, Call, Notice, NoticeKind, Unreadable};
use serde::Deserialize;

use super::account::Account;
use super::wire::{self, Amount};
use super::{dispute, problem};

/// The longest span of one question.
const SPAN: SignedDuration = SignedDuration::from_hours(31 * 24);

/// How far back PayPal remembers, and the most pages of one span.
const MEMORY: SignedDuration = SignedDuration::from_hours(3 * 365 * 24);
const PAGES: u32 = 200;

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    total_pages: u32,
    transaction_details: Vec<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    transaction_info: Row,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    transaction_id: String,
    paypal_reference_id: Option<String>,
    paypal_reference_id_type: Option<String>,
    transaction_event_code: String,
    transaction_status: String,
    transaction_amount: Option<Amount>,
    transaction_updated_date: Option<String>,
    custom_field: Option<String>,
}

/// Fetches every page of a span.
pub(super) async fn pull(
    account: &Account,
    from: Timestamp,
    to: Timestamp,
) -> Answer<Vec<Vec<u8>>> {
    if from >= to || to.duration_since(from) > MEMORY {
        let why = "PayPal is asked for a span of up to three years, the earlier time first";
        return Answer::NotExecuted(why.to_owned());
    }
    let mut pages = Vec::new();
    let mut begin = from;
    while begin < to {
        let end = begin.checked_add(SPAN).map_or(to, |end| end.min(to));
        let mut number = 1;
        loop {
            let (body, total) = match page(account, begin, end, number).await {
                Ok(page) => page,
                Err(answer) => return answer,
            };
            pages.push(body);
            if number >= total {
                break;
            }
            number += 1;
            if number > PAGES {
                let why = "more than 200 pages in 31 days: ask for a shorter span";
                return Answer::NotExecuted(why.to_owned());
            }
        }
        begin = end;
    }
    Answer::Done(pages)
}

async fn page(
    account: &Account,
    from: Timestamp,
    to: Timestamp,
    number: u32,
) -> Result<(Vec<u8>, u32), Answer<Vec<Vec<u8>>>> {
    let seconds = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (from, to, number) = (seconds(from), seconds(to), number.to_string());
    let query = [
        ("start_date", from.as_str()),
        ("end_date", to.as_str()),
        ("fields", "transaction_info"),
        ("balance_affecting_records_only", "Y"),
        ("page_size", "500"),
        ("page", number.as_str()),
    ];
    let call = Call::get(account.at(&["v1", "reporting", "transactions"])).query(&query);
    let reply = problem::place(account.send(call).await)?;
    let page: Page = reply.json().map_err(Answer::Unknown)?;
    Ok((reply.body, page.total_pages))
}

/// Reads one page.
pub(super) fn read(file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
    let page: Page = serde_json::from_slice(file)
        .map_err(|_| Unreadable::new("not a page of PayPal's transaction search"))?;
    let rows = page.transaction_details.iter().enumerate();
    let read = rows.filter_map(|(nth, detail)| {
        let told = told(&detail.transaction_info);
        told.map_err(|why| Unreadable::new(format!("row {}: {why}", nth + 1))).transpose()
    });
    read.collect()
}

/// What a row tells, under the key under which the message about it would have come. Rows that
/// are about no payment of ours tell nothing.
fn told(row: &Row) -> Result<Option<Notice>, String> {
    let Some(id) = wire::id(&row.transaction_id) else { return Ok(None) };
    let reference = wire::reference(row.custom_field.as_deref());
    let amount = row.transaction_amount.as_ref().ok_or("there is no amount")?.money()?;
    let parent = (row.paypal_reference_id_type.as_deref() == Some("TXN"))
        .then_some(row.paypal_reference_id.as_deref())
        .flatten()
        .and_then(wire::id);
    let (kind, dedupe) =
        match (row.transaction_event_code.as_str(), row.transaction_status.as_str()) {
            (code, "S") if code.starts_with("T00") && amount.minor > 0 && reference.is_some() => {
                (NoticeKind::Paid, format!("capture:{id}:completed"))
            }
            ("T1107", "S") if parent.is_some() && amount.minor < 0 => {
                (NoticeKind::Refunded, format!("refund:{id}:completed"))
            }
            ("T1106" | "T1201", "S") if amount.minor < 0 => match parent {
                Some(parent) => {
                    let key = dispute::taken_back(parent, Some(positive(amount)?));
                    (NoticeKind::ChargedBack, key)
                }
                None => return Ok(None),
            },
            ("T1202", "S") if parent.is_some() && amount.minor > 0 => {
                (NoticeKind::ChargebackReversed, format!("given back:{id}"))
            }
            _ => return Ok(None),
        };
    Ok(Some(Notice {
        transaction: Some(id.to_owned()),
        parent: parent.map(str::to_owned),
        reference,
        amount: Some(positive(amount)?),
        occurred_at: when(row.transaction_updated_date.as_deref()),
        words: format!("report {}", row.transaction_event_code.to_ascii_lowercase()),
        ..Notice::new(kind, dedupe)
    }))
}

fn positive(amount: Money) -> Result<Money, String> {
    if amount.minor < 0 { amount.negated().map_err(|error| error.to_string()) } else { Ok(amount) }
}

/// A time with an offset that may lack its colon, `2026-11-21T15:04:05+0000`.
fn when(text: Option<&str>) -> Option<Timestamp> {
    wire::time(text).or_else(|| {
        jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%z", text?).ok()?.to_timestamp().ok()
    })
}
