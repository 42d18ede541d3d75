//! An address is proved to be its person's, or turns out not to work.

use base::id::AddressId;
use base::{Env, Stop};
use store::Tx;

use super::{ADDRESS_UNKNOWN, Address, Proof, rows};

/// The longest word for the way in which mail came back.
const LONGEST_CLASS: usize = 60;

/// Notes that an address is its person's, and how we know. The first proof stays.
///
/// # Errors
/// Refused if there is no such address.
pub async fn verify(tx: &mut Tx, env: &Env, id: AddressId, proof: Proof) -> Result<Address, Stop> {
    let mut address = rows::address(tx, id).await?.ok_or(ADDRESS_UNKNOWN)?;
    if address.verified_at.is_none() {
        address.verified_at = Some(env.now());
        address.verified_by = Some(proof);
        rows::update_address(tx, &address).await?;
    }
    Ok(address)
}

/// Notes that what was sent to an address came back, and in which way.
///
/// # Errors
/// Refused if there is no such address.
pub async fn note_bounce(
    tx: &mut Tx,
    env: &Env,
    id: AddressId,
    class: &str,
) -> Result<Address, Stop> {
    let mut address = rows::address(tx, id).await?.ok_or(ADDRESS_UNKNOWN)?;
    address.bounced_at = Some(env.now());
    address.bounce = Some(class.chars().take(LONGEST_CLASS).collect());
    rows::update_address(tx, &address).await?;
    Ok(address)
}
