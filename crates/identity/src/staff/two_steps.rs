//! Somebody sets up one-time codes, or gives them up.

use base::Stop;
use base::id::StaffId;
use store::Tx;

use super::codes::{self, Given, authenticator, purpose};
use super::{CODE_WRONG, NOTHING_TO_CONFIRM, UNKNOWN, rows};
use crate::{Identity, sign_in};

/// What is shown to an authenticator program, once.
#[derive(Clone)]
pub struct Enrollment {
    /// The secret for typing, in base 32.
    pub secret: String,
    /// The same as an `otpauth://` address, for a link or a QR picture.
    pub address: String,
}

impl std::fmt::Debug for Enrollment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Enrollment(…)")
    }
}

/// Makes a secret and waits for the first code from it. Until then nothing changes, and beginning
/// again replaces what waited.
///
/// # Errors
/// Refused if there is no such member of staff.
pub async fn enroll_totp(
    identity: &Identity,
    staff: StaffId,
    issuer: &str,
) -> Result<Enrollment, Stop> {
    let secret: [u8; 20] = identity.env.chance.bytes();
    let sealed = identity.vault.seal(&identity.env.chance, &purpose(staff), &secret)?;
    let email = store::write!(identity.store, |tx| {
        let known = rows::credentials_of(tx, staff).await?.ok_or(UNKNOWN)?;
        rows::set_pending(tx, staff, &sealed).await?;
        Ok(known.email)
    })?;
    let totp = authenticator(&secret, issuer, &email)?;
    let address = totp
        .to_url()
        .map_err(|error| base::Fault::of("write an authenticator's address", error))?;
    Ok(Enrollment { secret: totp.secret().to_base32(), address })
}

/// Takes the first code: from now on signing in takes one. Gives the recovery codes, once.
///
/// # Errors
/// Refused if nothing waits or the code is wrong (counted like a failed sign-in).
pub async fn confirm_totp(
    identity: &Identity,
    staff: StaffId,
    code: &str,
) -> Result<Vec<String>, Stop> {
    counted(identity, staff).await?;
    let codes = codes::recovery_codes(&identity.env.chance);
    store::write!(identity.store, |tx| {
        let known = rows::credentials_of(tx, staff).await?.ok_or(UNKNOWN)?;
        let sealed = known.totp_pending.as_ref().ok_or(NOTHING_TO_CONFIRM)?;
        let secret = identity.vault.open(&purpose(staff), sealed)?;
        let totp = authenticator(&secret, "Paydesk", &known.email)?;
        let step = codes::step_of(&totp, code.trim(), identity.env.now(), 0);
        rows::begin_totp(tx, staff, sealed, step.ok_or(CODE_WRONG.at("code"))?).await?;
        rows::drop_recovery(tx, staff).await?;
        for code in &codes {
            rows::insert_recovery(tx, staff, &codes::recovery_secret(code).hashed()).await?;
        }
        sign_in::forgive(tx, &known.email).await?;
        Ok(())
    })?;
    Ok(codes)
}

/// Gives up one-time codes, with one last code or a recovery code.
///
/// # Errors
/// Refused if the code is wrong (counted like a failed sign-in).
pub async fn remove_totp(identity: &Identity, staff: StaffId, code: &str) -> Result<(), Stop> {
    counted(identity, staff).await?;
    store::write!(identity.store, |tx| {
        let known = rows::credentials_of(tx, staff).await?.ok_or(UNKNOWN)?;
        codes::spend(tx, identity, &known, Given::read(code)).await?;
        rows::end_totp(tx, staff).await?;
        sign_in::forgive(tx, &known.email).await?;
        Ok(())
    })
}

/// Takes somebody's one-time codes away: an admin does it for who lost authenticator and recovery
/// codes.
///
/// # Errors
/// Refused if there is no such member of staff.
pub async fn forget_totp(tx: &mut Tx, staff: StaffId) -> Result<(), Stop> {
    rows::find(tx, staff).await?.ok_or(UNKNOWN)?;
    rows::end_totp(tx, staff).await?;
    Ok(())
}

async fn counted(identity: &Identity, staff: StaffId) -> Result<(), Stop> {
    let known = {
        let mut reader = identity.store.read().await?;
        rows::credentials_of(&mut reader, staff).await?.ok_or(UNKNOWN)?
    };
    sign_in::count(identity, &known.email).await
}
