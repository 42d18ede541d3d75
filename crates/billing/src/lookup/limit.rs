//! How often somebody may look: few enough that facts cannot be guessed. Counted in rows, so that
//! a restart or another node changes nothing.

use base::{Kind, Refusal, SignedDuration, Stop};
use store::limits::{self, Limit};

use super::Lookup;

/// Somebody looked too often.
pub const TOO_OFTEN: Refusal = Refusal::new(
    Kind::TooMany,
    "lookup_too_often",
    "charges were looked up too often from here; try again later or write to support",
);

/// Tries from one address, and how long they count.
const ADDRESS: Limit = Limit::new(5, SignedDuration::from_hours(1));
/// Tries from one device, and how long they count.
const DEVICE: Limit = Limit::new(20, SignedDuration::from_hours(24));

/// Who looks, as far as it is known.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The network address, or what stands for a household of them.
    pub address: String,
    /// What the browser keeps for us.
    pub device: String,
}

/// Counts a try; refused if there were too many.
pub(super) async fn count(lookup: &Lookup, asker: &Asker) -> Result<(), Stop> {
    let now = lookup.billing.env.now();
    let address = lookup.vault.blind("look-up address", &asker.address);
    let device = lookup.vault.blind("look-up device", &asker.device);
    let passed = store::write!(lookup.billing.store, |tx| {
        limits::forget(tx, now).await?;
        let by_address = limits::passes(tx, &address, ADDRESS, now).await?;
        let by_device = limits::passes(tx, &device, DEVICE, now).await?;
        Ok(by_address && by_device)
    })?;
    if passed { Ok(()) } else { Err(TOO_OFTEN.into()) }
}
