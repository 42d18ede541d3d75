//! Who may do what in the console: the desk's one table, under the name the pages use.

pub(crate) use desk::permits::{Permit as Deed, may, who_may};

#[cfg(test)]
mod tests {
    use identity::staff::Role;

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
            (Deed::ReadAudit, [false, true, true, true]),
            (Deed::CreditWallet, [true, true, true, true]),
        ];
        let roles = [Role::Agent, Role::Lead, Role::Finance, Role::Admin];
        for (deed, allowed) in table {
            assert_eq!(roles.map(|role| may(role, deed)), allowed, "{deed:?}");
        }
    }
}
