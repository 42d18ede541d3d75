//! What a notice tells, flat, for people and for scripts.

use processor::Notice;
use serde_json::{Value, json};

/// One notice as JSON. Amounts are integers in the currency's minor unit, and decimal text.
pub(super) fn told(notice: &Notice) -> Value {
    json!({
        "kind": notice.kind,
        "standing": if notice.provisional { "provisional" } else { "final" },
        "reference": notice.reference,
        "transaction": notice.transaction,
        "parent": notice.parent,
        "subscription": notice.subscription,
        "also": notice.also,
        "stored": notice.stored,
        "amount": notice.amount.map(|amount| amount.minor),
        "currency": notice.amount.map(|amount| amount.currency.code()),
        "decimal": notice.amount.map(base::Money::to_decimal),
        "time": notice.occurred_at.map(|time| time.to_string()),
        "decline": notice.decline,
        "card": notice.card,
        "words": notice.words,
        "dedupe": notice.dedupe,
    })
}
