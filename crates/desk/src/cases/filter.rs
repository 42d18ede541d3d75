//! Which cases of all are asked for, and in which order.

use base::Timestamp;
use base::id::{CustomerId, PersonId, StaffId};

use super::{CaseState, Origin, Priority, Side, Team};

/// Which cases of all are asked for. Nothing given asks for everything that is neither unwanted
/// nor part of another case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that stand so; none means any.
    pub states: Vec<CaseState>,
    /// Only those of this team.
    pub team: Option<Team>,
    /// Only those that this one works on.
    pub assignee: Option<Whose>,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only those of this person.
    pub requester: Option<PersonId>,
    /// Only those of this customer, by whichever person.
    pub customer: Option<CustomerId>,
    /// Only those where something is due before.
    pub due_before: Option<Timestamp>,
    /// Only those that came in this way.
    pub origin: Option<Origin>,
    /// Only those of this priority.
    pub priority: Option<Priority>,
    /// Only those where the problem is on this side.
    pub side: Option<Side>,
    /// Only those whose reference this is, or in which these words were said.
    pub text: Option<String>,
    /// Unwanted ones.
    pub spam: Spam,
    /// In which order.
    pub sort: Sort,
}

/// Who works on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Whoever asks.
    Me(StaffId),
    /// Nobody.
    Nobody,
    /// A colleague.
    Of(StaffId),
}

/// Whether unwanted cases are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spam {
    /// The others.
    #[default]
    Without,
    /// Only these.
    Only,
}

/// In which order cases are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due first; what is never due comes last.
    #[default]
    Due,
    /// The newest first.
    Newest,
}
