//! Who may do what in the console: one table.

use identity::staff::Role;

/// Something staff may do, beyond looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Ask a processor what became of a payment.
    AskProcessor,
    /// Read a stored notice again.
    ReplayNotice,
    /// Give money back.
    Refund,
    /// Take a processor account out of new payments, or let it in.
    SwitchAccount,
    /// Change the rules that decide where payments go.
    ChangeRoutes,
    /// Let a resting job run again.
    WakeJob,
    /// Give a resting job up for good.
    DropJob,
    /// Add people and change what they may do.
    ManagePeople,
}

/// Whether somebody in this role may.
pub(crate) const fn may(role: Role, deed: Deed) -> bool {
    match deed {
        Deed::AskProcessor => true,
        Deed::ReplayNotice | Deed::WakeJob | Deed::SwitchAccount => {
            matches!(role, Role::Lead | Role::Finance | Role::Admin)
        }
        Deed::Refund | Deed::ChangeRoutes => matches!(role, Role::Finance | Role::Admin),
        Deed::DropJob | Deed::ManagePeople => matches!(role, Role::Admin),
    }
}

/// Who may, in words for whoever may not.
pub(crate) const fn who_may(deed: Deed) -> &'static str {
    match deed {
        Deed::AskProcessor => "Everybody may do this.",
        Deed::ReplayNotice | Deed::WakeJob | Deed::SwitchAccount => {
            "Leads, finance and admins may do this."
        }
        Deed::Refund | Deed::ChangeRoutes => "Finance and admins may do this.",
        Deed::DropJob | Deed::ManagePeople => "Admins may do this.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_who_may_what() {
        let table = [
            (Deed::AskProcessor, [true, true, true, true]),
            (Deed::ReplayNotice, [false, true, true, true]),
            (Deed::WakeJob, [false, true, true, true]),
            (Deed::SwitchAccount, [false, true, true, true]),
            (Deed::Refund, [false, false, true, true]),
            (Deed::ChangeRoutes, [false, false, true, true]),
            (Deed::DropJob, [false, false, false, true]),
            (Deed::ManagePeople, [false, false, false, true]),
        ];
        let roles = [Role::Agent, Role::Lead, Role::Finance, Role::Admin];
        for (deed, allowed) in table {
            assert_eq!(roles.map(|role| may(role, deed)), allowed, "{deed:?}");
        }
    }
}
