//! How often somebody may write: enough for a bad day, too little to bury the desk or to flood a
//! stranger's mail box. Counted in rows, so that a restart or another node changes nothing.

use base::id::CaseId;
use base::{Env, Kind, Refusal, SignedDuration, Stop, Timestamp};
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

/// What is added to cases from one network address, and how long it counts.
const ADDED: Limit = Limit::new(120, SignedDuration::from_hours(1));
/// What is added to one case, and how long it counts.
const ADDED_TO_ONE: Limit = Limit::new(30, SignedDuration::from_hours(1));

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
    let address = count(tx, &address, ADDRESS, now).await?;
    let device = vault.blind("contact device", &from.device);
    let device = count(tx, &device, DEVICE, now).await?;
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
    count(tx, &mail, MAIL, env.now()).await
}

async fn count(tx: &mut Tx, subject: &str, limit: Limit, now: Timestamp) -> Result<Passed, Stop> {
    let within = limits::passes(tx, subject, limit, now).await?;
    Ok(if within { Passed::Yes } else { Passed::No })
}

/// Counts something that is added to a case. In a deed of its own.
pub(super) async fn count_added(
    tx: &mut Tx,
    env: &Env,
    vault: &Vault,
    (from, case): (&From, CaseId),
) -> Result<Passed, Stop> {
    let now = env.now();
    limits::forget(tx, now).await?;
    let address = vault.blind("contact added from", &from.address);
    let address = limits::passes(tx, &address, ADDED, now).await?;
    let case = vault.blind("contact added to", &case.to_string());
    let case = limits::passes(tx, &case, ADDED_TO_ONE, now).await?;
    Ok(if address && case { Passed::Yes } else { Passed::No })
}

/// Whether a request was within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// It was.
    Yes,
    /// There were too many.
    No,
}
