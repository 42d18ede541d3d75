//! What can be tried without moving money: the credentials, the clock, and the webhook's events.

use base::Timestamp;
use processor::Finding;
use serde::Deserialize;

use super::account::Account;
use super::config::Verify;

/// The events this connector reads; a webhook without one of them leaves us waiting.
pub(super) const EVENTS: [&str; 13] = [
    "CHECKOUT.ORDER.APPROVED",
    "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
    "PAYMENT.AUTHORIZATION.CREATED",
    "PAYMENT.AUTHORIZATION.VOIDED",
    "PAYMENT.CAPTURE.COMPLETED",
    "PAYMENT.CAPTURE.PENDING",
    "PAYMENT.CAPTURE.DECLINED",
    "PAYMENT.CAPTURE.DENIED",
    "PAYMENT.CAPTURE.REFUNDED",
    "PAYMENT.CAPTURE.REVERSED",
    "CUSTOMER.DISPUTE.CREATED",
    "CUSTOMER.DISPUTE.UPDATED",
    "CUSTOMER.DISPUTE.RESOLVED",
];

#[derive(Deserialize)]
struct Webhook {
    #[serde(default)]
    url: String,
    #[serde(default)]
    event_types: Vec<EventType>,
}

#[derive(Deserialize)]
struct EventType {
    name: String,
}

/// Tries everything.
pub(super) async fn check(account: &Account, now: Timestamp) -> Vec<Finding> {
    let date = match account.fresh_token().await {
        Ok((_, date)) => date,
        Err(why) => return vec![Finding::bad("credentials", why)],
    };
    let mut findings = vec![
        Finding::good("credentials", "PayPal gives an access token"),
        Finding::clock(date, now),
    ];
    findings.extend(webhook(account).await);
    if account.config.verify == Verify::Certificate {
        let says = "messages are proven by certificate; PayPal's simulator never verifies, so try \
                    with a real sandbox payment";
        findings.push(Finding::notice("verify", says));
    }
    findings
}

async fn webhook(account: &Account) -> Vec<Finding> {
    let id = &account.config.webhook_id;
    let webhook = match account.read::<()>(&["v1", "notifications", "webhooks", id]).await {
        Ok(Some(reply)) => reply.json::<Webhook>(),
        Ok(None) => {
            let says = "PayPal knows no webhook of this id in this app: no message would verify";
            return vec![Finding::bad("webhook_id", says)];
        }
        Err(answer) => Err(format!("PayPal does not show the webhook: {answer:?}")),
    };
    let webhook = match webhook {
        Ok(webhook) => webhook,
        Err(why) => return vec![Finding::bad("webhook_id", why)],
    };
    let known = |event: &&&str| {
        let theirs = |one: &EventType| one.name == "*" || one.name.eq_ignore_ascii_case(event);
        !webhook.event_types.iter().any(theirs)
    };
    let missing: Vec<&str> = EVENTS.iter().filter(known).copied().collect();
    let events = if missing.is_empty() {
        Finding::good("webhook events", "all that are read here are sent")
    } else {
        Finding::bad("webhook events", format!("add {}", missing.join(", ")))
    };
    let url: String = webhook.url.chars().take(200).collect();
    vec![Finding::good("webhook_id", format!("PayPal sends to {url}")), events]
}
