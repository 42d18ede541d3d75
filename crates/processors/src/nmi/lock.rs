//! The lock of NMI's webhooks: a signature over a nonce and the raw bytes ("Webhooks" of NMI's
//! integration pages).
//!
//! The nonce is no time, so the signature says nothing about freshness: a message that is sent
//! again is recognised by its event id.

use processor::sign::hmac_sha256_matches;
use processor::{RawNotice, Rejected};

/// The longest nonce that is looked at.
const NONCE: usize = 256;

/// Opens for a message that the key has signed.
pub(super) fn open(key: Option<&str>, raw: &RawNotice) -> Result<(), Rejected> {
    let key = key.ok_or(Rejected::Signature)?;
    let header = raw.header("webhook-signature").ok_or(Rejected::Signature)?;
    let one = |name: &str| {
        let parts = header.split(',').filter_map(|part| part.trim().split_once('='));
        let mut values = parts.filter(|(part, _)| *part == name).map(|(_, value)| value);
        values.next().filter(|_| values.next().is_none())
    };
    let (Some(nonce), Some(claim)) = (one("t"), one("s")) else { return Err(Rejected::Signature) };
    if nonce.is_empty() || nonce.len() > NONCE {
        return Err(Rejected::Signature);
    }
    let signed: [&[u8]; 3] = [nonce.as_bytes(), b".", &raw.body];
    if hmac_sha256_matches(key.as_bytes(), &signed, claim) {
        Ok(())
    } else {
        Err(Rejected::Signature)
    }
}
