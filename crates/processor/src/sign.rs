//! Digests over raw bytes, and comparing secrets without telling how much of a guess was right.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The block of SHA-256 in bytes, to which HMAC pads its key.
const BLOCK: usize = 64;

/// How a digest is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digesting {
    /// MD5 (RFC 1321), without a key.
    Md5,
    /// SHA-1 (FIPS 180-4), without a key.
    Sha1,
    /// SHA-256 (FIPS 180-4), without a key.
    Sha256,
    /// HMAC (RFC 2104) with MD5.
    HmacMd5,
    /// HMAC with SHA-1.
    HmacSha1,
    /// HMAC with SHA-256.
    HmacSha256,
}

impl Digesting {
    /// The digest over the parts, one after another without a joiner. Only an HMAC looks at the
    /// key; houses that put a secret into the text pass it as a part.
    #[must_use]
    pub fn digest(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Digesting::Md5 => plain::<md5::Md5>(parts),
            Digesting::Sha1 => plain::<sha1::Sha1>(parts),
            Digesting::Sha256 => plain::<Sha256>(parts),
            Digesting::HmacMd5 => keyed(<Hmac<md5::Md5> as KeyInit>::new_from_slice(key), parts),
            Digesting::HmacSha1 => keyed(<Hmac<sha1::Sha1> as KeyInit>::new_from_slice(key), parts),
            Digesting::HmacSha256 => keyed(<Hmac<Sha256> as KeyInit>::new_from_slice(key), parts),
        }
    }

    /// The digest in lower-case hex.
    #[must_use]
    pub fn hex(self, key: &[u8], parts: &[&[u8]]) -> String {
        hex::encode(self.digest(key, parts))
    }

    /// Whether `claimed` is the hex digest; letter case is free, the time is constant.
    #[must_use]
    pub fn matches(self, key: &[u8], parts: &[&[u8]], claimed: &str) -> bool {
        hex::decode(claimed).is_ok_and(|claimed| same(&self.digest(key, parts), &claimed))
    }
}

fn plain<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// HMAC takes a key of any length, so there is always one; without it nothing would match.
fn keyed<M: Mac, E>(mac: Result<M, E>, parts: &[&[u8]]) -> Vec<u8> {
    let Ok(mut mac) = mac else { return Vec::new() };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

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

    /// The test suite of RFC 1321, FIPS 180's "abc", and case 2 of RFC 2202.
    #[test]
    fn the_other_digests_are_those_of_their_standards() {
        let abc: &[&[u8]] = &[b"a", b"bc"];
        assert_eq!(Digesting::Md5.hex(b"", abc), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(Digesting::Sha1.hex(b"", abc), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digesting::Sha256.hex(b"", abc), sha256);
        let (key, text): (&[u8], &[&[u8]]) = (b"Jefe", &[b"what do ya want for nothing?"]);
        assert_eq!(Digesting::HmacMd5.hex(key, text), "750c783e6ab0b503eaa86e310a5db738");
        let sha1 = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
        assert_eq!(Digesting::HmacSha1.hex(key, text), sha1);
        assert_eq!(Digesting::HmacSha256.hex(key, text), hmac_sha256_hex(key, text));
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
