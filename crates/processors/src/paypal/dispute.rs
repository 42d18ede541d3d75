//! Disputes: which of their messages moves money, and which only tells.
//!
//! Follows Disputes v1 (paypal/paypal-rest-api-specifications, `customer_disputes_v1.json`) and
//! "Disputes lifecycle stages reference" at developer.paypal.com. While a dispute is open, in
//! whatever stage, PayPal at most holds the money: nothing is booked. It is taken when the
//! dispute ends in the buyer's favour.

use base::Money;
use processor::{Notice, NoticeKind, Rejected};
use serde::Deserialize;

use super::events::money;
use super::wire::{self, Amount};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Dispute {
    dispute_id: String,
    status: String,
    reason: String,
    dispute_life_cycle_stage: String,
    dispute_amount: Option<Amount>,
    dispute_outcome: Option<Outcome>,
    disputed_transactions: Vec<Disputed>,
    update_time: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Outcome {
    outcome_code: String,
    amount_refunded: Option<Amount>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Disputed {
    seller_transaction_id: String,
    custom: Option<String>,
}

/// Reads a dispute from any of its events; they all carry the whole of it.
pub(super) fn read(resource: &str, event: &str) -> Result<Notice, Rejected> {
    let unreadable = |why: &str| Rejected::Unreadable(why.to_owned());
    let dispute: Dispute = serde_json::from_str(resource)
        .map_err(|_| unreadable("the event's resource is no dispute"))?;
    let Some(id) = wire::id(&dispute.dispute_id).map(str::to_owned) else {
        return Err(unreadable("the dispute has no id"));
    };
    let transaction = dispute.disputed_transactions.first();
    let capture =
        transaction.and_then(|one| wire::id(&one.seller_transaction_id)).map(str::to_owned);
    let outcome = dispute.dispute_outcome.as_ref();
    let refunded = money(outcome.and_then(|outcome| outcome.amount_refunded.as_ref()))?;
    let disputed = money(dispute.dispute_amount.as_ref())?;
    let stage = dispute.dispute_life_cycle_stage.to_ascii_lowercase();
    let code = outcome.map_or("", |outcome| outcome.outcome_code.as_str());
    let words = format!("{} {stage} {} {code}", dispute.status, dispute.reason).to_lowercase();
    let base = |kind, dedupe: String| Notice {
        transaction: Some(id.clone()),
        parent: capture.clone(),
        reference: wire::reference(transaction.and_then(|one| one.custom.as_deref())),
        amount: disputed,
        occurred_at: wire::time(dispute.update_time.as_deref()),
        words: words.clone(),
        ..Notice::new(kind, dedupe)
    };
    // A dispute about several payments at once cannot be told as one: a person looks at it.
    if dispute.disputed_transactions.len() > 1 {
        return Ok(base(NoticeKind::Waiting, format!("dispute:{id}:{event}")));
    }
    Ok(match (dispute.status.as_str(), code) {
        ("RESOLVED", "RESOLVED_BUYER_FAVOUR") => {
            let amount = refunded.or(disputed);
            let (Some(_), Some(capture)) = (amount, &capture) else {
                return Err(unreadable("the dispute names no amount or no payment"));
            };
            Notice { amount, ..base(NoticeKind::ChargedBack, taken_back(capture, amount)) }
        }
        // Whoever accepted it, money went back only if PayPal says how much.
        ("RESOLVED", "ACCEPTED") => match (refunded, &capture) {
            (Some(_), Some(capture)) => Notice {
                amount: refunded,
                ..base(NoticeKind::ChargedBack, taken_back(capture, refunded))
            },
            _ => base(NoticeKind::Waiting, format!("dispute:{id}:{event}")),
        },
        (
            "RESOLVED",
            "RESOLVED_SELLER_FAVOUR"
            | "RESOLVED_WITH_PAYOUT"
            | "CANCELED_BY_BUYER"
            | "DENIED"
            | "NONE",
        ) => base(NoticeKind::Ignored, format!("dispute:{id}:resolved")),
        (
            "OPEN" | "WAITING_FOR_BUYER_RESPONSE" | "WAITING_FOR_SELLER_RESPONSE" | "UNDER_REVIEW",
            _,
        ) => base(NoticeKind::DisputeOpened, format!("dispute:{id}:{stage}")),
        _ => base(NoticeKind::Waiting, format!("dispute:{id}:{event}")),
    })
}

/// The key under which a payment is taken back once: the end of a dispute and the reversal of
/// its capture tell the same.
pub(super) fn taken_back(capture: &str, amount: Option<Money>) -> String {
    let amount = amount.map(|amount| amount.to_string()).unwrap_or_default();
    format!("taken back:{capture}:{amount}")
}
