//! Somebody signs in with a link.

use base::{Secret, Stop};

use super::{LINK_NOT_VALID, tries};
use crate::Identity;
use crate::sessions::{self, OpenedBy, Session};
use crate::staff;

/// Lets a member of staff in with a link, which is used up by it.
///
/// Programs that look into mails open links too, so a page asks for a click before it calls this.
///
/// # Errors
/// Refused with [`LINK_NOT_VALID`].
pub async fn with_link(identity: &Identity, link: &Secret) -> Result<(Session, Secret), Stop> {
    let now = identity.env.now();
    store::write!(identity.store, |tx| {
        let known = staff::open_link(tx, &link.hashed(), now).await?.ok_or(LINK_NOT_VALID)?;
        if known.disabled {
            return Err(LINK_NOT_VALID.into());
        }
        tries::forgive(tx, &known.email).await?;
        Ok(sessions::begin_for_staff(tx, &identity.env, known.id, OpenedBy::Link).await?)
    })
}
