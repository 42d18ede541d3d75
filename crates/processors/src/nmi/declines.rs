//! Why NMI says no: its response codes as a table, after "Transaction response codes" of NMI's
//! integration pages.

use std::sync::LazyLock;

use processor::Decline;
use processor::declines::Table;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("declines.csv")));

/// The decline behind a response code.
pub(super) fn of(code: &str) -> Decline {
    TABLE.read(code)
}

/// Whether a code is on the list.
pub(super) fn knows(code: &str) -> bool {
    TABLE.rows().any(|(raw, _)| raw == code)
}
