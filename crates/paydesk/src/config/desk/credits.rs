//! `[desk.credits]`: how many tokens staff may give a customer, by role.

use desk::{CreditLimit, CreditsSettings};
use serde::Deserialize;

/// How many tokens staff may give.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Credits {
    /// Agents.
    pub agent: Option<Limit>,
    /// Leads.
    pub lead: Option<Limit>,
    /// Finance and admins.
    pub finance: Option<Limit>,
}

/// How many tokens somebody may give.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// At once.
    pub deed: u32,
    /// Within 24 hours.
    pub day: u32,
}

impl Credits {
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn settings(&self) -> Result<CreditsSettings, String> {
        let usual = CreditsSettings::default();
        let limit = |role: &str, own: Option<Limit>, usual| match own {
            Some(Limit { deed, day }) if deed > day => {
                Err(format!("{role}: {deed} at once is more than {day} a day"))
            }
            Some(Limit { deed, day }) => Ok(CreditLimit::new(deed, day)),
            None => Ok(usual),
        };
        Ok(CreditsSettings {
            agent: limit("agent", self.agent, usual.agent)?,
            lead: limit("lead", self.lead, usual.lead)?,
            finance: limit("finance", self.finance, usual.finance)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_is_not_named_keeps_its_limit_and_a_deed_is_no_more_than_a_day() {
        let read = |text| toml::from_str::<Credits>(text).unwrap().settings();
        let own = read("agent = { deed = 20, day = 50 }").unwrap();
        assert_eq!(own.agent, CreditLimit::new(20, 50));
        assert_eq!(own.lead, CreditsSettings::default().lead);
        assert_eq!(read("agent = { deed = 0, day = 0 }").unwrap().agent, CreditLimit::new(0, 0));
        let why = read("lead = { deed = 60, day = 50 }").unwrap_err();
        assert!(why.starts_with("lead: 60"), "{why}");
        assert!(toml::from_str::<Credits>("boss = { deed = 1, day = 1 }").is_err());
    }
}
