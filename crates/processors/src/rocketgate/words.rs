//! Response and reason codes, and what they mean for a call.
//!
//! Follows the list of codes in the vendor's open client.

use std::sync::LazyLock;

use base::Money;
use processor::declines::Table;
use processor::{Answer, Decline, DeclineClass, Done};

use super::gateway::Answered;
use crate::wire::decimal;

static DECLINES: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("declines.csv")));

/// The invoice exists: an earlier call with it may have been executed.
const INVOICE_EXISTS: &str = "439";

/// Why not.
pub(super) fn decline(answered: &Answered) -> Decline {
    DECLINES.read(answered.reason())
}

/// What an answer other than success means. A system error may have come after the bank's yes.
pub(super) fn placed<T>(answered: &Answered) -> Answer<T> {
    let reason = answered.reason();
    match answered.response() {
        "1" | "2" => Answer::Declined(decline(answered)),
        "4" if reason == INVOICE_EXISTS => {
            Answer::Unknown("RocketGate has this invoice already (439)".to_owned())
        }
        "4" => match decline(answered).class {
            DeclineClass::NeedsCustomer | DeclineClass::Hard | DeclineClass::Stop => {
                Answer::Declined(decline(answered))
            }
            DeclineClass::Soft | DeclineClass::Technical => {
                Answer::NotExecuted(format!("RocketGate refused the request ({})", shown(reason)))
            }
        },
        "3" => Answer::Unknown(format!("RocketGate had a fault ({})", shown(reason))),
        other => Answer::Unknown(format!("RocketGate answered with response {:?}", shown(other))),
    }
}

/// What an answer to a call about an earlier transaction means.
pub(super) fn done(answered: &Answered) -> Answer<Done> {
    match (answered.response(), money(answered)) {
        ("0", Ok(amount)) => {
            Answer::Done(Done { transaction: answered.transaction().map(str::to_owned), amount })
        }
        ("0", Err(why)) => Answer::Unknown(why),
        _ => placed(answered),
    }
}

/// The amount that was approved, if the answer names one.
pub(super) fn money(answered: &Answered) -> Result<Option<Money>, String> {
    match (answered.get("approvedamount"), answered.get("approvedcurrency")) {
        (Some(amount), Some(currency)) => decimal::money(amount, currency).map(Some),
        _ => Ok(None),
    }
}

/// A code for people: digits and letters, short.
pub(super) fn shown(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).take(12).collect()
}
