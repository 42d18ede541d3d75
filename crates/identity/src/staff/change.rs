//! A colleague gets another name or role, leaves, or comes back.

use base::id::StaffId;
use base::{Actor, Env, Stop};
use store::Tx;

use super::{LAST_ADMIN, Role, Staff, UNKNOWN, rows};
use crate::{Name, sessions};

/// What changes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// A new name.
    pub name: Option<Name>,
    /// A new role.
    pub role: Option<Role>,
}

/// Changes a member of staff.
///
/// # Errors
/// Refused if there is none, or nobody would be left to manage people.
pub async fn change(tx: &mut Tx, id: StaffId, changes: Changes) -> Result<Staff, Stop> {
    let mut staff = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    let role = changes.role.unwrap_or(staff.role);
    if role != Role::Admin {
        another_admin(tx, &staff).await?;
    }
    staff.role = role;
    staff.name = changes.name.map_or(staff.name, Name::into_string);
    rows::update(tx, &staff).await?;
    Ok(staff)
}

/// Shuts somebody out: their sessions end and their links open nothing.
///
/// # Errors
/// Refused if there is none, or nobody would be left to manage people.
pub async fn disable(tx: &mut Tx, env: &Env, id: StaffId) -> Result<Staff, Stop> {
    let mut staff = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    another_admin(tx, &staff).await?;
    staff.disabled_at = staff.disabled_at.or(Some(env.now()));
    rows::update(tx, &staff).await?;
    rows::drop_links(tx, id).await?;
    sessions::end_all(tx, env.now(), Actor::Staff(id), None).await?;
    Ok(staff)
}

/// Lets somebody in again.
///
/// # Errors
/// Refused if there is none.
pub async fn enable(tx: &mut Tx, id: StaffId) -> Result<Staff, Stop> {
    let mut staff = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    staff.disabled_at = None;
    rows::update(tx, &staff).await?;
    Ok(staff)
}

async fn another_admin(tx: &mut Tx, staff: &Staff) -> Result<(), Stop> {
    let counts = staff.role == Role::Admin && staff.disabled_at.is_none();
    if counts && rows::other_admins(tx, staff.id).await? == 0 {
        return Err(LAST_ADMIN.into());
    }
    Ok(())
}
