//! Secrets that open something: made from chance, shown once, stored as a hash.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::Chance;

/// A bearer secret of 160 random bits, as 32 letters and digits.
///
/// It never appears in logs: `Debug` hides it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret.
    #[must_use]
    pub fn new(chance: &Chance) -> Secret {
        let bytes: [u8; 20] = chance.bytes();
        Secret(crate::id::base32(&bytes))
    }

    /// A secret that came from outside.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text itself, to hand to its owner. Careful: never log it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored instead of the secret.
    ///
    /// A plain SHA-256 is enough because the secret itself carries 160 bits of chance; passwords,
    /// which do not, go through Argon2.
    #[must_use]
    pub fn hashed(&self) -> Hashed {
        Hashed(hex::encode(Sha256::digest(self.0.as_bytes())))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// The hash of a secret: SHA-256 in lower-case hex. Safe to store and to look up by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hashed(String);

impl Hashed {
    /// A hash that was stored.
    #[must_use]
    pub fn from_stored(text: impl Into<String>) -> Hashed {
        Hashed(text.into())
    }

    /// The hash as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `secret` is the one that was hashed; takes the same time for yes and no.
    #[must_use]
    pub fn opens_with(&self, secret: &Secret) -> bool {
        self.0.as_bytes().ct_eq(secret.hashed().0.as_bytes()).into()
    }
}
