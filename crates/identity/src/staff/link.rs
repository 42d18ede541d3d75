//! A link that lets a member of staff in once.

use base::id::StaffId;
use base::{Env, Secret, SignedDuration, Stop};
use store::Tx;

use super::{UNKNOWN, rows};
use crate::identity::later;

/// How long a link is good for.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Makes a link, for somebody new or somebody who forgot their password. Earlier links of theirs
/// open nothing any more.
///
/// Careful: whoever has the link is them. Only an admin or the operator's own hands make one.
///
/// # Errors
/// Refused if there is no such member of staff.
pub async fn make_link(tx: &mut Tx, env: &Env, staff: StaffId) -> Result<Secret, Stop> {
    if rows::find(tx, staff).await?.is_none() {
        return Err(UNKNOWN.into());
    }
    let (now, secret) = (env.now(), Secret::new(&env.chance));
    rows::drop_links(tx, staff).await?;
    rows::insert_link(tx, &secret.hashed(), staff, now, later(now, GOOD_FOR)).await?;
    Ok(secret)
}
