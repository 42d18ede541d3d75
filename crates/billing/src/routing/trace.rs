//! The routing trace: what a choice was made of, what was looked at, and what came of it.

use base::Refusal;
use serde::{Deserialize, Serialize};

use super::candidate::{Exclusion, Why};
use super::facts::Ask;
use crate::payments::PROCESSOR_UNAVAILABLE;
use crate::{Account, Accounts, NO_ACCOUNT};

/// A choice, explained. The same ask and the same version of the rules give it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The version of the rules; 0 is the set that ships.
    pub version: i64,
    /// Everything else it was made of.
    pub ask: Ask,
    /// Everything that speaks against accounts.
    pub excluded: Vec<Exclusion>,
    /// The rules that were looked at, in order.
    pub looked: Vec<Looked>,
    /// The rule that decided.
    pub rule: Option<String>,
    /// Where the attempt goes.
    pub chosen: Option<String>,
    /// In which order accounts may be asked, the chosen one first.
    pub order: Vec<String>,
}

/// A rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// Its name.
    pub rule: String,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It decides.
    Matched,
    /// Its condition does not hold.
    No,
    /// It is for other purposes.
    OtherPurpose,
    /// Its condition cannot be told, so it does not hold.
    Error(String),
}

impl Trace {
    /// What speaks against an account.
    pub fn against<'a>(&'a self, account: &str) -> impl Iterator<Item = &'a Exclusion> {
        let account = account.to_owned();
        self.excluded.iter().filter(move |one| one.account == account)
    }

    /// Whether an account is missing only because it cannot be paid with this way.
    pub(crate) fn only_way_of_paying(&self) -> bool {
        let asked = self
            .ask
            .candidates
            .iter()
            .filter(|one| self.ask.bound.account().is_none_or(|only| only == one.account));
        self.chosen.is_none()
            && asked.into_iter().any(|one| {
                let mut against = self.against(&one.account).peekable();
                against.peek().is_some() && against.all(|one| one.why == Why::Method)
            })
    }

    /// The chosen account.
    ///
    /// # Errors
    /// [`NO_ACCOUNT`], or [`PROCESSOR_UNAVAILABLE`] if only open breakers stand in the way.
    pub fn account<'a>(&self, accounts: &'a Accounts) -> Result<&'a Account, Refusal> {
        let chosen = self.chosen.as_deref().and_then(|key| accounts.get(key));
        chosen.ok_or(if self.only_breakers() { PROCESSOR_UNAVAILABLE } else { NO_ACCOUNT })
    }
}

/// As people read it, one thing a line.
impl std::fmt::Display for Trace {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let facts = &self.ask.facts;
        let country = facts.country.as_deref().unwrap_or("nowhere known");
        let (amount, purpose, method) = (facts.amount, facts.purpose, facts.method.as_str());
        writeln!(out, "payment   {amount} for {purpose}, from {country}, by {method}")?;
        writeln!(out, "rules     version {}, bucket {}", self.version, self.ask.bucket)?;
        for looked in &self.looked {
            let verdict = match &looked.verdict {
                Verdict::Matched => "matches".to_owned(),
                Verdict::No => "does not match".to_owned(),
                Verdict::OtherPurpose => "is for other purposes".to_owned(),
                Verdict::Error(why) => format!("does not match: {why}"),
            };
            writeln!(out, "  rule    {}: {verdict}", looked.rule)?;
        }
        if self.ask.bound.account().is_some() {
            writeln!(out, "  bound   {}", self.ask.bound.says())?;
        }
        for one in &self.excluded {
            writeln!(out, "  not     {}: {}", one.account, one.says)?;
        }
        writeln!(out, "chosen    {}", self.chosen.as_deref().unwrap_or("nobody"))?;
        write!(out, "then      {}", self.order.get(1..).unwrap_or_default().join(", "))
    }
}
