//! The two jobs: the round that comes by itself, and forgetting one person.

use std::sync::Arc;

use async_trait::async_trait;
use base::id::ErasureId;
use base::{Env, Fault, SignedDuration, Stop, Timestamp};
use serde::{Deserialize, Serialize};
use store::Store;
use store::jobs::{Job, Next, Work};

use super::{erase, keep, orphans, raw, rows};
use crate::DeskSettings;

/// The kind of the round.
pub const KEEP: &str = "desk.retention";
/// How often it comes.
pub const KEEP_EVERY: SignedDuration = SignedDuration::from_mins(10);
/// The kind of job that forgets a person.
pub const ERASE: &str = "desk.erase";

/// Forms that were sent are known again for so long.
const FORMS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Requests a round goes on with.
const REQUESTS: u32 = 100;

/// Which request a job is about.
#[derive(Serialize, Deserialize)]
pub(super) struct Erasing {
    pub(super) erasure: ErasureId,
}

/// Removes words whose time is over, and goes on with requests that had to wait. Any node may do
/// it, two at once change nothing, and whoever is stopped is followed by the next.
pub struct Keep {
    store: Store,
    env: Env,
    settings: Arc<DeskSettings>,
}

/// Forgets one person.
pub struct Erase {
    store: Store,
    env: Env,
}

impl Keep {
    /// Keeps to these settings.
    #[must_use]
    pub fn new(store: Store, env: Env, settings: Arc<DeskSettings>) -> Keep {
        Keep { store, env, settings }
    }

    async fn round(&self) -> Result<(), Stop> {
        let (store, env, settings) = (&self.store, &self.env, &self.settings.retention);
        let cases = keep::cases(store, env, settings).await?;
        let mut bytes = 0;
        if let Some(keep) = settings.raw_mails {
            bytes += raw::mails(store, env, keep).await?;
        }
        if let Some(keep) = settings.raw_social {
            bytes += raw::calls(store, env, keep).await?;
        }
        if let Some(keep) = settings.sent_mails {
            bytes += raw::sent(store, env, keep).await?;
        }
        bytes += orphans::files(store, env, settings.unsent_files).await?;
        bytes += orphans::bytes(store, env).await?;
        let before = env.now().checked_sub(FORMS).unwrap_or(Timestamp::MIN);
        store::write!(store, |tx| Ok::<(), Stop>(rows::cases::forget(tx, before).await?))?;
        let undone = rows::erasures::undone(&mut store.read().await?, REQUESTS).await?;
        for erasure in &undone {
            erase::go_on(store, env, erasure.id).await?;
        }
        metrics::counter!("paydesk_cases_emptied_total").increment(cases);
        if cases > 0 || bytes > 0 {
            tracing::info!(cases, bytes, "words whose time is over are gone");
        }
        Ok(())
    }
}

impl Erase {
    /// Forgets people of this store.
    #[must_use]
    pub fn new(store: Store, env: Env) -> Erase {
        Erase { store, env }
    }
}

#[async_trait]
impl Work for Keep {
    fn kind(&self) -> &'static str {
        KEEP
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        self.round().await.map_err(|stop| Fault::of("remove words whose time is over", stop))?;
        Ok(Next::Finished)
    }
}

#[async_trait]
impl Work for Erase {
    fn kind(&self) -> &'static str {
        ERASE
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Erasing { erasure } = job.read()?;
        let done = erase::go_on(&self.store, &self.env, erasure).await;
        done.map_err(|stop| Fault::of("forget a person", stop))?;
        Ok(Next::Finished)
    }
}
