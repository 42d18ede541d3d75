//! The lock of Stripe's webhooks: a signature over the raw bytes and the time they were signed at
//! ("Verify webhook signatures manually" at docs.stripe.com).

use processor::sign::hmac_sha256_matches;
use processor::{RawNotice, Rejected};

/// How old or how far ahead a signature may be, in seconds.
const TOLERANCE: u64 = 300;
/// The most signatures that are looked at: Stripe sends one for each secret that is valid.
const CLAIMS: usize = 8;

/// Opens for a message that one of the secrets has signed within the tolerance.
///
/// Only `v1` counts: `v0` is made with a key that is not secret.
pub(super) fn open(secrets: &[String], raw: &RawNotice) -> Result<(), Rejected> {
    let header = raw.header("stripe-signature").ok_or(Rejected::Signature)?;
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let mut times = parts().filter(|(name, _)| *name == "t").map(|(_, time)| time);
    let (Some(time), None) = (times.next(), times.next()) else { return Err(Rejected::Signature) };
    let signed: [&[u8]; 3] = [time.as_bytes(), b".", &raw.body];
    let claims = || parts().filter(|(name, _)| *name == "v1").take(CLAIMS);
    let opens = |secret: &String| {
        claims().any(|(_, claim)| hmac_sha256_matches(secret.as_bytes(), &signed, claim))
    };
    if !secrets.iter().any(opens) {
        return Err(Rejected::Signature);
    }
    let signed_at: i64 = time.parse().map_err(|_| Rejected::Signature)?;
    if raw.received_at.as_second().abs_diff(signed_at) > TOLERANCE {
        return Err(Rejected::Stale);
    }
    Ok(())
}
