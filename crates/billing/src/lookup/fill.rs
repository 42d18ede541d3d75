//! The job that keeps the facts of charges nobody has heard of: those from before there were any.

use async_trait::async_trait;
use base::{Fault, SignedDuration};
use store::jobs::{Job, Next, Work};

use super::{Index, Lookup, rows};

/// The kind of job.
pub const FILL: &str = "lookup.fill";
/// How often it runs.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// So many charges a transaction.
const BATCH: u32 = 200;

/// Keeps the facts of every charge that has none. Running it twice changes nothing.
pub struct Fill {
    lookup: Lookup,
    index: Index,
}

impl Fill {
    /// Fills up under this vault's key.
    #[must_use]
    pub fn new(lookup: Lookup) -> Fill {
        let index = Index::new(lookup.billing.accounts.clone(), lookup.vault.clone());
        Fill { lookup, index }
    }
}

#[async_trait]
impl Work for Fill {
    fn kind(&self) -> &'static str {
        FILL
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let mut after = String::new();
        loop {
            let mut reader = self.lookup.billing.store.read().await?;
            let charges = rows::unwritten(&mut reader, &after, BATCH).await?;
            drop(reader);
            let Some(last) = charges.last() else { return Ok(Next::Finished) };
            after = last.to_string();
            let written = store::write!(self.lookup.billing.store, |tx| {
                for charge in &charges {
                    self.index.write(tx, *charge).await?;
                }
                Ok(())
            });
            written.map_err(|stop| Fault::of("keep the facts of charges", stop))?;
        }
    }
}
