//! Ids that follow from other ids, so that the same cause always names the same transfer.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The id of a transfer that `base` causes. `nth` tells the transfers of one cause apart.
///
/// It keeps the time of `base` in front, so ids stay ordered by time; the rest is a hash.
#[must_use]
pub fn transfer_id(base: Uuid, nth: &'static str) -> u128 {
    derived(time_of(base), &[b"transfer", base.as_bytes(), nth.as_bytes()])
}

/// The id of an account that belongs to `owner`.
pub(crate) fn account_id(owner: Uuid, code: u16, ledger: u32) -> u128 {
    let parts: [&[u8]; 4] =
        [b"account", owner.as_bytes(), &code.to_be_bytes(), &ledger.to_be_bytes()];
    derived(time_of(owner), &parts)
}

/// The id of an account that belongs to nobody but has a name.
pub(crate) fn named_account_id(name: &str, code: u16, ledger: u32) -> u128 {
    let parts: [&[u8]; 4] =
        [b"named account", name.as_bytes(), &code.to_be_bytes(), &ledger.to_be_bytes()];
    derived([0; 6], &parts)
}

fn time_of(id: Uuid) -> [u8; 6] {
    let [a, b, c, d, e, f, ..] = id.into_bytes();
    [a, b, c, d, e, f]
}

/// A UUID of version 8: six bytes of time, then the hash.
fn derived(time: [u8; 6], parts: &[&[u8]]) -> u128 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[..6].copy_from_slice(&time);
    Builder::from_custom_bytes(bytes).into_uuid().as_u128()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_keep_the_time_and_differ_by_label() {
        let base = Uuid::from_u128(0x0192_3456_789a_7000_8000_0000_0000_0001);
        let (first, second) = (transfer_id(base, "a"), transfer_id(base, "b"));
        assert_ne!(first, second);
        assert_eq!(first, transfer_id(base, "a"));
        assert_eq!(first >> 80, base.as_u128() >> 80);
        assert_eq!(Uuid::from_u128(first).get_version_num(), 8);
    }

    #[test]
    fn accounts_of_one_owner_differ_by_book_and_ledger() {
        let owner = Uuid::from_u128(7 << 80);
        assert_ne!(account_id(owner, 1, 840), account_id(owner, 1, 978));
        assert_ne!(account_id(owner, 1, 840), account_id(owner, 2, 840));
        assert_ne!(named_account_id("a", 1, 840), named_account_id("b", 1, 840));
    }
}
