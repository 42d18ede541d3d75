//! Promises that are due soon or were broken are told to staff, each once.

use async_trait::async_trait;
use base::{Env, Fault, SignedDuration, Stop};
use serde_json::json;
use store::Store;
use store::jobs::{Job, Next, Work};

use super::clock::Clock;
use super::rows;
use crate::cases::{self, Author, EventKind};

/// The kind of job that looks at the clocks.
pub const RING: &str = "desk.clocks";
/// How often it comes round.
pub const RING_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// How many clocks ring in one round.
const AT_ONCE: u32 = 500;

/// Looks at the clocks.
pub struct Ring {
    store: Store,
    env: Env,
}

impl Ring {
    /// Looks at the clocks of this store.
    #[must_use]
    pub fn new(store: Store, env: Env) -> Ring {
        Ring { store, env }
    }

    /// One clock, one transaction: a case that cannot be written keeps no other from being told.
    async fn ring(&self, clock: &Clock) -> Result<(), Stop> {
        let now = self.env.now();
        store::write!(self.store, |tx| {
            let known = rows::of(tx, clock.case).await?;
            let same = |one: &&Clock| one.kind == clock.kind && one.nth == clock.nth;
            let Some(mut clock) = known.iter().find(same).cloned() else { return Ok(()) };
            let Some(what) = clock.rings(now) else { return Ok(()) };
            rows::update(tx, &clock).await?;
            let due = clock.due_at;
            let body = json!({ "kind": clock.kind.as_str(), "what": what, "due_at": due });
            cases::note(tx, &self.env, clock.case, EventKind::Clock, Author::System, body).await?;
            Ok(())
        })
    }
}

#[async_trait]
impl Work for Ring {
    fn kind(&self) -> &'static str {
        RING
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let now = self.env.now();
        let due = rows::ringing(&mut self.store.read().await?, now, AT_ONCE).await?;
        for clock in &due {
            let rung = self.ring(clock).await;
            rung.map_err(|stop| Fault::of("tell that a promise is due", stop))?;
        }
        Ok(Next::Finished)
    }
}
