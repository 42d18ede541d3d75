//! Every statement about webhook endpoints and deliveries.

use base::id::{EventId, WebhookDeliveryId, WebhookEndpointId};
use base::{Fault, Timestamp};
use store::{Page, Reads, Row, Tx, Value, Walk};

use super::endpoint::{Delivery, Endpoint};

fn endpoint(row: &Row) -> Result<Endpoint, Fault> {
    let reason = row.opt_text("disabled_reason")?;
    Ok(Endpoint {
        id: row.id("id")?,
        url: row.text("url")?,
        kinds: row.json("types")?,
        secret: row.text("secret")?,
        state: row.parsed("state")?,
        disabled_reason: reason.map(|word| word.parse()).transpose()?,
        failing_since: row.opt_time("failing_since")?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn delivery(row: &Row) -> Result<Delivery, Fault> {
    Ok(Delivery {
        id: row.id("id")?,
        endpoint: row.id("endpoint")?,
        event: row.id("event")?,
        kind: row.text("type")?,
        state: row.parsed("state")?,
        attempts: row.int("attempts")?,
        next_at: row.opt_time("next_at")?,
        last_status: row.opt_int("last_status")?,
        last_error: row.opt_text("last_error")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn types(endpoint: &Endpoint) -> Result<String, Fault> {
    serde_json::to_string(&endpoint.kinds)
        .map_err(|error| Fault::of("write the types of a webhook endpoint", error))
}

/// Keeps a new endpoint.
///
/// # Errors
/// A fault if the database fails.
pub async fn insert(tx: &mut Tx, endpoint: &Endpoint) -> Result<(), Fault> {
    let sql = "INSERT INTO webhook_endpoints (id, url, types, secret, state, disabled_reason, \
               failing_since, version, created_at, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let args = (
        endpoint.id,
        &endpoint.url,
        types(endpoint)?,
        &endpoint.secret,
        endpoint.state.as_str(),
        endpoint.disabled_reason.map(|reason| reason.as_str().to_owned()),
        endpoint.failing_since,
        endpoint.version,
        endpoint.created_at,
        endpoint.updated_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// Keeps an endpoint that has changed, as its next version.
///
/// # Errors
/// A fault if the database fails.
pub async fn update(tx: &mut Tx, endpoint: &Endpoint, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE webhook_endpoints SET url = $2, types = $3, state = $4, \
               disabled_reason = $5, failing_since = $6, version = version + 1, updated_at = $7 \
               WHERE id = $1";
    let args = (
        endpoint.id,
        &endpoint.url,
        types(endpoint)?,
        endpoint.state.as_str(),
        endpoint.disabled_reason.map(|reason| reason.as_str().to_owned()),
        endpoint.failing_since,
        now,
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// Forgets an endpoint with its deliveries; false if there is none.
///
/// # Errors
/// A fault if the database fails.
pub async fn delete(tx: &mut Tx, id: WebhookEndpointId) -> Result<bool, Fault> {
    Ok(tx.execute("DELETE FROM webhook_endpoints WHERE id = $1", (id,)).await? == 1)
}

/// The endpoint of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(
    reads: &mut impl Reads,
    id: WebhookEndpointId,
) -> Result<Option<Endpoint>, Fault> {
    let sql = "SELECT * FROM webhook_endpoints WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(endpoint).transpose()
}

/// How many endpoints there are.
///
/// # Errors
/// A fault if the database fails.
pub async fn count(reads: &mut impl Reads) -> Result<i64, Fault> {
    reads.fetch_one("SELECT COUNT(*) AS many FROM webhook_endpoints", ()).await?.int("many")
}

/// The endpoints that are told something.
///
/// # Errors
/// A fault if the database fails.
pub async fn enabled(reads: &mut impl Reads) -> Result<Vec<Endpoint>, Fault> {
    let sql = "SELECT * FROM webhook_endpoints WHERE state = 'enabled' ORDER BY id";
    reads.fetch_all(sql, ()).await?.iter().map(endpoint).collect()
}

/// A page of endpoints, the newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(reads: &mut impl Reads, page: &Page) -> Result<Vec<Endpoint>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(id) => {
            let sql = "SELECT * FROM webhook_endpoints WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (id, page.limit)).await?
        }
        Walk::Newer(id) => {
            let sql = "SELECT * FROM webhook_endpoints WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (id, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(endpoint).collect()
}

/// Keeps a new delivery; false if the event is on its way to the endpoint already.
///
/// # Errors
/// A fault if the database fails.
pub async fn insert_delivery(tx: &mut Tx, delivery: &Delivery) -> Result<bool, Fault> {
    let sql = "INSERT INTO webhook_deliveries (id, endpoint, event, type, state, attempts, \
               next_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
               ON CONFLICT DO NOTHING";
    let args = (
        delivery.id,
        delivery.endpoint,
        delivery.event,
        &delivery.kind,
        delivery.state.as_str(),
        delivery.attempts,
        delivery.next_at,
        delivery.created_at,
        delivery.updated_at,
    );
    Ok(tx.execute(sql, args).await? == 1)
}

/// Keeps a delivery that has changed.
///
/// # Errors
/// A fault if the database fails.
pub async fn update_delivery(tx: &mut Tx, delivery: &Delivery) -> Result<(), Fault> {
    let sql = "UPDATE webhook_deliveries SET state = $2, attempts = $3, next_at = $4, \
               last_status = $5, last_error = $6, updated_at = $7 WHERE id = $1";
    let args = (
        delivery.id,
        delivery.state.as_str(),
        delivery.attempts,
        delivery.next_at,
        delivery.last_status,
        delivery.last_error.clone(),
        delivery.updated_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// The delivery of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find_delivery(
    reads: &mut impl Reads,
    id: WebhookDeliveryId,
) -> Result<Option<Delivery>, Fault> {
    let sql = "SELECT * FROM webhook_deliveries WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(delivery).transpose()
}

/// Which deliveries a list shows. What is empty is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// To this endpoint.
    pub endpoint: Option<WebhookEndpointId>,
    /// Of this event.
    pub event: Option<EventId>,
    /// In this state.
    pub state: Option<super::DeliveryState>,
}

macro_rules! filtered {
    ($walk:literal) => {
        concat!(
            "SELECT * FROM webhook_deliveries WHERE id ",
            $walk,
            " $1 AND ($2 = '' OR endpoint = $2) AND ($3 = '' OR event = $3) AND \
             ($4 = '' OR state = $4) ORDER BY id "
        )
    };
}

/// A page of deliveries, the newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn deliveries(
    reads: &mut impl Reads,
    filter: &Filter,
    page: &Page,
) -> Result<Vec<Delivery>, Fault> {
    const OLDER: &str = concat!(filtered!("<"), "DESC LIMIT $5");
    const NEWER: &str = concat!(filtered!(">"), "LIMIT $5");
    let (sql, id) = match page.walk() {
        Walk::Older(id) => (OLDER, id),
        Walk::Newer(id) => (NEWER, id),
    };
    let args: Vec<Value> = vec![
        id.into(),
        filter.endpoint.map(|id| id.to_string()).unwrap_or_default().into(),
        filter.event.map(|id| id.to_string()).unwrap_or_default().into(),
        filter.state.map_or("", super::DeliveryState::as_str).into(),
        page.limit.into(),
    ];
    let mut rows = reads.fetch_all(sql, args).await?;
    page.turn(&mut rows);
    rows.iter().map(delivery).collect()
}

/// Forgets deliveries that ended before a time.
///
/// # Errors
/// A fault if the database fails.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    let sql = "DELETE FROM webhook_deliveries WHERE state <> 'waiting' AND updated_at < $1";
    tx.execute(sql, (before,)).await
}
