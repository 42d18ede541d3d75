//! How somebody likes to work.

use base::Fault;
use base::id::StaffId;
use store::Tx;

use super::rows;

/// Somebody's own settings of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Single letters are commands. Whoever speaks to their computer turns that off.
    pub single_keys: bool,
}

impl Default for Habits {
    fn default() -> Habits {
        Habits { single_keys: true }
    }
}

/// Keeps somebody's settings.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn set(tx: &mut Tx, staff: StaffId, habits: Habits) -> Result<(), Fault> {
    rows::set_habits(tx, staff, habits).await
}
