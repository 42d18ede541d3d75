//! A case as it reads in the list.

use base::id::PersonId;
use base::{Language, Timestamp};
use desk::cases::{Case, Side};
use desk::inbox::Faces;

use crate::console::case::words::{self, Due};
use crate::parts::Markup;

/// A row of the list.
pub(crate) struct Row {
    pub(crate) case: Case,
    /// Who asks.
    pub(crate) who: String,
    /// Who works on it.
    pub(crate) assignee: Option<String>,
    pub(crate) due: Option<Due>,
    /// How long ago anything happened.
    pub(crate) ago: String,
}

impl Row {
    pub(crate) fn of(case: Case, faces: &Faces, now: Timestamp) -> Row {
        Row {
            who: faces.person(case.requester).unwrap_or("Without a name").to_owned(),
            assignee: case.assignee.and_then(|id| faces.staff(id)).map(str::to_owned),
            due: words::due(&case, now),
            ago: words::ago(&case.updated_at, &now),
            case,
        }
    }

    /// The customer wrote last.
    pub(crate) fn is_unread(&self) -> bool {
        self.case.state.is_open() && self.case.last_customer_at > self.case.last_staff_at
    }

    pub(crate) fn state(&self) -> Markup {
        words::state(&self.case)
    }

    pub(crate) fn priority(&self) -> Markup {
        words::priority(&self.case.priority)
    }

    /// When the next step is due, to the minute.
    pub(crate) fn due_time(&self) -> String {
        let at = self.due.as_ref().map(|due| due.at.strftime("%Y-%m-%d %H:%M UTC").to_string());
        at.unwrap_or_default()
    }

    pub(crate) fn by(&self) -> &'static str {
        words::by(&self.case.origin)
    }

    /// The language, where it is not the console's.
    pub(crate) fn language(&self) -> Option<&'static str> {
        (self.case.language != Language::En).then(|| self.case.language.own_name())
    }

    pub(crate) fn is_creator_side(&self) -> bool {
        self.case.side == Side::Creator
    }
}

/// Who asks in these cases.
pub(super) fn people(cases: &[Case]) -> Vec<PersonId> {
    let mut ids: Vec<PersonId> = cases.iter().map(|case| case.requester).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
