//! The views that everybody has, in the order of the day.

use identity::staff::Role;

use super::{Wanted, Whom};
use crate::cases::{CaseState, Origin, Side, Team};

/// A view that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct SystemView {
    /// Its word in addresses.
    pub key: &'static str,
    /// What people read.
    pub name: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    wanted: fn() -> Wanted,
    /// Only finance and admins have it.
    money_only: bool,
}

impl SystemView {
    /// What it shows.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        (self.wanted)()
    }

    /// Whether somebody in that role has it.
    #[must_use]
    pub fn is_for(&self, role: Role) -> bool {
        !self.money_only || matches!(role, Role::Finance | Role::Admin)
    }

    /// The view of that word.
    #[must_use]
    pub fn of(key: &str) -> Option<&'static SystemView> {
        SYSTEM.iter().find(|view| view.key == key)
    }
}

const fn view(
    key: &'static str,
    name: &'static str,
    icon: &'static str,
    wanted: fn() -> Wanted,
) -> SystemView {
    SystemView { key, name, icon, wanted, money_only: false }
}

/// All of them.
pub static SYSTEM: [SystemView; 10] = [
    view("mine", "Mine", "person", || whose(Whom::Me)),
    view("unassigned", "Unassigned", "question", || whose(Whom::Nobody)),
    view("due", "Due in 4 h", "clock", || Wanted { due_hours: Some(4), ..in_states(&WORK) }),
    view("waiting", "Waiting", "minus", || in_states(&WAITING)),
    view("snoozed", "Snoozed", "moon", || in_states(&[CaseState::Snoozed])),
    SystemView {
        money_only: true,
        ..view("finance", "Finance", "bank", || Wanted {
            team: Some(Team::Finance),
            ..in_states(&UNSOLVED)
        })
    },
    view("creator", "Creator side", "heart", || Wanted {
        side: Some(Side::Creator),
        ..in_states(&UNSOLVED)
    }),
    view("chats", "Chats", "chat", || Wanted {
        origin: Some(Origin::Chat),
        ..in_states(&UNSOLVED)
    }),
    view("all", "All open", "mail", || in_states(&UNSOLVED)),
    view("solved", "Solved", "check", || in_states(&[CaseState::Solved, CaseState::Closed])),
];

/// What somebody must do something about.
const WORK: [CaseState; 3] = [CaseState::New, CaseState::Open, CaseState::WaitingThirdParty];
/// What waits for others.
const WAITING: [CaseState; 2] = [CaseState::WaitingCustomer, CaseState::WaitingThirdParty];
/// What is on somebody's desk, done or not.
const AWAKE: [CaseState; 4] =
    [CaseState::New, CaseState::Open, CaseState::WaitingCustomer, CaseState::WaitingThirdParty];
/// Everything without its end.
const UNSOLVED: [CaseState; 5] = [
    CaseState::New,
    CaseState::Open,
    CaseState::WaitingCustomer,
    CaseState::WaitingThirdParty,
    CaseState::Snoozed,
];

fn in_states(states: &[CaseState]) -> Wanted {
    Wanted { states: states.to_vec(), ..Wanted::default() }
}

fn whose(whose: Whom) -> Wanted {
    Wanted { whose: Some(whose), ..in_states(&AWAKE) }
}
