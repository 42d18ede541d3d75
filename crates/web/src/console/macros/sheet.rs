//! A macro as a form holds it: fields by name and number, put together and taken apart without
//! scripts, and read into steps when it is saved.

use desk::cases::{CaseState, Priority, Team};
use desk::macros::{MOST, Offer, Step};
use desk::permits::Who;
use store::terms;

terms! {
    /// A kind of step.
    StepKind {
        /// Gives tokens.
        Credit = "credit",
        /// Answers with a text that is ready.
        Answer = "answer",
        /// Writes a note.
        Note = "note",
        /// Puts a tag on.
        Tag = "tag",
        /// Takes a tag off.
        Untag = "untag",
        /// Says how urgent it is.
        Priority = "priority",
        /// Gives it to a team.
        Team = "team",
        /// Takes it oneself.
        Take = "take",
        /// Puts it back for anybody.
        PutBack = "put_back",
        /// Moves it.
        State = "state",
        /// Puts it away for some time.
        Snooze = "snooze",
        /// Sends it a step up.
        Escalate = "escalate",
    }
}

impl StepKind {
    /// What it does.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            StepKind::Credit => "Give tokens",
            StepKind::Answer => "Answer with a text that is ready",
            StepKind::Note => "Write a note for colleagues",
            StepKind::Tag => "Put a tag on the case",
            StepKind::Untag => "Take a tag off",
            StepKind::Priority => "Set the priority",
            StepKind::Team => "Give it to a team",
            StepKind::Take => "Assign it to whoever runs this",
            StepKind::PutBack => "Assign it to nobody",
            StepKind::State => "Move it",
            StepKind::Snooze => "Snooze it",
            StepKind::Escalate => "Escalate it",
        }
    }
}

/// States that a step may move a case to.
pub(crate) const STATES: [CaseState; 3] =
    [CaseState::Open, CaseState::WaitingCustomer, CaseState::Solved];

/// A step as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) kind: StepKind,
    /// Its first field: tokens, a key, a tag, a word from a list.
    pub(crate) value: String,
    /// Its second field: why tokens are given.
    pub(crate) more: String,
    /// What is wrong with it.
    pub(crate) slip: Option<&'static str>,
}

/// A macro as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Empty: the cases of every team.
    pub(crate) team: String,
    pub(crate) who: String,
    pub(crate) version: i64,
    pub(crate) rows: Vec<Row>,
    /// What the button said.
    pub(crate) deed: String,
    /// The kind of step that is to be added.
    adds: String,
}

impl Sheet {
    /// Reads a form. Steps beyond the most are not read.
    pub(crate) fn read(fields: &[(String, String)]) -> Sheet {
        let of = |name: &str| {
            let field = fields.iter().find(|(own, _)| own == name);
            field.map_or_else(String::new, |(_, value)| value.clone())
        };
        let row = |nth: usize| {
            let kind = of(&format!("kind-{nth}")).parse().ok()?;
            let (value, more) = (of(&format!("value-{nth}")), of(&format!("more-{nth}")));
            Some(Row { kind, value, more, slip: None })
        };
        Sheet {
            name: of("name"),
            team: of("team"),
            who: of("who"),
            version: of("version").parse().unwrap_or(0),
            rows: (0..MOST).map_while(row).collect(),
            deed: of("deed"),
            adds: of("adds"),
        }
    }

    /// A macro that is known, as a form holds it.
    pub(crate) fn of(one: &desk::macros::Macro) -> Sheet {
        Sheet {
            name: one.name.clone(),
            team: one.offer.team.map_or_else(String::new, |team| team.as_str().to_owned()),
            who: one.offer.who.as_str().to_owned(),
            version: one.version,
            rows: one.steps.iter().map(written).collect(),
            ..Sheet::default()
        }
    }

    /// Does what a button says that only changes the form; false if it says something else.
    pub(crate) fn turn(&mut self) -> bool {
        let deed = std::mem::take(&mut self.deed);
        if deed == "add" {
            let kind = self.adds.parse::<StepKind>().ok();
            if let Some(kind) = kind.filter(|_| self.rows.len() < MOST) {
                let (value, more) = (String::new(), String::new());
                self.rows.push(Row { kind, value, more, slip: None });
            }
            return true;
        }
        let Some((way, nth)) = deed.split_once(':') else {
            self.deed = deed;
            return false;
        };
        let nth = nth.parse().unwrap_or(usize::MAX);
        match way {
            "up" if nth >= 1 && nth < self.rows.len() => self.rows.swap(nth - 1, nth),
            "down" if nth < self.rows.len().saturating_sub(1) => self.rows.swap(nth, nth + 1),
            "off" if nth < self.rows.len() => {
                self.rows.remove(nth);
            }
            _ => {}
        }
        true
    }

    /// For whom it is.
    pub(crate) fn offer(&self) -> Offer {
        Offer { team: self.team.parse().ok(), who: self.who.parse().unwrap_or(Who::Everybody) }
    }

    /// The steps; none, with a slip at each that is not complete, if they cannot be read.
    pub(crate) fn steps(&mut self) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        for row in &mut self.rows {
            match read(row) {
                Ok(step) => steps.push(step),
                Err(slip) => row.slip = Some(slip),
            }
        }
        (steps.len() == self.rows.len()).then_some(steps)
    }
}

