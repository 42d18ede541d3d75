//! Work that comes round: any node writes down the next run, and the second writer changes nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base::time::from_micros;
use base::{Env, Fault, Stop, Timestamp};
use jiff::SignedDuration;

use super::{queue, rows};
use crate::store::Store;

/// One piece of work that comes round.
pub(super) struct Schedule {
    pub(super) name: &'static str,
    pub(super) period: SignedDuration,
    pub(super) kind: &'static str,
}

/// What this node knows of the next runs, so that it need not ask before they are due.
#[derive(Default)]
pub(super) struct Plan(Mutex<HashMap<&'static str, Timestamp>>);

impl Schedule {
    /// The next round time: multiples of the period since 1970, so that all nodes agree on it.
    fn next(&self, now: Timestamp) -> Timestamp {
        let period = i64::try_from(self.period.as_micros()).unwrap_or(i64::MAX).max(1);
        let begun = now.as_microsecond().div_euclid(period);
        from_micros(begun.saturating_add(1).saturating_mul(period))
    }
}

impl Plan {
    /// Sees to it that every schedule has a run that waits or is under way.
    ///
    /// Runs that were missed are not made up for: work that comes round looks at what is and what
    /// should be, so one run is as good as ten.
    pub(super) async fn keep(
        &self,
        store: &Store,
        env: &Env,
        schedules: &[Schedule],
    ) -> Result<(), Fault> {
        let now = env.now();
        for schedule in schedules {
            if self.due(schedule.name).is_some_and(|due| now < due) {
                continue;
            }
            let waiting = rows::scheduled(&mut store.read().await?, schedule.name).await?;
            let due = match waiting {
                Some(due) => due,
                None => write_down(store, env, schedule, now).await?,
            };
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(schedule.name, due);
        }
        Ok(())
    }

    fn due(&self, name: &str) -> Option<Timestamp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }
}

async fn write_down(
    store: &Store,
    env: &Env,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<Timestamp, Fault> {
    let due = schedule.next(now);
    let payload = serde_json::json!({ "schedule": schedule.name });
    let written: Result<Timestamp, Stop> = crate::write!(store, |tx| {
        if let Some(waiting) = rows::scheduled(tx, schedule.name).await? {
            return Ok(waiting);
        }
        let job = env.id();
        if rows::schedule(tx, schedule.name, due, job).await? {
            queue::enqueue_as(tx, job, schedule.kind, &payload, due, now).await?;
        }
        rows::forget_runs(tx, schedule.name, now).await?;
        Ok(due)
    });
    written.map_err(|stop| Fault::of(format!("schedule {}", schedule.name), stop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_at_round_times_that_all_nodes_agree_on() {
        let hourly =
            Schedule { name: "hourly", period: SignedDuration::from_hours(1), kind: "look" };
        let next = |now: &str| hourly.next(now.parse().unwrap()).to_string();
        assert_eq!(next("2026-05-01T10:00:00Z"), "2026-05-01T11:00:00Z");
        assert_eq!(next("2026-05-01T10:59:59.999999Z"), "2026-05-01T11:00:00Z");
    }
}
