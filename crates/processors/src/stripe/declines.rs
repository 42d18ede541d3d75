//! Why Stripe says no: its decline codes and error codes as a table, after "Decline codes" and
//! "Error codes" at docs.stripe.com.

use std::sync::LazyLock;

use processor::Decline;
use processor::declines::Table;

use super::objects::Error;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("declines.csv")));

/// The decline behind a word of Stripe's.
pub(super) fn word(word: &str) -> Decline {
    TABLE.read(word)
}

/// The decline of an error: the bank's code says more than Stripe's.
pub(super) fn of(error: &Error) -> Decline {
    word(error.decline_code.as_deref().or(error.code.as_deref()).unwrap_or("card_declined"))
}

/// Whether an error is a no and not a mistake in the call.
pub(super) fn is_no(error: &Error) -> bool {
    error.kind.as_deref() == Some("card_error")
        || error.code.as_deref().is_some_and(|code| word(code).cause != "unknown")
}
