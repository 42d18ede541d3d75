//! The handle that deeds with more than one transaction take.

use base::{Env, SignedDuration, Timestamp};
use store::{Store, Vault};

use crate::passwords::Passwords;

/// Everything identity needs: where things are kept, time and chance, and the vault. Cheap to
/// clone; clones share the limit on how many passwords are hashed at once.
#[derive(Clone)]
pub struct Identity {
    /// Where everything is kept.
    pub store: Store,
    /// Time and chance.
    pub env: Env,
    /// Seals the secrets of one-time codes.
    pub vault: Vault,
    pub(crate) passwords: Passwords,
}

impl Identity {
    /// A handle.
    #[must_use]
    pub fn new(store: Store, env: Env, vault: Vault) -> Identity {
        Identity { store, env, vault, passwords: Passwords::new() }
    }
}

/// The time so much later, or the end of time.
pub(crate) fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// The time so much earlier, or the beginning of time.
pub(crate) fn earlier(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
