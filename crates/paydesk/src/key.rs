//! The key that seals secrets at rest: from the configuration, or made once in the data folder.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use base::Chance;
use sha2::{Digest as _, Sha256};

/// The name of the key's file inside the data folder.
pub const FILE: &str = "paydesk.key";

/// The sealing key.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// The configured key, or the data folder's, which is made if there is none.
    ///
    /// # Errors
    /// If it is not 64 hex digits, or the folder cannot be written.
    pub fn find(configured: Option<&str>, folder: &Path, chance: &Chance) -> Result<Key> {
        if let Some(text) = configured {
            return Key::read(text)
                .context("key: write 64 hex digits, such as `openssl rand -hex 32` gives");
        }
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the data folder {} cannot be made", folder.display()))?;
        let path = folder.join(FILE);
        let fresh = hex::encode(chance.bytes::<32>());
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                file.write_all(fresh.as_bytes())?;
                file.sync_all()?;
                Key::read(&fresh)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let text = std::fs::read_to_string(&path)?;
                Key::read(text.trim()).with_context(|| format!("{} is damaged", path.display()))
            }
            Err(error) => {
                Err(error).with_context(|| format!("{} cannot be written", path.display()))
            }
        }
    }

    fn read(text: &str) -> Result<Key> {
        let bytes = hex::decode(text)?;
        ensure!(bytes.len() == 32, "it has {} bytes instead of 32", bytes.len());
        let mut key = [0; 32];
        key.copy_from_slice(&bytes);
        Ok(Key(key))
    }

    /// The bytes, for the vault.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A secret for one purpose that only holders of the key can make again.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> String {
        hex::encode(Sha256::new().chain_update(self.0).chain_update(purpose).finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let chance = Chance::seeded(1);
        let first = Key::find(None, folder.path(), &chance).unwrap();
        let again = Key::find(None, folder.path(), &chance).unwrap();
        assert_eq!(first.bytes(), again.bytes());
        assert_ne!(first.derived("a"), first.derived("b"));
    }

    #[test]
    fn a_short_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Key::find(Some("abcd"), folder.path(), &Chance::seeded(1)).is_err());
    }
}
