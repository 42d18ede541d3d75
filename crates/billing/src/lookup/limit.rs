//! How often somebody may look: few enough that facts cannot be guessed. Counted in rows, so that
//! a restart or another node changes nothing.

use base::{Kind, Refusal, SignedDuration, Stop, Timestamp};
use store::Tx;

use super::{Lookup, rows};

/// Somebody looked too often.
pub const TOO_OFTEN: Refusal = Refusal::new(
    Kind::TooMany,
    "lookup_too_often",
    "charges were looked up too often from here; try again later or write to support",
);

/// Tries from one address, and how long they count.
const ADDRESS: (i64, SignedDuration) = (5, SignedDuration::from_hours(1));
/// Tries from one device, and how long they count.
const DEVICE: (i64, SignedDuration) = (20, SignedDuration::from_hours(24));

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
        rows::forget_tries(tx, ago(now, DEVICE.1)).await?;
        let by_address = passes(tx, &address, ADDRESS, now).await?;
        let by_device = passes(tx, &device, DEVICE, now).await?;
        Ok(by_address && by_device)
    })?;
    if passed { Ok(()) } else { Err(TOO_OFTEN.into()) }
}

async fn passes(
    tx: &mut Tx,
    subject: &str,
    (most, lasts): (i64, SignedDuration),
    now: Timestamp,
) -> Result<bool, Stop> {
    let tries = rows::count_try(tx, subject, now, ago(now, lasts)).await?;
    Ok(tries <= most)
}

fn ago(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
