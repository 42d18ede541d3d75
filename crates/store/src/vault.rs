//! Secrets of others that must be read again (processors' keys, webhook secrets), sealed at rest.

use aes_gcm_siv::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use base::{Chance, Fault};
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

/// How the sealed text begins; another recipe would get another number.
const RECIPE: &str = "v1";

/// Seals with the newest key and opens with any.
///
/// The purpose is bound into the seal: what was sealed as one thing does not open as another, so
/// a row cannot be passed off for its neighbour.
#[derive(Clone)]
pub struct Vault {
    newest: Named,
    older: Vec<Named>,
}

#[derive(Clone)]
struct Named {
    id: String,
    cipher: Aes256GcmSiv,
    blinder: Hmac<Sha256>,
}

impl Named {
    fn new(key: &[u8; 32]) -> Named {
        let digest = Sha256::new().chain_update(b"paydesk vault key id").chain_update(key);
        let id = hex::encode(&digest.finalize()[..4]);
        // A key as long as the hash's block, made of this one for this use only.
        let mut blinding = [0_u8; 64];
        for (nth, half) in blinding.chunks_exact_mut(32).enumerate() {
            let purpose = [b"paydesk vault blinding ".as_slice(), &[nth.to_le_bytes()[0]]].concat();
            half.copy_from_slice(&Sha256::new().chain_update(purpose).chain_update(key).finalize());
        }
        let blinder = <Hmac<Sha256> as hmac::KeyInit>::new(&blinding.into());
        Named { id, cipher: Aes256GcmSiv::new(key.into()), blinder }
    }
}

impl Vault {
    /// A vault with one key.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Vault {
        Vault { newest: Named::new(key), older: Vec::new() }
    }

    /// The same vault, with a newer key that seals from now on; the others go on opening.
    #[must_use]
    pub fn rotated(self, newest: &[u8; 32]) -> Vault {
        let mut older = self.older;
        older.push(self.newest);
        Vault { newest: Named::new(newest), older }
    }

    /// Whether a sealed text was sealed with an older key and should be sealed again.
    #[must_use]
    pub fn is_stale(&self, sealed: &str) -> bool {
        sealed.split('.').nth(1) != Some(self.newest.id.as_str())
    }

    /// A text as a keyed hash, 32 letters of hex: the same text for the same purpose gives the same
    /// hash, and nobody without the key can guess back from it.
    ///
    /// It stays the same when newer keys are added, so what was stored is still found.
    #[must_use]
    pub fn blind(&self, purpose: &str, text: &str) -> String {
        let mut blinder = self.older.first().unwrap_or(&self.newest).blinder.clone();
        for part in [purpose.as_bytes(), &[0], text.as_bytes()] {
            blinder.update(part);
        }
        hex::encode(&blinder.finalize().into_bytes()[..16])
    }

    /// Seals bytes for one purpose: `v1.<key>.<nonce and cipher text>` in hex.
    ///
    /// # Errors
    /// A fault if there is too much to seal.
    pub fn seal(&self, chance: &Chance, purpose: &str, plain: &[u8]) -> Result<String, Fault> {
        let nonce: [u8; 12] = chance.bytes();
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let sealed = self
            .newest
            .cipher
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Fault::new("seal a secret: it is too long"))?;
        Ok(format!("{RECIPE}.{}.{}{}", self.newest.id, hex::encode(nonce), hex::encode(sealed)))
    }

    /// Opens what was sealed for the same purpose with any of the keys.
    ///
    /// # Errors
    /// A fault if it was sealed with another key or for another purpose, or was changed since.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, Fault> {
        let unreadable = || Fault::new("read a sealed secret: it is damaged");
        let mut parts = sealed.split('.');
        let (Some(RECIPE), Some(id), Some(hex), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(unreadable());
        };
        let mut keys = std::iter::once(&self.newest).chain(&self.older);
        let key = keys.find(|key| key.id == id).ok_or_else(|| {
            Fault::new(format!("open a secret: it was sealed with the key {id}, which is not here"))
        })?;
        let bytes = hex::decode(hex).map_err(|_| unreadable())?;
        let (nonce, cipher) = bytes.split_first_chunk::<12>().ok_or_else(unreadable)?;
        key.cipher
            .decrypt(&Nonce::from(*nonce), Payload { msg: cipher, aad: purpose.as_bytes() })
            .map_err(|_| Fault::new("open a secret: it was changed, or sealed for another purpose"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_for_the_same_purpose_only() {
        let (vault, chance) = (Vault::new(&[7; 32]), Chance::seeded(1));
        let sealed = vault.seal(&chance, "webhook whe_1", b"whsec_abc").unwrap();
        assert!(!sealed.contains("whsec"));
        assert_eq!(vault.open("webhook whe_1", &sealed).unwrap(), b"whsec_abc");
        assert!(vault.open("webhook whe_2", &sealed).is_err());
        assert_ne!(sealed, vault.seal(&chance, "webhook whe_1", b"whsec_abc").unwrap());
    }

    #[test]
    fn a_change_of_any_letter_is_noticed() {
        let (vault, chance) = (Vault::new(&[7; 32]), Chance::seeded(2));
        let sealed = vault.seal(&chance, "p", b"secret").unwrap();
        for at in 0..sealed.len() {
            let mut letters = sealed.clone().into_bytes();
            letters[at] = if letters[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(letters).unwrap();
            assert!(vault.open("p", &changed).is_err(), "letter {at} of {sealed}");
        }
        for cut in 0..sealed.len() {
            assert!(vault.open("p", &sealed[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn a_blinded_text_is_found_again_by_its_key_and_purpose_only() {
        let vault = Vault::new(&[7; 32]);
        let hash = vault.blind("mail", "ana@example.org");
        assert_eq!(hash.len(), 32);
        assert_eq!(hash, vault.blind("mail", "ana@example.org"));
        assert_ne!(hash, vault.blind("user", "ana@example.org"));
        assert_ne!(vault.blind("a", "bc"), vault.blind("ab", "c"), "the purpose has an end");
        assert_ne!(hash, Vault::new(&[8; 32]).blind("mail", "ana@example.org"));
        assert_eq!(hash, vault.rotated(&[9; 32]).blind("mail", "ana@example.org"));
    }

    #[test]
    fn the_newest_key_seals_and_all_of_them_open() {
        let chance = Chance::seeded(3);
        let old = Vault::new(&[1; 32]).seal(&chance, "p", b"secret").unwrap();
        let vault = Vault::new(&[1; 32]).rotated(&[2; 32]);
        assert_eq!(vault.open("p", &old).unwrap(), b"secret");
        assert!(vault.is_stale(&old));
        let new = vault.seal(&chance, "p", b"secret").unwrap();
        assert!(!vault.is_stale(&new));
        let refused = Vault::new(&[1; 32]).open("p", &new).unwrap_err().to_string();
        assert!(refused.contains("which is not here"), "{refused}");
    }
}
