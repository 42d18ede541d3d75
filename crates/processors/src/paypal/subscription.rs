//! Subscriptions that PayPal renews by its own plans: their payments and what becomes of them.
//!
//! Follows Subscriptions v1 and, for payments, the sale of Payments v1.

use processor::{Notice, NoticeKind, Rejected};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::events::{Event, money, resource, unreadable, waiting};
use super::problem;
use super::wire::{self, Amount};

/// A payment that a subscription took by PayPal's schedule, in the shape of the first version of
/// the API.
#[derive(Deserialize)]
struct Sale {
    id: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    custom: Option<String>,
    #[serde(default)]
    billing_agreement_id: Option<String>,
    #[serde(default)]
    create_time: Option<String>,
    amount: SaleAmount,
}

#[derive(Deserialize)]
struct SaleAmount {
    total: Box<RawValue>,
    currency: String,
}

/// Reads the payment of a period.
pub(super) fn sale(event: &Event<'_>) -> Result<Notice, Rejected> {
    let sale: Sale = resource(event)?;
    let subscription = sale.billing_agreement_id.as_deref().and_then(wire::id);
    let (Some(id), Some(subscription)) = (wire::id(&sale.id), subscription) else {
        return Ok(waiting(event));
    };
    if !sale.state.eq_ignore_ascii_case("completed") {
        return Ok(waiting(event));
    }
    let amount = crate::wire::decimal::json(&sale.amount.total, &sale.amount.currency)
        .map_err(|why| unreadable(&why))?;
    if amount.minor < 0 {
        return Err(unreadable("the amount is negative"));
    }
    Ok(Notice {
        transaction: Some(id.to_owned()),
        subscription: Some(subscription.to_owned()),
        reference: wire::reference(sale.custom.as_deref()),
        amount: Some(amount),
        occurred_at: wire::time(sale.create_time.as_deref()),
        ..Notice::new(NoticeKind::RebillPaid, format!("sale:{id}:completed"))
    })
}

/// A subscription that PayPal renews.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Subscription {
    id: String,
    custom_id: Option<String>,
    billing_info: Billing,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Billing {
    last_failed_payment: Option<Failed>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Failed {
    amount: Option<Amount>,
    reason_code: String,
}

/// A subscription may be suspended and come back, so the event's own id is part of the key.
pub(super) fn changed(event: &Event<'_>, word: &str) -> Result<Notice, Rejected> {
    let read: Subscription = resource(event)?;
    let Some(id) = wire::id(&read.id) else {
        return Err(unreadable("the subscription has no id"));
    };
    let kind = match word {
        "CREATED" | "ACTIVATED" | "UPDATED" => NoticeKind::Ignored,
        "RE-ACTIVATED" => NoticeKind::Reactivated,
        "CANCELLED" | "SUSPENDED" => NoticeKind::Cancelled,
        "EXPIRED" => NoticeKind::Expired,
        "PAYMENT.FAILED" => NoticeKind::RebillDeclined,
        _ => NoticeKind::Waiting,
    };
    let failed = read.billing_info.last_failed_payment.filter(|_| word == "PAYMENT.FAILED");
    let reason = failed.as_ref().map_or("DECLINED", |failed| failed.reason_code.as_str());
    Ok(Notice {
        subscription: Some(id.to_owned()),
        reference: wire::reference(read.custom_id.as_deref()),
        amount: money(failed.as_ref().and_then(|failed| failed.amount.as_ref()))?,
        decline: (kind == NoticeKind::RebillDeclined).then(|| problem::decline(reason)),
        ..Notice::new(kind, format!("subscription:{id}:{}:{}", word.to_lowercase(), event.id))
    })
}
