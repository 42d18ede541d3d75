//! Lists of payments for the console and the API: exact filters, newest first, no offsets.

use base::id::CustomerId;
use base::{Fault, Timestamp};
use store::{Page, Reads, Value, Walk};

use super::payment::{Payment, PaymentState};
use super::rows;

/// Which payments a list shows. What is empty is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// In this state.
    pub state: Option<PaymentState>,
    /// With an attempt on this processor account.
    pub account: Option<String>,
    /// Only those somebody must look at.
    pub needs_attention: bool,
    /// Made at this time or later.
    pub from: Option<Timestamp>,
    /// Made before this time.
    pub to: Option<Timestamp>,
}

macro_rules! filtered {
    ($walk:literal) => {
        concat!(
            "SELECT * FROM payments WHERE id ",
            $walk,
            " $1 AND ($2 = '' OR customer = $2) AND ($3 = '' OR state = $3) AND ($4 = '' OR \
             EXISTS (SELECT 1 FROM attempts WHERE attempts.payment = payments.id AND \
             attempts.account = $4)) AND ($5 = 0 OR needs_attention IS NOT NULL) AND \
             created_at >= $6 AND created_at < $7 ORDER BY id "
        )
    };
}

/// Payments, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(
    reads: &mut impl Reads,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Payment>, Fault> {
    const OLDER: &str = concat!(filtered!("<"), "DESC LIMIT $8");
    const NEWER: &str = concat!(filtered!(">"), "LIMIT $8");
    let (sql, id, turn) = match page.walk() {
        Walk::Older(id) => (OLDER, id, false),
        Walk::Newer(id) => (NEWER, id, true),
    };
    let text = |value: Option<String>| Value::Text(Some(value.unwrap_or_default()));
    let time = |value: Option<Timestamp>, none: i64| {
        Value::Int(Some(value.map_or(none, Timestamp::as_microsecond)))
    };
    let args = vec![
        Value::Text(Some(id.to_owned())),
        text(filter.customer.map(|id| id.to_string())),
        text(filter.state.map(|state| state.to_string())),
        text(filter.account.clone()),
        Value::Int(Some(i64::from(filter.needs_attention))),
        time(filter.from, i64::MIN),
        time(filter.to, i64::MAX),
        Value::Int(Some(i64::from(page.limit))),
    ];
    let mut payments = rows::walk(reads, sql, args).await?;
    if turn {
        payments.reverse();
    }
    Ok(payments)
}

/// How many payments stand in each state, for the console's first page.
///
/// # Errors
/// A fault if the database fails.
pub async fn counts(reads: &mut impl Reads) -> Result<Vec<(PaymentState, i64)>, Fault> {
    let counts = rows::counts(reads).await?;
    let known = |(state, many): &(String, i64)| Some((state.parse().ok()?, *many));
    Ok(counts.iter().filter_map(known).collect())
}
