//! Whose eyes look: what they may see is part of every question they ask.

use base::id::StaffId;
use identity::staff::Role;

use super::Team;

/// Whose eyes look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eyes {
    /// Who.
    pub staff: StaffId,
    /// What they may do.
    pub role: Role,
}

impl Eyes {
    /// The teams whose cases they may see.
    #[must_use]
    pub const fn teams(self) -> &'static [Team] {
        match self.role {
            Role::Agent | Role::Lead => &[Team::Support, Team::Complaints],
            Role::Finance | Role::Admin => Team::ALL,
        }
    }
}
