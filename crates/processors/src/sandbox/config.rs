//! What a sandbox account is configured with.

use url::Url;

/// The configuration of a sandbox account.
#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxConfig {
    /// Where the house is: `http://127.0.0.1:8080/`.
    pub base: String,
    /// Our key to its API; 16 characters or more.
    pub key: String,
    /// What its postbacks are signed with; 16 characters or more.
    pub signing_secret: String,
}

impl SandboxConfig {
    /// The address, if everything is sound.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn address(&self) -> Result<Url, String> {
        for (name, secret) in [("key", &self.key), ("signing_secret", &self.signing_secret)] {
            if secret.len() < 16 {
                return Err(format!("{name} must have 16 characters or more"));
            }
        }
        address("base", &self.base)
    }
}

/// Reads an address of the web that paths can be put behind.
pub(super) fn address(name: &str, text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|error| format!("{name} is not an address: {error}"))?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err(format!("{name} must begin with https:// (or http:// on this machine)"))
    }
}

impl std::fmt::Debug for SandboxConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SandboxConfig").field("base", &self.base).finish_non_exhaustive()
    }
}
