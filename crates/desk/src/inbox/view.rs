//! A saved view: a name for what somebody wants to see, their own or shared with all.

use base::id::{StaffId, ViewId};
use base::{Env, Stop, Timestamp};
use store::Tx;

use super::{TOO_MANY_VIEWS, VIEW_NAME, VIEW_UNKNOWN, Wanted, rows};

const LONGEST: usize = 60;
const MOST: i64 = 50;

/// A view as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Our id.
    pub id: ViewId,
    /// What its owner calls it.
    pub name: String,
    /// Who saved it.
    pub owner: StaffId,
    /// Colleagues see it too.
    pub shared: bool,
    /// What it shows.
    pub wanted: Wanted,
    /// When it was saved.
    pub created_at: Timestamp,
}

/// A view to be saved.
#[derive(Clone, Debug)]
pub struct NewView {
    /// What it shall be called.
    pub name: String,
    /// Whether colleagues see it too.
    pub shared: bool,
    /// What it shall show.
    pub wanted: Wanted,
}

/// Saves a view.
///
/// # Errors
/// Refused if the name or what it wants makes no sense, or there are too many.
pub async fn save(tx: &mut Tx, env: &Env, owner: StaffId, new: NewView) -> Result<View, Stop> {
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(VIEW_NAME.at("name").into());
    }
    let wanted = new.wanted.checked()?;
    if rows::count_views(tx, owner).await? >= MOST {
        return Err(TOO_MANY_VIEWS.into());
    }
    let created_at = env.now();
    let view = View { id: env.id(), name, owner, shared: new.shared, wanted, created_at };
    rows::insert_view(tx, &view).await?;
    Ok(view)
}

/// Forgets a view of one's own.
///
/// # Errors
/// Refused with [`VIEW_UNKNOWN`] if it is not theirs.
pub async fn forget(tx: &mut Tx, id: ViewId, owner: StaffId) -> Result<(), Stop> {
    if rows::drop_view(tx, id, owner).await? == 0 { Err(VIEW_UNKNOWN.into()) } else { Ok(()) }
}
