//! Signing by the Standard Webhooks convention: HMAC-SHA256 over id, time and body.

use base::{Chance, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use processor::sign::hmac_sha256;

/// What every secret begins with as its owner sees it.
pub const PREFIX: &str = "whsec_";

/// The key of one endpoint. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey(Vec<u8>);

impl SigningKey {
    /// A new key of 256 bits.
    #[must_use]
    pub fn new(chance: &Chance) -> SigningKey {
        SigningKey(chance.bytes::<32>().to_vec())
    }

    /// A key as it was kept.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> SigningKey {
        SigningKey(bytes)
    }

    /// The key as it is kept, sealed. Careful: never log it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key as its owner sees it, once. Careful: never log it.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// The header `webhook-signature` for a body that goes out now.
    #[must_use]
    pub fn signature(&self, id: &str, now: Timestamp, body: &str) -> String {
        let head = format!("{id}.{}.", now.as_second());
        let digest = hmac_sha256(&self.0, &[head.as_bytes(), body.as_bytes()]);
        format!("v1,{}", STANDARD.encode(digest))
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SigningKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use base::Clock;
    use proptest::prelude::*;
    use standardwebhooks::Webhook;

    use super::*;

    fn headers(id: &str, now: Timestamp, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("webhook-id", id.parse().unwrap());
        headers.insert("webhook-timestamp", now.as_second().to_string().parse().unwrap());
        headers.insert("webhook-signature", signature.parse().unwrap());
        headers
    }

    proptest! {
        #[test]
        fn the_reference_library_accepts_what_we_sign(body in ".{0,200}", seed in any::<u64>()) {
            let key = SigningKey::new(&Chance::seeded(seed));
            let theirs = Webhook::new(&key.reveal()).unwrap();
            let now = Clock::system().now();
            let signature = key.signature("evt_1", now, &body);
            let expected = theirs.sign("evt_1", now.as_second(), body.as_bytes()).unwrap();
            prop_assert_eq!(&signature, &expected);
            let headers = headers("evt_1", now, &signature);
            prop_assert!(theirs.verify(body.as_bytes(), &headers).is_ok());
            let other = format!("{} ", body);
            prop_assert!(theirs.verify(other.as_bytes(), &headers).is_err());
        }
    }

    #[test]
    fn the_example_in_the_guide_is_right() {
        let guide = include_str!("../../../../docs/api.md");
        let (key, now) = ((0..32).collect(), Timestamp::from_second(1_795_262_400).unwrap());
        let key = SigningKey::from_bytes(key);
        let id = "evt_01k2h7v3b5d8m9xq4r6s2t1w0y";
        let body = r#"{"id":"evt_01k2h7v3b5d8m9xq4r6s2t1w0y","type":"tip.left"}"#;
        for said in [&key.reveal(), id, "1795262400", body, &key.signature(id, now, body)] {
            assert!(guide.contains(&format!("`{said}`")), "{said}");
        }
    }

    #[test]
    fn a_key_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", SigningKey::new(&Chance::seeded(1))), "SigningKey(…)");
    }
}
