//! Whether an account does badly, from what this node and the database have seen. Pure.

use billing::routing::{LastDay, Pulse, Stands};

/// From so many decided attempts on, half of them failing is bad.
const ENOUGH: i64 = 8;

/// Why an account does badly, in a sentence for staff; none if it does well.
///
/// `lately` are the attempts of the last minutes: they tell the same on every node, while calls
/// are remembered by the node that made them. A no of the bank is no failure, and a customer who
/// has not decided says nothing.
pub(super) fn judge(pulse: &Pulse, lately: &LastDay) -> Option<String> {
    let failed = lately.unknown + lately.not_executed;
    let decided = lately.captured + lately.declined + failed;
    match pulse.stands {
        Stands::Open { .. } => {
            let calls = pulse.not_executed + pulse.unknown;
            Some(format!("{calls} of our calls failed within minutes, and no more are sent"))
        }
        // Its rest is over, and one call will tell; it is not well yet.
        Stands::Probing => Some("our calls failed; one is sent to see".to_owned()),
        Stands::Closed if decided >= ENOUGH && failed * 2 >= decided => {
            Some(format!("{failed} of the last {decided} attempts were not answered"))
        }
        Stands::Closed => None,
    }
}

#[cfg(test)]
mod tests {
    use base::Timestamp;

    use super::*;

    fn pulse(stands: Stands) -> Pulse {
        Pulse { stands, ok: 1, declined: 0, not_executed: 2, unknown: 3, median_ms: None }
    }

    fn lately(captured: i64, declined: i64, unknown: i64) -> LastDay {
        LastDay { captured, declined, unknown, open: 50, left: 50, ..LastDay::default() }
    }

    #[test]
    fn an_open_breaker_or_many_lost_answers_are_bad_and_declines_are_not() {
        let until = Timestamp::UNIX_EPOCH;
        let open = judge(&pulse(Stands::Open { until }), &LastDay::default()).unwrap();
        assert!(open.starts_with("5 of our calls failed"), "{open}");
        assert!(judge(&pulse(Stands::Probing), &LastDay::default()).is_some());
        let closed = pulse(Stands::Closed);
        for (captured, declined, unknown, bad) in [
            (0, 0, 7, false),
            (0, 0, 8, true),
            (4, 0, 4, true),
            (5, 0, 4, false),
            (0, 50, 1, false),
        ] {
            let said = judge(&closed, &lately(captured, declined, unknown));
            assert_eq!(said.is_some(), bad, "{captured} {declined} {unknown}");
        }
    }
}
