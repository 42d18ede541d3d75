//! When staff work, and what is promised.

/// When staff work, and what is promised.
#[derive(Clone, Debug, Default)]
pub struct CalendarSettings {}
