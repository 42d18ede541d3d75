//! Every SQL statement about routes, and the few columns of others that a choice looks at.

use std::collections::BTreeMap;

use base::id::{AttemptId, CustomerId, PaymentId};
use base::{Currency, Fault, Timestamp};
use store::{Reads, Row, Tx};

use super::rule::RouteSet;
use super::switch::Switch;
use super::trace::Trace;
use crate::payments::AttemptState;
use crate::rows::json;

/// A set that is kept, without its rules.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its version.
    pub version: i64,
    /// Why it is as it is.
    pub note: String,
    /// Who wrote it.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

/// A version that became live.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which.
    pub version: i64,
    /// Who made it so.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

/// The version that is live; 0 if nobody has ever written one.
pub(super) async fn live_version(reads: &mut impl Reads) -> Result<i64, Fault> {
    let sql = "SELECT version FROM route_changes ORDER BY nth DESC LIMIT 1";
    reads.fetch_optional(sql, ()).await?.map_or(Ok(0), |row| row.int("version"))
}

pub(super) async fn body(reads: &mut impl Reads, version: i64) -> Result<Option<RouteSet>, Fault> {
    let sql = "SELECT body FROM route_sets WHERE version = $1";
    reads.fetch_optional(sql, (version,)).await?.map(|row| row.json("body")).transpose()
}

pub(super) async fn next_version(reads: &mut impl Reads) -> Result<i64, Fault> {
    let sql = "SELECT COALESCE(MAX(version), 0) + 1 AS next FROM route_sets";
    reads.fetch_one(sql, ()).await?.int("next")
}

pub(super) async fn insert_set(
    tx: &mut Tx,
    version: i64,
    set: &RouteSet,
    made_by: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO route_sets (version, body, note, made_by, created_at) \
               VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, (version, json(set)?, &set.note, made_by, now)).await?;
    Ok(())
}

pub(super) async fn insert_change(
    tx: &mut Tx,
    version: i64,
    made_by: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO route_changes (nth, version, made_by, created_at) \
               SELECT COALESCE(MAX(nth), 0) + 1, $1, $2, $3 FROM route_changes";
    tx.execute(sql, (version, made_by, now)).await?;
    Ok(())
}

/// Every set that is kept, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn kept(reads: &mut impl Reads) -> Result<Vec<Kept>, Fault> {
    let sql = "SELECT version, note, made_by, created_at FROM route_sets \
               ORDER BY version DESC LIMIT 100";
    let kept = |row: &Row| {
        Ok(Kept {
            version: row.int("version")?,
            note: row.text("note")?,
            made_by: row.text("made_by")?,
            created_at: row.time("created_at")?,
        })
    };
    reads.fetch_all(sql, ()).await?.iter().map(kept).collect()
}

/// What became live when, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn changes(reads: &mut impl Reads) -> Result<Vec<Change>, Fault> {
    let sql = "SELECT version, made_by, created_at FROM route_changes \
               ORDER BY nth DESC LIMIT 20";
    let change = |row: &Row| {
        Ok(Change {
            version: row.int("version")?,
            made_by: row.text("made_by")?,
            created_at: row.time("created_at")?,
        })
    };
    reads.fetch_all(sql, ()).await?.iter().map(change).collect()
}

fn switch(row: &Row) -> Result<Switch, Fault> {
    let status = row.opt_text("status")?.map(|word| word.parse()).transpose();
    Ok(Switch {
        account: row.text("account")?,
        status: status.map_err(|error| Fault::of("read column status", error))?,
        why: row.text("why")?,
        made_by: row.text("made_by")?,
        created_at: row.time("created_at")?,
    })
}

/// The last switch of each account that was ever switched.
pub(super) async fn switches(reads: &mut impl Reads) -> Result<Vec<Switch>, Fault> {
    let sql = "SELECT account, status, why, made_by, created_at FROM account_switches \
               WHERE nth IN (SELECT MAX(nth) FROM account_switches GROUP BY account)";
    reads.fetch_all(sql, ()).await?.iter().map(switch).collect()
}

pub(super) async fn insert_switch(tx: &mut Tx, switch: &Switch) -> Result<(), Fault> {
    let sql = "INSERT INTO account_switches (nth, account, status, why, made_by, created_at) \
               SELECT COALESCE(MAX(nth), 0) + 1, $1, $2, $3, $4, $5 FROM account_switches";
    let status = switch.status.map(|status| status.as_str().to_owned());
    let args = (&switch.account, status, &switch.why, &switch.made_by, switch.created_at);
    tx.execute(sql, args).await?;
    Ok(())
}

