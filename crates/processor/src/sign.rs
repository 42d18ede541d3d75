//! Digests over raw bytes, and comparing secrets without telling how much of a guess was right.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The block of SHA-256 in bytes, to which HMAC pads its key.
const BLOCK: usize = 64;

/// HMAC-SHA256 over the parts, one after another without a joiner.
#[must_use]
pub fn hmac_sha256(secret: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut key = [0; BLOCK];
    if secret.len() > BLOCK {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&key.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The same in lower-case hex, as most houses write it.
#[must_use]
pub fn hmac_sha256_hex(secret: &[u8], parts: &[&[u8]]) -> String {
    hex::encode(hmac_sha256(secret, parts))
}

/// Whether `claimed` is the hex digest over the parts; letter case is free, the time is constant.
#[must_use]
pub fn hmac_sha256_matches(secret: &[u8], parts: &[&[u8]], claimed: &str) -> bool {
    hex::decode(claimed).is_ok_and(|claimed| same(&hmac_sha256(secret, parts), &claimed))
}

/// Whether both are the same bytes, in a time that depends on their lengths only.
#[must_use]
pub fn same(ours: &[u8], theirs: &[u8]) -> bool {
    ours.ct_eq(theirs).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key, the message and the digest of test cases 1, 2 and 6 of RFC 4231.
    #[test]
    fn the_digests_are_those_of_rfc_4231() {
        let table: [(&[u8], &[u8], &str); 3] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, message, digest) in table {
            assert_eq!(hmac_sha256_hex(key, &[message]), digest);
            let (head, tail) = message.split_at(5);
            assert!(hmac_sha256_matches(key, &[head, tail], &digest.to_uppercase()));
        }
    }

    #[test]
    fn one_other_bit_or_a_cut_digest_does_not_match() {
        let digest = hmac_sha256_hex(b"key", &[b"body"]);
        assert!(!hmac_sha256_matches(b"key", &[b"bodY"], &digest));
        assert!(!hmac_sha256_matches(b"kez", &[b"body"], &digest));
        assert!(!hmac_sha256_matches(b"key", &[b"body"], &digest[..62]));
        assert!(!hmac_sha256_matches(b"key", &[b"body"], ""));
        assert!(!hmac_sha256_matches(b"key", &[b"body"], "not hex"));
    }
}
