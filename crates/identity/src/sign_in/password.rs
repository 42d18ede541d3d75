//! Somebody signs in with a password.

use std::net::IpAddr;

use base::{Secret, Stop};

use super::{CODE_NEEDED, FAILED, tries};
use crate::sessions::{self, OpenedBy, Session};
use crate::staff::{self, Credentials, Given};
use crate::{Email, Identity};

/// Lets a member of staff in with their password and, if they set it up, a one-time code or a
/// recovery code. The secret goes into their browser's cookie.
///
/// # Errors
/// Refused with [`FAILED`], [`CODE_NEEDED`], [`staff::CODE_WRONG`] or [`super::TOO_OFTEN`].
pub async fn with_password(
    identity: &Identity,
    email: &str,
    password: &str,
    totp: Option<&str>,
    from: IpAddr,
) -> Result<(Session, Secret), Stop> {
    let now = identity.env.now();
    let subjects = [tries::account(email), tries::network(from)];
    store::write!(identity.store, |tx| tries::begin(tx, now, &subjects).await)?;

    let known = known(identity, email).await?;
    let hash = known.as_ref().and_then(|known| known.password.as_deref());
    if !identity.passwords.fits(password, hash).await? {
        return refused(FAILED.into());
    }
    let Some(known) = known else { return refused(FAILED.into()) };

    let entered = store::write!(identity.store, |tx| {
        // Read again: while the password was checked, another sign-in may have used the code.
        let fresh = staff::credentials(tx, &known.email).await?.ok_or(FAILED)?;
        if fresh.disabled || fresh.password != known.password {
            return Err(FAILED.into());
        }
        if fresh.totp.is_some() {
            let code = totp.filter(|code| !code.trim().is_empty()).ok_or(CODE_NEEDED)?;
            staff::spend(tx, identity, &fresh, Given::read(code)).await?;
        }
        tries::end(tx, &fresh.email, from).await?;
        Ok(sessions::begin_for_staff(tx, &identity.env, fresh.id, OpenedBy::Password).await?)
    });
    match entered {
        Ok(entered) => {
            metrics::counter!("paydesk_sign_ins", "outcome" => "in").increment(1);
            Ok(entered)
        }
        Err(stop) => refused(stop),
    }
}

/// What lets whoever has this address in; nothing for who is disabled, as for nobody.
async fn known(identity: &Identity, email: &str) -> Result<Option<Credentials>, Stop> {
    let Ok(email) = Email::checked(email) else { return Ok(None) };
    let mut reader = identity.store.read().await?;
    let known = staff::credentials(&mut reader, &email.folded()).await?;
    Ok(known.filter(|known| !known.disabled))
}

fn refused<T>(stop: Stop) -> Result<T, Stop> {
    let outcome = stop.refusal().map_or("fault", |refusal| refusal.code);
    metrics::counter!("paydesk_sign_ins", "outcome" => outcome).increment(1);
    Err(stop)
}
