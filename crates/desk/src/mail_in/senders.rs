//! Senders whom staff allowed or blocked: one address, or a whole domain.

use base::{Env, Kind, Refusal, Stop, Timestamp};
use store::Tx;

use super::rows::senders as rows;
use super::settings::halves;

pub use super::rows::senders::all;

/// What is done with a sender's mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It is filed without further questions.
    Allow,
    /// It goes to quarantine.
    Block,
}

impl Rule {
    /// The word it is stored as.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Rule::Allow => "allow",
            Rule::Block => "block",
        }
    }
}

impl std::str::FromStr for Rule {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Rule, &'static str> {
        let found = [Rule::Allow, Rule::Block].into_iter().find(|rule| rule.as_str() == word);
        found.ok_or("no rule for senders")
    }
}

/// A rule for a sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderRule {
    /// An address, or `@` and a domain.
    pub value: String,
    /// What is done.
    pub rule: Rule,
    /// Since when.
    pub created_at: Timestamp,
}

/// It is no address and no domain.
pub const NOT_A_SENDER: Refusal = Refusal::new(
    Kind::Malformed,
    "sender_not_valid",
    "give an address such as ana@example.org, or a domain such as @example.org",
);

/// Sets the rule for an address, or for `@` and a domain.
///
/// # Errors
/// Refused if it is neither.
pub async fn set(tx: &mut Tx, env: &Env, value: &str, rule: Rule, by: &str) -> Result<(), Stop> {
    let value = checked(value)?;
    rows::set(tx, &value, rule, by, env.now()).await?;
    Ok(())
}

/// Removes a rule.
///
/// # Errors
/// Refused if it is no sender.
pub async fn remove(tx: &mut Tx, value: &str) -> Result<(), Stop> {
    let value = checked(value)?;
    rows::remove(tx, &value).await?;
    Ok(())
}

fn checked(value: &str) -> Result<String, Refusal> {
    let value = value.trim().to_lowercase();
    let domain = value.strip_prefix('@').filter(|domain| domain.contains('.'));
    let fits = value.len() <= 254 && !value.chars().any(|one| one.is_control() || one == ' ');
    let named = domain.is_some() || halves(&value).is_some();
    if fits && named { Ok(value) } else { Err(NOT_A_SENDER) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_an_address_or_a_domain() {
        assert_eq!(checked(" Ana@Example.org ").unwrap(), "ana@example.org");
        assert_eq!(checked("@Example.org").unwrap(), "@example.org");
        for wrong in ["", "ana", "@", "@localhost", "a b@c.d", "a@b.c\r\nx"] {
            assert_eq!(checked(wrong).unwrap_err().code, "sender_not_valid", "{wrong}");
        }
    }
}
