//! What Stripe paid out: balance transactions, as the API lists them for a payout
//! (`GET /v1/balance_transactions?payout=po_…`) or as the payout reconciliation report has them
//! in CSV ("Payout reconciliation report" and "Reporting categories" at docs.stripe.com).

use base::{Money, Timestamp};
use processor::{LineKind, SettlementLine, Unreadable};
use serde::Deserialize;
use serde_json::Value;

use super::money;
use super::objects::{self, BalanceTransaction, List, REFERENCE};
use crate::wire::decimal;

/// The largest file that is read.
const SIZE: usize = 64 << 20;

/// Reads a file of either form.
pub(super) fn read(file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
    if file.len() > SIZE {
        return Err(Unreadable::new("more than 64 MiB"));
    }
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let first = file.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'{') { list(file) } else { report(file) }
}

fn list(file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
    let list: List<BalanceTransaction> = serde_json::from_slice(file)
        .map_err(|error| Unreadable::new(format!("it is no list of Stripe's: {error}")))?;
    if list.has_more {
        return Err(Unreadable::new("it is the first page of several: fetch them all"));
    }
    let line = |(nth, one): (usize, &BalanceTransaction)| {
        of_transaction(one).map_err(|why| Unreadable::new(format!("line {}: {why}", nth + 1)))
    };
    list.data.iter().enumerate().map(line).collect()
}

fn of_transaction(one: &BalanceTransaction) -> Result<SettlementLine, String> {
    let category = one.reporting_category.as_deref().unwrap_or_default();
    let fee = one.fee.ok_or("there is no fee")?;
    let text = |name: &str| one.source.get(name).and_then(Value::as_str).map(str::to_owned);
    let source = one.source.as_str().map(str::to_owned).or_else(|| text("id"));
    let metadata = one.source.get("metadata");
    Ok(SettlementLine {
        kind: kind(category)?,
        transaction: text("payment_intent").or(source),
        reference: metadata
            .and_then(|texts| texts.get(REFERENCE))
            .and_then(Value::as_str)
            .filter(|text| objects::is_reference(text))
            .map(str::to_owned),
        gross: money::read(one.amount, &one.currency)?,
        fee: money::read(fee, &one.currency)?,
        occurred_at: objects::time(one.created),
    })
}

/// The columns without which a file is no report.
const COLUMNS: [&str; 4] = ["reporting_category", "currency", "gross", "fee"];

/// One line of the report, by the names of its columns.
#[derive(Deserialize)]
struct Row {
    reporting_category: String,
    currency: String,
    gross: String,
    fee: String,
    #[serde(default)]
    created_utc: String,
    #[serde(default)]
    source_id: String,
    #[serde(default)]
    charge_id: String,
    #[serde(default)]
    payment_intent_id: String,
    #[serde(default, rename = "payment_metadata[paydesk_reference]")]
    reference: String,
}

fn report(file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
    let mut rows = csv::Reader::from_reader(file);
    let columns = rows.headers().map_err(|error| Unreadable::new(error.to_string()))?;
    let missing = COLUMNS.iter().find(|name| !columns.iter().any(|column| column == **name));
    if let Some(name) = missing {
        return Err(Unreadable::new(format!("there is no column {name}")));
    }
    let line = |(nth, row): (usize, Result<Row, csv::Error>)| {
        // The names of the columns are on the first line.
        let no = |why: String| Unreadable::new(format!("line {}: {why}", nth + 2));
        of_row(&row.map_err(|error| no(error.to_string()))?).map_err(no)
    };
    rows.deserialize().enumerate().map(line).collect()
}

fn of_row(row: &Row) -> Result<SettlementLine, String> {
    let ids = [&row.payment_intent_id, &row.charge_id, &row.source_id];
    let filled = |text: &&&String| !text.is_empty();
    Ok(SettlementLine {
        kind: kind(&row.reporting_category)?,
        transaction: ids.iter().find(filled).map(|id| (*id).clone()),
        reference: Some(row.reference.clone()).filter(|text| objects::is_reference(text)),
        gross: major(&row.gross, &row.currency)?,
        fee: major(&row.fee, &row.currency)?,
        occurred_at: utc(&row.created_utc),
    })
}

/// The report writes whole units with decimals, `-250.00`.
fn major(text: &str, currency: &str) -> Result<Money, String> {
    decimal::money(text.trim(), currency)
}

/// `2026-11-20 09:15:00`, in UTC.
fn utc(text: &str) -> Option<Timestamp> {
    let civil: jiff::civil::DateTime = text.trim().parse().ok()?;
    civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// Stripe's reporting categories. One that is not listed makes the file unreadable: a line that
/// was left out would be missed by nobody.
fn kind(category: &str) -> Result<LineKind, String> {
    Ok(match category {
        "charge" | "charge_failure" => LineKind::Sale,
        "refund" | "refund_failure" | "partial_capture_reversal" => LineKind::Refund,
        "dispute" | "dispute_reversal" => LineKind::Chargeback,
        "fee" | "network_cost" | "tax" | "other_adjustment" => LineKind::Fee,
        "risk_reserved_funds"
        | "payout_minimum_balance_hold"
        | "payout_minimum_balance_release"
        | "connect_reserved_funds" => LineKind::Reserve,
        "payout" | "payout_reversal" => LineKind::Payout,
        other => {
            let other: String = other.chars().take(40).collect();
            return Err(format!("the category {other:?} is not known"));
        }
    })
}
