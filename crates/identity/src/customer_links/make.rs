//! The host site asks for a link for one of its visitors.

use base::id::CustomerId;
use base::{Env, Secret, SignedDuration, Stop};
use store::Tx;

use super::rows;
use crate::customers;
use crate::identity::later;

/// No link is good for longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Makes a link that opens once and only for so long, a week at most.
///
/// # Errors
/// Refused if there is no such customer.
pub async fn make(
    tx: &mut Tx,
    env: &Env,
    customer: CustomerId,
    valid_for: SignedDuration,
) -> Result<Secret, Stop> {
    if customers::find(tx, customer).await?.is_none() {
        return Err(customers::UNKNOWN.at("customer").into());
    }
    let (now, secret) = (env.now(), Secret::new(&env.chance));
    let until = later(now, valid_for.min(LONGEST));
    rows::insert(tx, &secret.hashed(), customer, now, until).await?;
    Ok(secret)
}
