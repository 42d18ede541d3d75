//! What comes round: how far behind the reading of mail is, and what nobody needs any more.

use async_trait::async_trait;
use base::{Env, Fault, SignedDuration, Timestamp};
use store::Store;
use store::jobs::{Job, Next, Work};

use super::rows::{acks, mutes, raw};

/// The kind of job.
pub const SWEEP: &str = "mail_in.sweep";
/// How often it runs.
pub const SWEEP_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// No limit looks further back at acknowledgments.
const ACKS: SignedDuration = SignedDuration::from_hours(8 * 24);

/// Measures, and tidies up.
pub struct Sweep {
    store: Store,
    env: Env,
    held: SignedDuration,
}

impl Sweep {
    /// For this store. Whatever was in quarantine for longer than `held` is put away.
    #[must_use]
    pub fn new(store: Store, env: Env, held: SignedDuration) -> Sweep {
        Sweep { store, env, held }
    }

    async fn measure(&self, now: Timestamp) -> Result<(), Fault> {
        let mut reader = self.store.read().await?;
        let (waiting, since) = raw::waiting(&mut reader).await?;
        metrics::gauge!("paydesk_mails_in_waiting").set(count(waiting));
        metrics::gauge!("paydesk_mails_in_lag_seconds").set(age(since, now));
        let (held, since) = raw::quarantined(&mut reader).await?;
        metrics::gauge!("paydesk_mails_quarantined").set(count(held));
        metrics::gauge!("paydesk_mails_quarantined_age_seconds").set(age(since, now));
        Ok(())
    }
}

#[async_trait]
impl Work for Sweep {
    fn kind(&self) -> &'static str {
        SWEEP
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let now = self.env.now();
        let before = now.checked_sub(self.held).unwrap_or(Timestamp::MIN);
        let swept = store::write!(self.store, |tx| {
            let old = raw::discard_old(tx, before, now).await?;
            acks::forget(tx, now - ACKS).await?;
            mutes::forget(tx, now).await?;
            Ok(old)
        });
        let swept = swept.map_err(|stop| Fault::of("tidy up after mail", stop))?;
        if swept > 0 {
            tracing::info!(swept, "mails left the quarantine because nobody let them in");
        }
        self.measure(now).await?;
        Ok(Next::Finished)
    }
}

fn age(since: Option<Timestamp>, now: Timestamp) -> f64 {
    since.map_or(0.0, |since| now.duration_since(since).as_secs_f64().max(0.0))
}

/// Counts for a gauge; exact up to 2³².
fn count(count: i64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