fn read(row: &Row) -> Result<Step, &'static str> {
    let value = row.value.trim();
    let some = |slip| if value.is_empty() { Err(slip) } else { Ok(value.to_owned()) };
    let is_tag = || {
        let tag = value.to_lowercase();
        if desk::cases::is_tag(&tag) {
            Ok(tag)
        } else {
            Err("a tag is one word of 40 letters at most")
        }
    };
    Ok(match row.kind {
        StepKind::Credit => Step::Credit {
            tokens: value.parse().ok().filter(|tokens| *tokens > 0).ok_or("say how many tokens")?,
            reason: match row.more.trim() {
                "" => return Err("say why the tokens are given"),
                reason => reason.to_owned(),
            },
        },
        StepKind::Answer => Step::Answer { key: some("choose an answer")? },
        StepKind::Note => Step::Note { text: some("write the note")? },
        StepKind::Tag => Step::Tag { tag: is_tag()? },
        StepKind::Untag => Step::Untag { tag: is_tag()? },
        StepKind::Priority => {
            Step::Priority { priority: value.parse::<Priority>().map_err(|_| "choose a priority")? }
        }
        StepKind::Team => Step::Team { team: value.parse::<Team>().map_err(|_| "choose a team")? },
        StepKind::Take => Step::Take {},
        StepKind::PutBack => Step::PutBack {},
        StepKind::State => {
            let state = value.parse().ok().filter(|state| STATES.contains(state));
            Step::State { state: state.ok_or("choose a state")? }
        }
        StepKind::Snooze => {
            let hours = value.parse().ok().filter(|hours| (1..=24 * 90).contains(hours));
            Step::Snooze { hours: hours.ok_or("say for how many hours: 1 to 2,160")? }
        }
        StepKind::Escalate => Step::Escalate {},
    })
}

/// A step as a form holds it.
fn written(step: &Step) -> Row {
    let row = |kind, value: &str, more: &str| Row {
        kind,
        value: value.to_owned(),
        more: more.to_owned(),
        slip: None,
    };
    match step {
        Step::Credit { tokens, reason } => row(StepKind::Credit, &tokens.to_string(), reason),
        Step::Answer { key } => row(StepKind::Answer, key, ""),
        Step::Note { text } => row(StepKind::Note, text, ""),
        Step::Tag { tag } => row(StepKind::Tag, tag, ""),
        Step::Untag { tag } => row(StepKind::Untag, tag, ""),
        Step::Priority { priority } => row(StepKind::Priority, priority.as_str(), ""),
        Step::Team { team } => row(StepKind::Team, team.as_str(), ""),
        Step::Take {} => row(StepKind::Take, "", ""),
        Step::PutBack {} => row(StepKind::PutBack, "", ""),
        Step::State { state } => row(StepKind::State, state.as_str(), ""),
        Step::Snooze { hours } => row(StepKind::Snooze, &hours.to_string(), ""),
        Step::Escalate {} => row(StepKind::Escalate, "", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_step_comes_back_from_its_form() {
        let steps = vec![
            Step::Credit { tokens: 20, reason: "twice".to_owned() },
            Step::Answer { key: "looking".to_owned() },
            Step::Note { text: "seen".to_owned() },
            Step::Tag { tag: "vip".to_owned() },
            Step::Untag { tag: "new".to_owned() },
            Step::Priority { priority: Priority::High },
            Step::Team { team: Team::Finance },
            Step::Take {},
            Step::PutBack {},
            Step::Snooze { hours: 4 },
            Step::Escalate {},
            Step::State { state: CaseState::Solved },
        ];
        assert_eq!(steps.len(), StepKind::ALL.len(), "one of each");
        let mut sheet = Sheet { rows: steps.iter().map(written).collect(), ..Sheet::default() };
        assert_eq!(sheet.steps(), Some(steps));
    }

    #[test]
    fn buttons_add_move_and_take_off_steps() {
        let mut sheet = Sheet::read(&pairs(&[
            ("kind-0", "take"),
            ("kind-1", "tag"),
            ("value-1", "a"),
            ("kind-3", "tag"),
            ("deed", "add"),
            ("adds", "escalate"),
        ]));
        assert!(sheet.turn());
        let kinds = |sheet: &Sheet| sheet.rows.iter().map(|row| row.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&sheet), [StepKind::Take, StepKind::Tag, StepKind::Escalate]);
        for (deed, turns) in [("up:2", true), ("down:9", true), ("off:0", true), ("save", false)] {
            sheet.deed = deed.to_owned();
            assert_eq!(sheet.turn(), turns, "{deed}");
        }
        assert_eq!(kinds(&sheet), [StepKind::Escalate, StepKind::Tag]);
        assert_eq!(sheet.deed, "save");
    }

    #[test]
    fn a_step_that_is_not_complete_says_what_is_missing() {
        let fields = pairs(&[("kind-0", "credit"), ("value-0", "-5"), ("kind-1", "state")]);
        let mut sheet = Sheet::read(&fields);
        assert_eq!(sheet.steps(), None);
        let slips: Vec<_> = sheet.rows.iter().map(|row| row.slip).collect();
        assert_eq!(slips, [Some("say how many tokens"), Some("choose a state")]);
    }
}
