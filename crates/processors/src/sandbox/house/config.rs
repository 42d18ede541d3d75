//! What the house is configured with.

use std::path::PathBuf;

use url::Url;

use crate::sandbox::config::address;

/// The configuration of the sandbox's house.
#[derive(Clone)]
pub struct HouseConfig {
    /// Where browsers reach it: `http://127.0.0.1:8080/`.
    pub base: String,
    /// The key its API asks for; 16 characters or more.
    pub key: String,
    /// What it signs postbacks with; 16 characters or more.
    pub signing_secret: String,
    /// Where it writes its sales down; without it they live as long as the process. Opening a
    /// house only reads it, the first sale takes it for this process.
    pub file: Option<PathBuf>,
}

impl HouseConfig {
    /// The address browsers reach it at, if everything is sound.
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

impl std::fmt::Debug for HouseConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("HouseConfig")
            .field("base", &self.base)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}
