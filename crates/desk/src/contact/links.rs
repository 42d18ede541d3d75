//! Links into one case, for one person: whoever has the link needs no account.

use base::id::{AddressId, CaseId, PersonId};
use base::{Env, Fault, Kind, Refusal, Secret, SignedDuration, Stop, Timestamp};
use store::{Reads, Tx};

use super::rows;

/// How long a link is good for if nobody says otherwise.
pub const USUAL: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The link opens nothing: the same answer whether it has expired or never was.
pub const NOT_VALID: Refusal = Refusal::new(
    Kind::NotFound,
    "case_link_not_valid",
    "this link has expired or never was; use the newest one",
);

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The case.
    pub case: CaseId,
    /// For whom.
    pub person: PersonId,
    /// Where it was sent: whoever has it reads what is sent there. None if it was shown on a page.
    pub mailed_to: Option<AddressId>,
    /// Until when it is good.
    pub until: Timestamp,
}

/// Makes a link that is shown on a page. It proves nothing about an address.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn make(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    person: PersonId,
    valid_for: SignedDuration,
) -> Result<Secret, Stop> {
    write(tx, env, case, person, None, valid_for).await
}

/// Makes a link that is sent to an address, and nowhere else: what is done with it proves that the
/// address is theirs.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn make_for_address(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    person: PersonId,
    address: AddressId,
    valid_for: SignedDuration,
) -> Result<Secret, Stop> {
    write(tx, env, case, person, Some(address), valid_for).await
}

/// Makes a link of the same kind to another case of the same person: one goes on where another
/// was closed.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn again(tx: &mut Tx, env: &Env, earlier: &Opened, case: CaseId) -> Result<Secret, Stop> {
    write(tx, env, case, earlier.person, earlier.mailed_to, USUAL).await
}

async fn write(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    person: PersonId,
    address: Option<AddressId>,
    valid_for: SignedDuration,
) -> Result<Secret, Stop> {
    let (now, secret) = (env.now(), Secret::new(&env.chance));
    let until = now.checked_add(valid_for).unwrap_or(Timestamp::MAX);
    let opened = Opened { case, person, mailed_to: address, until };
    rows::forget_keys(tx, now).await?;
    rows::insert_key(tx, &secret.hashed(), &opened, now).await?;
    Ok(secret)
}

/// What a link opens. Looking changes nothing: programs that read mail follow links too.
///
/// # Errors
/// Refused with [`NOT_VALID`] if it opens nothing.
pub async fn open(reads: &mut impl Reads, link: &Secret, now: Timestamp) -> Result<Opened, Stop> {
    Ok(rows::find_key(reads, &link.hashed(), now).await?.ok_or(NOT_VALID)?)
}

/// Ends the links into these cases that were shown on a page; those that were mailed go on.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn end_shown(tx: &mut Tx, cases: &[CaseId]) -> Result<(), Fault> {
    rows::forget_shown_keys(tx, cases).await
}