/// Keeps why an attempt goes where it goes.
pub(crate) async fn insert_trace(
    tx: &mut Tx,
    attempt: AttemptId,
    payment: PaymentId,
    trace: &Trace,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO attempt_routes (attempt, payment, version, rule, body, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let args = (attempt, payment, trace.version, trace.rule.clone(), json(trace)?, now);
    tx.execute(sql, args).await?;
    Ok(())
}

/// Why an attempt went where it went; nothing for attempts from before there were traces.
///
/// # Errors
/// A fault if the database fails.
pub async fn trace_of(reads: &mut impl Reads, id: AttemptId) -> Result<Option<Trace>, Fault> {
    let sql = "SELECT body FROM attempt_routes WHERE attempt = $1";
    reads.fetch_optional(sql, (id,)).await?.map(|row| row.json("body")).transpose()
}

/// Why each attempt of a payment went where it went, first to last.
///
/// # Errors
/// A fault if the database fails.
pub async fn traces_of(
    reads: &mut impl Reads,
    payment: PaymentId,
) -> Result<Vec<(AttemptId, Trace)>, Fault> {
    let sql = "SELECT attempt, body FROM attempt_routes WHERE payment = $1 ORDER BY attempt";
    let rows = reads.fetch_all(sql, (payment,)).await?;
    rows.iter().map(|row| Ok((row.id("attempt")?, row.json("body")?))).collect()
}

/// What is known of a customer. The table is identity's; it is only read here.
pub(super) struct Known {
    pub(super) country: Option<String>,
    pub(super) language: String,
    pub(super) created_at: Timestamp,
    pub(super) purchases: i64,
}

pub(super) async fn customer(
    reads: &mut impl Reads,
    id: CustomerId,
) -> Result<Option<Known>, Fault> {
    let sql = "SELECT country, language, created_at, \
               (SELECT COUNT(*) FROM lots WHERE lots.customer = customers.id) AS purchases \
               FROM customers WHERE id = $1";
    let known = |row: Row| {
        Ok(Known {
            country: row.opt_text("country")?,
            language: row.text("language")?,
            created_at: row.time("created_at")?,
            purchases: row.int("purchases")?,
        })
    };
    reads.fetch_optional(sql, (id,)).await?.map(known).transpose()
}

/// What accounts have taken or begun since the beginning of the month, and of that today.
pub(super) async fn volumes(
    reads: &mut impl Reads,
    accounts: Vec<String>,
    currency: Currency,
    month: Timestamp,
    day: Timestamp,
) -> Result<BTreeMap<String, (i64, i64)>, Fault> {
    let sql = "SELECT account, CAST(SUM(taken) AS BIGINT) AS month, \
               CAST(SUM(CASE WHEN created_at >= $4 THEN taken ELSE 0 END) AS BIGINT) AS today \
               FROM (SELECT account, created_at, \
                 CASE WHEN captured > 0 THEN captured ELSE amount END AS taken FROM attempts \
                 WHERE account IN texts($1) AND currency = $2 AND created_at >= $3 AND \
                 (captured > 0 OR state IN ('created', 'sent', 'action_required', 'pending', \
                 'unknown', 'authorized'))) AS counted GROUP BY account";
    let rows = reads.fetch_all(sql, (accounts, currency, month, day)).await?;
    rows.iter()
        .map(|row| Ok((row.text("account")?, (row.int("today")?, row.int("month")?))))
        .collect()
}

/// How many attempts of an account stand in each state, of those made since.
pub(super) async fn states_since(
    reads: &mut impl Reads,
    account: &str,
    since: Timestamp,
) -> Result<Vec<(AttemptState, i64)>, Fault> {
    let sql = "SELECT state, COUNT(*) AS many FROM attempts \
               WHERE account = $1 AND created_at >= $2 GROUP BY state ORDER BY state";
    let rows = reads.fetch_all(sql, (account, since)).await?;
    rows.iter().map(|row| Ok((row.parsed("state")?, row.int("many")?))).collect()
}

/// When the newest notice of an account that was filed in this way came in.
pub(super) async fn last_filed(
    reads: &mut impl Reads,
    account: &str,
    filed: crate::notices::Filed,
) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT MAX(received_at) AS last FROM notices WHERE account = $1 AND filed = $2";
    reads.fetch_one(sql, (account, filed)).await?.opt_time("last")
}
