//! How often somebody may write: enough for a bad day, too little to bury the desk or to flood a
//! stranger's mail box. Counted in rows, so that a restart or another node changes nothing.

use base::{Env, Kind, Refusal, SignedDuration, Stop};
use store::limits::{self, Limit};
use store::{Tx, Vault};

/// Somebody wrote too often.
pub const TOO_OFTEN: Refusal = Refusal::new(
    Kind::TooMany,
    "contact_too_often",
    "much was sent from here lately; wait an hour or write a mail",
);

/// Forms from one network address, and how long they count: an office or a train has one.
const ADDRESS: Limit = Limit::new(60, SignedDuration::from_hours(1));
/// Forms from one device, and how long they count.
const DEVICE: Limit = Limit::new(30, SignedDuration::from_hours(24));
/// Forms that name one mail address, and how long they count: each sends a mail there.
const MAIL: Limit = Limit::new(5, SignedDuration::from_hours(1));

/// Who writes, as far as it is known.
#[derive(Clone, Debug)]
pub struct From {
    /// The network address, or what stands for a household of them.
    pub address: String,
    /// What the browser keeps for us.
    pub device: String,
}

/// Counts a form from an address and a device. In a deed of its own: what is refused counts too.
pub(super) async fn count_sender(
    tx: &mut Tx,
    env: &Env,
    vault: &Vault,
    from: &From,
) -> Result<Passed, Stop> {
    let now = env.now();
    limits::forget(tx, now).await?;
    let address = vault.blind("contact address", &from.address);
    let address = Passed::of(limits::passes(tx, &address, ADDRESS, now).await?);
    let device = vault.blind("contact device", &from.device);
    let device = Passed::of(limits::passes(tx, &device, DEVICE, now).await?);
    Ok(if address == Passed::Yes { device } else { address })
}

/// Counts a form that names this mail address. In a deed of its own.
pub(super) async fn count_mail(
    tx: &mut Tx,
    env: &Env,
    vault: &Vault,
    mail: &str,
) -> Result<Passed, Stop> {
    let mail = vault.blind("contact mail", &mail.to_lowercase());
    Ok(Passed::of(limits::passes(tx, &mail, MAIL, env.now()).await?))
}

/// Whether a request was within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// It was.
    Yes,
    /// There were too many.
    No,
}

impl Passed {
    const fn of(within: bool) -> Passed {
        if within { Passed::Yes } else { Passed::No }
    }
}
