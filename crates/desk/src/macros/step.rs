//! One step of a macro, as data, and what makes a list of steps usable.

use base::{Kind, Refusal};
use serde::{Deserialize, Serialize};

use crate::cases::{self, CaseState, Priority, Team};

/// The most steps of a macro.
pub const MOST: usize = 12;

/// The steps cannot be used.
pub const BAD_STEPS: Refusal = Refusal::new(
    Kind::Malformed,
    "macro_steps_invalid",
    "a macro has 1 to 12 steps, each complete; a step that ends the case stands last",
);

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Gives the customer's wallet tokens, up to the limit of whoever runs it.
    Credit {
        /// How many.
        tokens: i64,
        /// Why, for the books.
        reason: String,
    },
    /// Answers with one of the answers that staff have ready.
    Answer {
        /// Its key.
        key: String,
    },
    /// Writes a note for colleagues.
    Note {
        /// What it says.
        text: String,
    },
    /// Puts a tag on the case.
    Tag {
        /// The tag.
        tag: String,
    },
    /// Takes a tag off.
    Untag {
        /// The tag.
        tag: String,
    },
    /// Says how urgent the case is.
    Priority {
        /// How urgent.
        priority: Priority,
    },
    /// Gives the case to another team.
    Team {
        /// Which.
        team: Team,
    },
    /// Takes the case oneself.
    Take {},
    /// Puts the case back for anybody.
    PutBack {},
    /// Moves the case.
    State {
        /// Where to.
        state: CaseState,
    },
    /// Puts the case away for some time.
    Snooze {
        /// Hours.
        hours: i64,
    },
    /// Sends the case a step up.
    Escalate {},
}

impl Step {
    /// What it does, for the list of steps and for the sentence that says what was done.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Step::Credit { tokens, reason } => format!("credit {tokens} tokens ({reason})"),
            Step::Answer { key } => format!("answer with ;{key}"),
            Step::Note { .. } => "write a note".to_owned(),
            Step::Tag { tag } => format!("tag {tag}"),
            Step::Untag { tag } => format!("take the tag {tag} off"),
            Step::Priority { priority } => format!("set priority {priority}"),
            Step::Team { team } => format!("give to {team}"),
            Step::Take {} => "assign to me".to_owned(),
            Step::PutBack {} => "assign to nobody".to_owned(),
            Step::State { state } => format!("move to {state}").replace('_', " "),
            Step::Snooze { hours } => format!("snooze for {hours} h"),
            Step::Escalate {} => "escalate".to_owned(),
        }
    }

    /// Whether money moves.
    #[must_use]
    pub const fn moves_money(&self) -> bool {
        matches!(self, Step::Credit { .. })
    }

    fn sound(&self) -> bool {
        let short =
            |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
        match self {
            Step::Credit { tokens, reason } => *tokens > 0 && short(reason, 200),
            Step::Answer { key } => short(key, 40),
            Step::Note { text } => short(text, 4_000),
            Step::Tag { tag } | Step::Untag { tag } => cases::is_tag(tag),
            Step::Snooze { hours } => (1..=24 * 90).contains(hours),
            // What is new has no time of its own; closing is what time does; waiting for somebody
            // else takes whom, and putting away takes until when.
            Step::State { state } => match state {
                CaseState::Open | CaseState::WaitingCustomer | CaseState::Solved => true,
                CaseState::New
                | CaseState::Closed
                | CaseState::Snoozed
                | CaseState::WaitingThirdParty => false,
            },
            Step::Priority { .. }
            | Step::Team { .. }
            | Step::Take {}
            | Step::PutBack {}
            | Step::Escalate {} => true,
        }
    }
}

/// Checks the steps of a macro.
///
/// # Errors
/// Refuses steps that are too many, incomplete, or that would work on a case already done.
pub fn check(steps: &[Step]) -> Result<(), Refusal> {
    let ends = |step: &Step| matches!(step, Step::State { state: CaseState::Solved });
    let last = steps.len().saturating_sub(1);
    let early_end = steps.iter().take(last).any(ends);
    if steps.is_empty() || steps.len() > MOST || early_end || !steps.iter().all(Step::sound) {
        return Err(BAD_STEPS.at("steps"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_from_data_and_unknown_words_are_refused() {
        let text = r#"[{"step":"credit","tokens":20,"reason":"double charge"},
                       {"step":"answer","key":"tokens-given"},{"step":"take"},
                       {"step":"state","state":"solved"}]"#;
        let steps: Vec<Step> = serde_json::from_str(text).unwrap();
        check(&steps).unwrap();
        assert!(steps[0].moves_money() && !steps[1].moves_money());
        assert_eq!(
            serde_json::from_str::<Vec<Step>>(&serde_json::to_string(&steps).unwrap()).unwrap(),
            steps
        );
        for wrong in [r#"{"step":"burn"}"#, r#"{"step":"tag","tag":"a","more":1}"#] {
            assert!(serde_json::from_str::<Step>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn steps_that_cannot_be_used_are_refused() {
        let solve = || Step::State { state: CaseState::Solved };
        let tag = |tag: &str| Step::Tag { tag: tag.to_owned() };
        let table = [
            vec![],
            vec![tag("a"); 13],
            vec![tag(" ")],
            vec![tag("two words")],
            vec![Step::State { state: CaseState::WaitingThirdParty }],
            vec![solve(), tag("a")],
            vec![Step::Credit { tokens: 0, reason: "none".to_owned() }],
            vec![Step::Credit { tokens: 5, reason: String::new() }],
            vec![Step::Snooze { hours: 0 }],
            vec![Step::State { state: CaseState::Closed }],
        ];
        for steps in table {
            assert!(check(&steps).is_err(), "{steps:?}");
        }
        check(&[tag("a"), solve()]).unwrap();
    }
}
