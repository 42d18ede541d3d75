//! A macro: several deeds under one name, and one run of it on a case.

use base::id::{CaseId, MacroId, MacroRunId, StaffId};
use base::{Kind, Refusal, Timestamp};
use identity::staff::Role;

use super::step::{Step, check};
use crate::cases::Team;
use crate::permits::Who;

/// The name is empty or too long.
pub const BAD_NAME: Refusal =
    Refusal::new(Kind::Malformed, "macro_name_invalid", "a name has 1 to 80 letters");
/// Another macro has the name.
pub const NAME_TAKEN: Refusal =
    Refusal::new(Kind::Conflict, "macro_name_taken", "another macro has this name");
/// Somebody else has changed it meanwhile.
pub const CHANGED: Refusal = Refusal::new(
    Kind::Conflict,
    "macro_changed",
    "somebody else changed this macro meanwhile: look at theirs first",
);
/// There is no such macro.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "macro_unknown", "there is no macro with this id");
/// It is not offered any more.
pub const RETIRED: Refusal =
    Refusal::new(Kind::Rule, "macro_retired", "this macro is not offered any more");

/// It is for the cases of another team, or for other roles.
pub const NOT_OFFERED: Refusal =
    Refusal::new(Kind::Rule, "macro_not_offered", "this macro is for another team or role");
/// A step answers with an answer that there is not.
pub const NO_SUCH_ANSWER: Refusal = Refusal::new(
    Kind::Rule,
    "macro_answer_unknown",
    "a step answers with an answer that there is not, or that is retired",
);

/// For whom a macro is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// For the cases of this team only.
    pub team: Option<Team>,
    /// For staff in one of these roles.
    pub who: Who,
}

impl Offer {
    /// For everybody, on every case.
    pub const ALL: Offer = Offer { team: None, who: Who::Everybody };

    /// Whether it is for somebody in this role on a case of this team.
    #[must_use]
    pub fn fits(self, team: Team, role: Role) -> bool {
        self.team.is_none_or(|only| only == team) && self.who.includes(role)
    }
}

/// A macro as somebody wrote it, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
    pub(super) offer: Offer,
}

impl Written {
    /// Checks what somebody wrote.
    ///
    /// # Errors
    /// Refuses what cannot be used, with the field's name.
    pub fn checked(name: &str, steps: Vec<Step>, offer: Offer) -> Result<Written, Refusal> {
        let name = name.trim();
        let fits = (1..=80).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(BAD_NAME.at("name"));
        }
        check(&steps)?;
        Ok(Written { name: name.to_owned(), steps, offer })
    }
}

/// Several deeds under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    /// Our id.
    pub id: MacroId,
    /// What staff call it.
    pub name: String,
    /// What it does, in order.
    pub steps: Vec<Step>,
    /// For whom it is.
    pub offer: Offer,
    /// How often it was written: 1 when new.
    pub version: i64,
    /// Who wrote this version; none for those that ship.
    pub by: Option<StaffId>,
    /// Since when it is not offered any more.
    pub retired_at: Option<Timestamp>,
    /// When it was last written.
    pub updated_at: Timestamp,
}

/// One run of a macro on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Our id, made by whoever asks: asking twice runs it once.
    pub id: MacroRunId,
    /// Which macro.
    pub of: MacroId,
    /// In which version.
    pub version: i64,
    /// On which case.
    pub case: CaseId,
    /// Who runs it.
    pub by: StaffId,
    /// How many steps are done.
    pub steps_done: i64,
    /// Why it stopped before its end.
    pub stopped: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended, one way or the other.
    pub ended_at: Option<Timestamp>,
}

impl Run {
    /// What was done and what was not, in one sentence for whoever ran it.
    #[must_use]
    pub fn told(&self, steps: &[Step]) -> String {
        let done = usize::try_from(self.steps_done).unwrap_or(0).min(steps.len());
        let list = |steps: &[Step]| steps.iter().map(Step::sentence).collect::<Vec<_>>().join(", ");
        match &self.stopped {
            None => format!("Done: {}.", list(&steps[..done])),
            Some(why) if done == 0 => format!("Nothing was done: {why}."),
            Some(why) => format!(
                "Done: {}. Stopped at \"{}\": {why}. Not done: {}.",
                list(&steps[..done]),
                steps.get(done).map(Step::sentence).unwrap_or_default(),
                list(&steps[done..]),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use base::{Chance, Id};

    use super::*;

    #[test]
    fn a_macro_is_for_a_team_and_for_roles() {
        let leads = Offer { team: Some(Team::Finance), who: Who::Leads };
        assert!(Offer::ALL.fits(Team::Support, Role::Agent));
        assert!(leads.fits(Team::Finance, Role::Lead) && leads.fits(Team::Finance, Role::Admin));
        assert!(!leads.fits(Team::Support, Role::Lead), "another team");
        assert!(!leads.fits(Team::Finance, Role::Agent), "another role");
    }

    #[test]
    fn whoever_ran_it_is_told_what_was_done_and_what_was_not() {
        let chance = Chance::seeded(1);
        let at = Timestamp::UNIX_EPOCH;
        let tag = |tag: &str| Step::Tag { tag: tag.to_owned() };
        let steps = [tag("a"), Step::Credit { tokens: 9, reason: "goodwill".into() }, tag("b")];
        let mut run = Run {
            id: Id::new(at, &chance),
            of: Id::new(at, &chance),
            version: 1,
            case: Id::new(at, &chance),
            by: Id::new(at, &chance),
            steps_done: 1,
            stopped: Some("the limit of today is used up".into()),
            started_at: at,
            ended_at: Some(at),
        };
        assert_eq!(
            run.told(&steps),
            "Done: tag a. Stopped at \"credit 9 tokens (goodwill)\": the limit of today is used \
             up. Not done: credit 9 tokens (goodwill), tag b."
        );
        run.steps_done = 0;
        assert_eq!(run.told(&steps), "Nothing was done: the limit of today is used up.");
        (run.steps_done, run.stopped) = (3, None);
        assert_eq!(run.told(&steps), "Done: tag a, credit 9 tokens (goodwill), tag b.");
    }
}
