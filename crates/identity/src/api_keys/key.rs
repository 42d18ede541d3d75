//! A program's key.

use base::id::ApiKeyId;
use base::{Refusal, Timestamp};

use super::{NOT_ALLOWED, Scope, Scopes};

/// A key to the API. The secret itself is not in it: it was shown once and is stored as a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Names the key in lists and in the audit trail.
    pub id: ApiKeyId,
    /// What staff call it.
    pub name: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it opens nothing.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, to within a minute or so.
    pub last_used_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whether the key may do this.
    ///
    /// # Errors
    /// Refused with the scope that is missing.
    pub fn require(&self, scope: Scope) -> Result<(), Refusal> {
        if self.scopes.allow(scope) {
            return Ok(());
        }
        Err(NOT_ALLOWED.because(format!("this API key lacks the scope {scope}")))
    }
}
