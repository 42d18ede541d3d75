//! One chat in a lane: who asks, how long they wait, whether they are still there.

use base::Timestamp;
use base::id::StaffId;
use desk::cases::{Case, CaseState};
use desk::chat::signs::{Sign, Signed, Who};

/// One chat in a lane.
pub(crate) struct Row {
    pub(crate) case: Case,
    pub(crate) who: String,
    /// How many whole minutes the visitor has waited for a word; nothing if it is their turn.
    pub(crate) waits: Option<i64>,
    pub(crate) there: bool,
    pub(crate) typing: bool,
    pub(crate) mine: bool,
    /// Whom it is offered to at the moment.
    pub(crate) offered: Option<String>,
}

/// Which chats a lane holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Nobody works on them, and it is our turn.
    Waiting,
    /// Mine.
    Mine,
    /// All that are open.
    All,
}

impl Row {
    pub(super) fn new(
        case: Case,
        who: Option<String>,
        signs: &[Signed],
        me: StaffId,
        now: Timestamp,
    ) -> Row {
        let shows = |sign: Sign| {
            let visitor = |it: &&Signed| it.case == Some(case.id) && it.who == Who::Visitor;
            signs.iter().filter(visitor).any(|it| it.sign == sign)
        };
        let (there, typing) = (shows(Sign::Here), shows(Sign::Typing));
        let since = case.last_customer_at.filter(|_| is_ours(&case));
        Row {
            who: who.unwrap_or_else(|| "A visitor".to_owned()),
            waits: since.map(|since| now.duration_since(since).as_mins().max(0)),
            there,
            typing,
            mine: case.assignee == Some(me),
            offered: None,
            case,
        }
    }

    /// Whether the chat is in that lane.
    pub(super) fn is_in(&self, lane: Lane) -> bool {
        match lane {
            Lane::Waiting => self.case.assignee.is_none() && is_ours(&self.case),
            Lane::Mine => self.mine,
            Lane::All => true,
        }
    }

    /// Where the visitor is, in a word.
    pub(crate) fn sign(&self) -> &'static str {
        match (self.typing, self.there) {
            (true, _) => "writing",
            (false, true) => "there",
            (false, false) => "gone",
        }
    }
}

fn is_ours(case: &Case) -> bool {
    matches!(case.state, CaseState::New | CaseState::Open)
}
