//! Which account has which transfer, as pairs: sorted, packed into chunks, and found again.

/// An account's number and a timestamp.
pub(super) type Pair = (u32, i64);

/// So many pairs make a chunk.
const CHUNK: usize = 512;

/// Sorted pairs in a row of their own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The account of the first pair.
    pub(super) first: u32,
    /// Which of the chunks that begin with this account.
    pub(super) nth: i64,
    /// The packed pairs.
    pub(super) bytes: Vec<u8>,
}

/// Sorts pairs and packs them. `since` is the smallest timestamp there can be.
pub(super) fn pack(mut pairs: Vec<Pair>, since: i64) -> Vec<Chunk> {
    pairs.sort_unstable();
    let mut chunks: Vec<Chunk> = Vec::new();
    for run in pairs.chunks(CHUNK) {
        let Some((first, _)) = run.first() else { continue };
        let nth = match chunks.last() {
            Some(before) if before.first == *first => before.nth + 1,
            _ => 0,
        };
        chunks.push(Chunk { first: *first, nth, bytes: pack_chunk(run, *first, since) });
    }
    chunks
}

/// Pairs are stored as steps: from account to account, and from timestamp to timestamp within one.
fn pack_chunk(pairs: &[Pair], first: u32, since: i64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(pairs.len() * 8);
    let (mut account, mut time) = (first, since);
    for (next, timestamp) in pairs {
        if *next != account {
            time = since;
        }
        push(&mut bytes, u64::from(next - account));
        push(&mut bytes, timestamp.abs_diff(time));
        (account, time) = (*next, *timestamp);
    }
    bytes
}

/// The timestamps of one account in a chunk; `None` if the chunk is damaged.
pub(super) fn find(bytes: &[u8], first: u32, since: i64, wanted: u32) -> Option<Vec<i64>> {
    let mut found = Vec::new();
    let (mut account, mut time, mut rest) = (first, since, bytes);
    while !rest.is_empty() {
        let (step, after) = pull(rest)?;
        let (later, after) = pull(after)?;
        if step > 0 {
            account = account.checked_add(u32::try_from(step).ok()?)?;
            time = since;
        }
        time = time.checked_add_unsigned(later)?;
        if account == wanted {
            found.push(time);
        }
        if account > wanted {
            break;
        }
        rest = after;
    }
    Some(found)
}

/// Seven bits a byte, the highest bit says that more follow.
fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

fn pull(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0_u64;
    for (nth, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f).checked_shl(u32::try_from(7 * nth).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((number, &bytes[nth + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_pair_is_found_again(
            pairs in prop::collection::btree_set((0_u32..20, 100_i64..1_000_000), 0..3000),
        ) {
            let pairs: Vec<Pair> = pairs.into_iter().collect();
            let chunks = pack(pairs.clone(), 100);
            for account in 0..20 {
                let found: Vec<i64> = chunks
                    .iter()
                    .filter(|chunk| chunk.first <= account)
                    .flat_map(|chunk| find(&chunk.bytes, chunk.first, 100, account).unwrap())
                    .collect();
                let wanted: Vec<i64> =
                    pairs.iter().filter(|pair| pair.0 == account).map(|pair| pair.1).collect();
                prop_assert_eq!(found, wanted);
            }
        }
    }

    #[test]
    fn a_hot_account_fills_chunks_of_its_own() {
        let chunks = pack((0..1500).map(|time| (7, time)).collect(), 0);
        let names: Vec<_> = chunks.iter().map(|chunk| (chunk.first, chunk.nth)).collect();
        assert_eq!(names, [(7, 0), (7, 1), (7, 2)]);
    }
}
