//! Forgetting what opens nothing any more: old sessions, links and tries to sign in.

use std::sync::Arc;

use async_trait::async_trait;
use base::{Fault, SignedDuration};
use store::jobs::{Job, Next, Work};

use crate::identity::earlier;
use crate::{Identity, customer_links, sessions, sign_in, staff};

/// The kind of job, and what runs it once a day.
pub const KIND: &str = "identity.sweep";
/// How often it runs.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// How long what ended is kept, for whoever asks "who was signed in last week?".
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The daily sweep. Running it twice changes nothing.
pub struct Sweep {
    identity: Identity,
}

impl Sweep {
    /// The sweep of one store.
    #[must_use]
    pub fn new(identity: Identity) -> Sweep {
        Sweep { identity }
    }
}

#[async_trait]
impl Work for Sweep {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let until = earlier(self.identity.env.now(), KEPT);
        let swept = store::write!(self.identity.store, |tx| {
            sessions::sweep(tx, until).await?;
            customer_links::sweep(tx, until).await?;
            staff::sweep_links(tx, until).await?;
            sign_in::sweep(tx, until).await?;
            Ok(())
        });
        swept.map_err(|stop| Fault::of("sweep old sessions and links", stop))?;
        Ok(Next::Finished)
    }
}

/// All background work of this crate.
#[must_use]
pub fn works(identity: &Identity) -> Vec<Arc<dyn Work>> {
    vec![Arc::new(Sweep::new(identity.clone()))]
}
