//! A job: the notes of the last minute get their places in the chain.

use async_trait::async_trait;
use base::{Fault, SignedDuration, Stop};
use store::jobs::{Job, Next, Work};
use store::{Store, Vault};

use super::chain::{self, Head};
use super::rows;

/// The kind of job.
pub const KIND: &str = "audit.seal";
/// How often it runs.
pub const EVERY: SignedDuration = SignedDuration::from_mins(1);

/// So many notes a transaction.
const BATCH: u32 = 500;

/// Seals every note that has no seal yet, the earliest first.
pub struct Seal {
    store: Store,
    vault: Vault,
}

impl Seal {
    /// Seals with this vault's first key.
    #[must_use]
    pub fn new(store: Store, vault: Vault) -> Seal {
        Seal { store, vault }
    }

    /// Seals everything there is; how many notes.
    ///
    /// # Errors
    /// A fault if the database fails.
    pub async fn all(&self) -> Result<usize, Fault> {
        let mut sealed = 0;
        loop {
            // Looked for outside of the deed: whoever writes a note meanwhile is not in its way.
            let ids = rows::unsealed(&mut self.store.read().await?, BATCH).await?;
            if ids.is_empty() {
                return Ok(sealed);
            }
            let some = self.these(ids).await;
            sealed += some.map_err(|stop| Fault::of("seal notes of the audit log", stop))?;
        }
    }

    async fn these(&self, ids: Vec<String>) -> Result<usize, Stop> {
        store::write!(self.store, |tx| {
            let head = rows::head(tx).await?;
            let (mut nth, mut last) =
                head.map_or_else(|| (0, chain::BEGINNING.to_owned()), |head| (head.nth, head.seal));
            let mut sealed = Vec::new();
            // Another node may have been faster.
            for line in rows::without_a_seal(tx, ids.clone()).await? {
                nth += 1;
                last = chain::seal(&self.vault, &last, nth, &line);
                sealed.push((line.id, nth, last.clone()));
            }
            let many = sealed.len();
            if many > 0 {
                rows::give_seals(tx, sealed).await?;
                rows::set_head(tx, &Head::new(&self.vault, nth, last)).await?;
            }
            Ok(many)
        })
    }
}

#[async_trait]
impl Work for Seal {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let sealed = self.all().await?;
        metrics::counter!("paydesk_audit_notes_sealed_total").increment(sealed as u64);
        Ok(Next::Finished)
    }
}
