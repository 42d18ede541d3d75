//! Files that were handed in and never sent with anything, and bytes that nothing uses: found slice
//! by slice, a round after the other.

use base::{Env, SignedDuration, Stop, Timestamp};
use store::{Store, blobs};

use super::rows;
use super::rows::blobs::USES;

/// How many are looked at in one go.
const SLICE: u32 = 5_000;
/// Bytes may be put a moment before the row that names them.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Removes files that belong to nothing; how many.
pub(super) async fn files(store: &Store, env: &Env, keep: SignedDuration) -> Result<u64, Stop> {
    const ROUND: &str = "files";
    let mut reader = store.read().await?;
    let after = rows::erasures::reached(&mut reader, ROUND).await?;
    let before = env.now().checked_sub(keep).unwrap_or(Timestamp::MIN);
    let (unsent, next) = rows::blobs::unsent_after(&mut reader, &after, before, SLICE).await?;
    drop(reader);
    store::write!(store, |tx| {
        let names = rows::blobs::remove_files(tx, &unsent).await?;
        blobs::remove_unused(tx, &names, &USES).await?;
        rows::erasures::reach(tx, ROUND, next.as_deref().unwrap_or_default()).await?;
        Ok::<u64, Stop>(u64::try_from(names.len()).unwrap_or(0))
    })
}

/// Removes bytes that nothing uses; how many.
pub(super) async fn bytes(store: &Store, env: &Env) -> Result<u64, Stop> {
    const ROUND: &str = "blobs";
    let mut reader = store.read().await?;
    let after = rows::erasures::reached(&mut reader, ROUND).await?;
    let before = env.now().checked_sub(FRESH).unwrap_or(Timestamp::MIN);
    let (unused, next) = blobs::unused_after(&mut reader, &after, before, SLICE, &USES).await?;
    drop(reader);
    store::write!(store, |tx| {
        let gone = blobs::remove_unused(tx, &unused, &USES).await?;
        rows::erasures::reach(tx, ROUND, next.as_deref().unwrap_or_default()).await?;
        Ok::<u64, Stop>(gone)
    })
}
