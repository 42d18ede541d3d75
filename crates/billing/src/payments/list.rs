//! Which payments a list shows: exact filters, newest first, no offsets.

use base::id::CustomerId;
use base::{Fault, Timestamp};
use store::{Page, Reads, Value};

use super::payment::{Payment, PaymentState};
use super::rows::{self, Whose};

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

/// Payments, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(
    reads: &mut impl Reads,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Payment>, Fault> {
    let state = filter.state.map(PaymentState::as_str).unwrap_or_default();
    let time = |time: Option<Timestamp>, none: i64| time.map_or(none, Timestamp::as_microsecond);
    let mut args: Vec<Value> = vec![
        state.into(),
        filter.account.as_deref().unwrap_or_default().into(),
        filter.needs_attention.into(),
        time(filter.from, i64::MIN).into(),
        time(filter.to, i64::MAX).into(),
    ];
    args.extend(filter.customer.map(Value::from));
    let whose = if filter.customer.is_some() { Whose::Ones } else { Whose::Everybodys };
    rows::list(reads, whose, &page, args).await
}
