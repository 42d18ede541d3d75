//! What a view wants: a filter as data, so that the same words serve the inbox, saved views and
//! links.

use base::id::StaffId;
use base::{Refusal, SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::NOT_WANTED;
use crate::cases::{CaseState, Filter, Origin, Priority, Side, Team, Whose};

/// No tag is longer.
const LONGEST: usize = 60;
/// A year: nobody looks further ahead.
const MOST_HOURS: u32 = 24 * 366;

/// Whose cases a view wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Those of whoever looks.
    Me,
    /// Those that nobody works on.
    Nobody,
    /// Those of somebody.
    Of(StaffId),
}

/// Which cases somebody wants to see. What is empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    /// In one of these states.
    pub states: Vec<CaseState>,
    /// Whose.
    pub whose: Option<Whom>,
    /// Of this team.
    pub team: Option<Team>,
    /// With this tag.
    pub tag: Option<String>,
    /// That came this way.
    pub origin: Option<Origin>,
    /// As pressing as this.
    pub priority: Option<Priority>,
    /// Where the customer thinks that the trouble lies.
    pub side: Option<Side>,
    /// Due within so many hours.
    pub due_hours: Option<u32>,
}

impl Wanted {
    /// The same, if it makes sense.
    ///
    /// # Errors
    /// Refused with [`NOT_WANTED`], naming the field.
    pub fn checked(mut self) -> Result<Wanted, Refusal> {
        self.states.sort_unstable();
        self.states.dedup();
        let tag = self.tag.map(|tag| tag.trim().to_owned());
        self.tag = tag.filter(|tag| !tag.is_empty());
        if self.tag.as_ref().is_some_and(|tag| tag.chars().count() > LONGEST) {
            return Err(NOT_WANTED.at("tag"));
        }
        if self.due_hours.is_some_and(|hours| hours > MOST_HOURS) {
            return Err(NOT_WANTED.at("due_hours"));
        }
        Ok(self)
    }

    /// The filter for somebody at a time.
    #[must_use]
    pub fn filter(&self, me: StaffId, now: Timestamp) -> Filter {
        let due = |hours: u32| now.checked_add(SignedDuration::from_hours(hours.into())).ok();
        Filter {
            states: self.states.clone(),
            team: self.team,
            assignee: self.whose.map(|whose| match whose {
                Whom::Me => Whose::Me(me),
                Whom::Nobody => Whose::Nobody,
                Whom::Of(id) => Whose::Of(id),
            }),
            tag: self.tag.clone(),
            due_before: self.due_hours.and_then(due),
            origin: self.origin,
            priority: self.priority,
            side: self.side,
            ..Filter::default()
        }
    }
}
