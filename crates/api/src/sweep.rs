//! Forgetting what nobody asks for any more: stored answers, and deliveries that have ended.

use async_trait::async_trait;
use base::{Env, Fault, SignedDuration};
use store::jobs::{Job, Next, Work};
use store::{Store, replays};

use crate::webhooks;

/// The kind of job, and what runs it.
pub const KIND: &str = "api.sweep";
/// How often it runs.
pub const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How long an answer is given again to the same request, and a delivery can be looked at.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The sweep. Running it twice changes nothing.
pub(crate) struct Sweep {
    store: Store,
    env: Env,
}

impl Sweep {
    /// The sweep of one store.
    pub(crate) fn new(store: Store, env: Env) -> Sweep {
        Sweep { store, env }
    }
}

#[async_trait]
impl Work for Sweep {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let now = self.env.now();
        let until = now.checked_sub(KEPT).unwrap_or(now);
        let swept = store::write!(self.store, |tx| {
            replays::forget_before(tx, until).await?;
            webhooks::forget_before(tx, until).await?;
            Ok(())
        });
        swept.map_err(|stop| Fault::of("sweep old answers and deliveries", stop))?;
        Ok(Next::Finished)
    }
}
