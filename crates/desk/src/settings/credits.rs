//! What staff may give away, by role.

use base::Tokens;
use identity::staff::Role;

/// How many tokens a role may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditLimit {
    /// At once.
    pub deed: Tokens,
    /// Within 24 hours, by one person.
    pub day: Tokens,
}

/// What staff may give away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditsSettings {
    /// Agents.
    pub agent: CreditLimit,
    /// Leads.
    pub lead: CreditLimit,
    /// Finance and admins.
    pub finance: CreditLimit,
}

impl CreditLimit {
    /// So many at once and so many a day.
    #[must_use]
    pub fn new(deed: u32, day: u32) -> CreditLimit {
        let tokens = |count: u32| Tokens::new(i64::from(count)).unwrap_or(Tokens::NONE);
        CreditLimit { deed: tokens(deed), day: tokens(day) }
    }
}

impl Default for CreditsSettings {
    fn default() -> CreditsSettings {
        CreditsSettings {
            agent: CreditLimit::new(100, 300),
            lead: CreditLimit::new(1_000, 5_000),
            finance: CreditLimit::new(10_000, 50_000),
        }
    }
}

impl CreditsSettings {
    /// What somebody in this role may give.
    #[must_use]
    pub const fn of(&self, role: Role) -> CreditLimit {
        match role {
            Role::Agent => self.agent,
            Role::Lead => self.lead,
            Role::Finance | Role::Admin => self.finance,
        }
    }
}
