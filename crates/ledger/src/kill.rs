//! Named points at which a test may end the process, to see what a crash there leaves behind.
//!
//! Without the feature `scratch` they are nothing at all.

/// The variable that names a point, as `name` or `name:3` for the third time it is reached.
#[cfg(feature = "scratch")]
const POINT: &str = "PAYDESK_LEDGER_KILL_AT";

/// Ends the process here, without any goodbye, if a test asked for it.
#[cfg(feature = "scratch")]
pub(crate) fn point(name: &str) {
    use std::sync::atomic::{AtomicU64, Ordering};

    static REACHED: AtomicU64 = AtomicU64::new(0);
    let Ok(wanted) = std::env::var(POINT) else { return };
    let (wanted, times) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    if wanted == name {
        let reached = REACHED.fetch_add(1, Ordering::SeqCst) + 1;
        if times.parse() == Ok(reached) {
            std::process::abort();
        }
    }
}

/// Nothing.
#[cfg(not(feature = "scratch"))]
pub(crate) fn point(_name: &str) {}
