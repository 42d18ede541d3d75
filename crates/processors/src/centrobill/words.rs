//! CentroBill's words and what they tell: action, mode and status, as the pages "Charge", "Credit"
//! and "Chargeback" of the guides list them. What is not in the table is waited upon.

use std::sync::LazyLock;

use processor::declines::Table;
use processor::{Decline, NoticeKind};

use super::config::Sound;
use super::said::Said;

static DECLINES: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("declines.csv")));

/// What a message tells, by action, mode and status in lower case.
///
/// A retrieval and its answer (`chargebackRepresent` is "a process through which CentroBill
/// provides the requested information") move no money. A collector gets what was charged back
/// before, so that is no second chargeback. Chargebacks list a status of their own, but the page's
/// sample says `success`: both are read.
pub(super) fn kind(action: &str, mode: &str, status: &str) -> NoticeKind {
    use NoticeKind::{
        Authorized, ChargedBack, Declined, DisputeOpened, Ignored, Paid, RefundFailed, Refunded,
        Voided, Waiting,
    };
    match (action, mode, status) {
        ("charge", "auth", "success") => Authorized,
        ("charge", "settle", "success") | ("charge", "sale", "success" | "confirmed") => Paid,
        ("charge", "auth" | "settle" | "sale", "fail") => Declined,
        ("credit", "refund", "success") => Refunded,
        ("credit", "void", "success") => Voided,
        ("credit", "refund" | "void", "fail") => RefundFailed,
        ("chargeback", "chargebackretrieval", "retrieved" | "success")
        | ("chargeback", "chargebackrepresent", "represented" | "success") => DisputeOpened,
        ("chargeback", "chargebackfirst", "chargeback" | "success")
        | ("chargeback", "chargebacksecond", "chargeback_2nd" | "success") => ChargedBack,
        ("chargeback", "chargebackcollector", "send_ca" | "success") => Ignored,
        _ => Waiting,
    }
}

/// Whether a yes may still be withdrawn: a bank transfer that was asked for, but has not arrived.
pub(super) fn is_provisional(config: &Sound, said: &Said) -> bool {
    let method = said.method.as_deref().unwrap_or_default();
    let transfer = config.provisional_methods.iter().any(|name| name == method);
    transfer && said.mode == "sale" && said.status == "success"
}

/// Why not. CentroBill's codes are not public; a description in plain English is read as a whole.
pub(super) fn decline(said: &Said) -> Decline {
    let description = said.description.as_deref().unwrap_or_default();
    let mut decline = DECLINES.read(description);
    let code = said.code.as_deref().unwrap_or_default();
    let both = format!("{code} {description}");
    // What they wrote is for staff; a number as long as a card's has no place there.
    let digits = both.bytes().filter(u8::is_ascii_digit).count();
    decline.raw = if digits > 12 { "number".to_owned() } else { both.trim().to_owned() };
    decline.raw = decline.raw.chars().filter(|letter| !letter.is_control()).take(80).collect();
    decline
}
