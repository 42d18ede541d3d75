//! A colleague joins.

use base::{Env, Secret, Stop};
use store::Tx;

use super::{EMAIL_TAKEN, NewStaff, Staff, link, rows};

/// Adds a member of staff; the secret is a link that lets them in once within a day, to choose a
/// password.
///
/// # Errors
/// Refused if another one has the address.
pub async fn add(tx: &mut Tx, env: &Env, new: NewStaff) -> Result<(Staff, Secret), Stop> {
    let email = new.email.folded();
    if rows::find_by_email(tx, &new.email).await?.is_some() {
        return Err(EMAIL_TAKEN.at("email").into());
    }
    let staff = Staff {
        id: env.id(),
        email,
        name: new.name.into_string(),
        role: new.role,
        has_password: false,
        has_totp: false,
        disabled_at: None,
        created_at: env.now(),
    };
    rows::insert(tx, &staff).await?;
    let secret = link::make_link(tx, env, staff.id).await?;
    Ok((staff, secret))
}
