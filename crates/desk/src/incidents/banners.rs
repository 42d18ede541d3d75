//! What pages say of open incidents, remembered for a few seconds so that no page waits for it.

use std::sync::{Arc, Mutex, PoisonError};

use base::{Fault, SignedDuration, Timestamp};
use store::{Reads, Store};

use super::incident::{OpenIncident, TEXT};
use super::rows;

/// How long an answer is good.
const GOOD_FOR: SignedDuration = SignedDuration::from_secs(15);

type Kept = Option<(Timestamp, Arc<[OpenIncident]>)>;

/// Open incidents for pages. Clones share what they remember.
#[derive(Clone, Default)]
pub struct Banners(Arc<Mutex<Kept>>);

impl Banners {
    /// The incidents that are open, or were a few seconds ago.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn open(&self, store: &Store, now: Timestamp) -> Result<Arc<[OpenIncident]>, Fault> {
        if let Some(kept) = self.kept(now) {
            return Ok(kept);
        }
        let found: Arc<[OpenIncident]> = open(&mut store.read().await?).await?.into();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&found)));
        Ok(found)
    }

    fn kept(&self, now: Timestamp) -> Option<Arc<[OpenIncident]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, found) = kept.as_ref()?;
        let age = now.duration_since(*at);
        let good = age >= SignedDuration::ZERO && age < GOOD_FOR;
        good.then(|| Arc::clone(found))
    }

    /// Forgets: the next page looks itself.
    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The incidents that are open, as the public hears of them, the oldest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn open(reads: &mut impl Reads) -> Result<Vec<OpenIncident>, Fault> {
    let open = rows::open(reads).await?;
    let public = |one: super::Incident| OpenIncident {
        account: one.account,
        since: one.began_at,
        case: one.case,
        text: TEXT,
    };
    Ok(open.into_iter().map(public).collect())
}
