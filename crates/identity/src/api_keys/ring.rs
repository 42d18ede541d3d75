//! The keys in memory, so that most requests are let in without asking the database.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use base::{Env, Hashed, Secret, SignedDuration, Stop};
use store::Store;

use super::{ApiKey, REVOKED, UNKNOWN, rows};
use crate::identity::later;

/// What every key begins with.
pub(super) const PREFIX: &str = "pk_";
/// How long a key is believed without asking: this is how late a revocation may be noticed.
const FRESH: Duration = Duration::from_secs(5);
/// How often "last used" is written.
const NOTE_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// More keys than this are not remembered.
const MOST: usize = 10_000;

/// Remembers keys by their hashes, for five seconds each. Cheap to clone; clones share the memory.
#[derive(Clone)]
pub struct KeyRing {
    store: Store,
    env: Env,
    known: Arc<RwLock<HashMap<Hashed, Known>>>,
    fresh: Duration,
}

struct Known {
    key: Arc<ApiKey>,
    /// By the machine's running clock: a clock that is set must not keep a revoked key alive.
    since: Instant,
}

impl KeyRing {
    /// An empty ring.
    #[must_use]
    pub fn new(store: Store, env: Env) -> KeyRing {
        KeyRing { store, env, known: Arc::default(), fresh: FRESH }
    }

    #[cfg(test)]
    pub(crate) fn fresh_for(self, fresh: Duration) -> KeyRing {
        KeyRing { fresh, ..self }
    }

    /// The key with this secret.
    ///
    /// # Errors
    /// Refused if there is none or it was revoked.
    pub async fn authenticate(&self, bearer: &str) -> Result<Arc<ApiKey>, Stop> {
        if !may_be_a_key(bearer) {
            return Err(UNKNOWN.into());
        }
        let hash = Secret::from_text(bearer).hashed();
        if let Some(key) = self.remembered(&hash) {
            return Ok(key);
        }
        let found = {
            let mut reader = self.store.read().await?;
            rows::find_by_hash(&mut reader, &hash).await?
        };
        let Some(key) = found else { return Err(UNKNOWN.into()) };
        if key.revoked_at.is_some() {
            self.forget(&hash);
            return Err(REVOKED.into());
        }
        let key = Arc::new(self.note(key).await);
        self.remember(hash, Arc::clone(&key));
        Ok(key)
    }

    fn remembered(&self, hash: &Hashed) -> Option<Arc<ApiKey>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(hash)?;
        (known.since.elapsed() < self.fresh).then(|| Arc::clone(&known.key))
    }

    fn remember(&self, hash: Hashed, key: Arc<ApiKey>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, Known { key, since: Instant::now() });
    }

    fn forget(&self, hash: &Hashed) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).remove(hash);
    }

    /// Writes that the key was used, now and then. A request is not refused for it.
    async fn note(&self, mut key: ApiKey) -> ApiKey {
        let now = self.env.now();
        if key.last_used_at.is_some_and(|last| now < later(last, NOTE_EVERY)) {
            return key;
        }
        let noted = store::write!(self.store, |tx| {
            rows::used(tx, key.id, now).await?;
            Ok(())
        });
        match noted {
            Ok(()) => key.last_used_at = Some(now),
            Err(stop) => tracing::warn!(key = %key.id, %stop, "the use of a key was not noted"),
        }
        key
    }
}

/// Whether the text has the shape of a key: no question is asked for what has not.
fn may_be_a_key(bearer: &str) -> bool {
    let letters = bearer.strip_prefix(PREFIX);
    letters.is_some_and(|letters| {
        letters.len() == 32
            && letters.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}
