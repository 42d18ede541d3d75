//! API keys: what a program of the host site shows to be let in, and what each key may do.

mod key;
mod make;
mod ring;
mod rows;
mod scopes;
#[cfg(test)]
mod tests;

pub use key::ApiKey;
pub use make::{make, revoke};
pub use ring::KeyRing;
pub use rows::{find, list};
pub use scopes::{Access, Area, Scope, Scopes};

use base::{Kind, Refusal};

/// The key is none of ours.
pub const UNKNOWN: Refusal = Refusal::new(
    Kind::Unauthenticated,
    "api_key_unknown",
    "send the header `Authorization: Bearer pk_…` with a key of this desk",
);
/// The key was revoked.
pub const REVOKED: Refusal =
    Refusal::new(Kind::Unauthenticated, "api_key_revoked", "this API key was revoked");
/// There is no key with this id.
pub const NO_SUCH_KEY: Refusal =
    Refusal::new(Kind::NotFound, "api_key_not_found", "there is no API key with this id");
/// The key may not do this.
pub const NOT_ALLOWED: Refusal = Refusal::new(Kind::Forbidden, "scope_missing", "this key may not");
