//! The table, as a pure function.

use identity::staff::Role;
use store::terms;

/// Something staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permit {
    /// Read a case, unless it is finance's.
    ReadCase,
    /// Read a case that only finance sees.
    ReadFinanceCase,
    /// Answer whoever asks.
    Reply,
    /// Write to a creator or to the people of a processor.
    WriteToThirds,
    /// Write a note for colleagues.
    Note,
    /// Give a case to somebody, or to another team.
    Assign,
    /// Make one case of two, or two of one.
    Merge,
    /// Send a case a step up.
    Escalate,
    /// See what a customer paid.
    ReadPayment,
    /// See how a person can be reached.
    ReadContact,
    /// Give a customer tokens, up to the limit of the role.
    CreditWallet,
    /// Write articles of the help centre.
    EditHelp,
    /// Let the public read them.
    PublishHelp,
    /// Write answers and macros for everybody.
    EditAnswers,
    /// Write rules that act by themselves.
    EditRules,
    /// Make a view for everybody.
    ShareViews,
    /// See how the desk does.
    ReadReports,
    /// Read who did and read what.
    ReadAudit,
    /// Set up ways in and out: mailboxes, widgets, bots.
    ManageChannels,
    /// Let a mail out of quarantine.
    ReleaseMail,
    /// Keep a case from being erased, or end that.
    Hold,
    /// Remove what is known of a person.
    Erase,
    /// Take many cases out at once, or bring them in.
    Export,
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

terms! {
    /// The groups of roles that permits are given to.
    Who {
        /// Everybody who works in the console.
        Everybody = "everybody",
        /// Leads, finance and admins.
        Leads = "leads",
        /// Finance and admins.
        Finance = "finance",
        /// Admins.
        Admins = "admins",
    }
}

impl Who {
    /// Whether a role is among them.
    #[must_use]
    pub const fn includes(self, role: Role) -> bool {
        match self {
            Who::Everybody => true,
            Who::Leads => matches!(role, Role::Lead | Role::Finance | Role::Admin),
            Who::Finance => matches!(role, Role::Finance | Role::Admin),
            Who::Admins => matches!(role, Role::Admin),
        }
    }

    /// A sentence for whoever is not.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Who::Everybody => "Everybody may do this.",
            Who::Leads => "Leads, finance and admins may do this.",
            Who::Finance => "Finance and admins may do this.",
            Who::Admins => "Admins may do this.",
        }
    }
}

/// Who has a permit.
#[must_use]
pub const fn who(permit: Permit) -> Who {
    match permit {
        Permit::ReadCase
        | Permit::Reply
        | Permit::WriteToThirds
        | Permit::Note
        | Permit::Assign
        | Permit::Merge
        | Permit::Escalate
        | Permit::ReadPayment
        | Permit::ReadContact
        | Permit::CreditWallet
        | Permit::EditHelp
        | Permit::AskProcessor => Who::Everybody,
        Permit::PublishHelp
        | Permit::EditAnswers
        | Permit::EditRules
        | Permit::ShareViews
        | Permit::ReadReports
        | Permit::ReadAudit
        | Permit::ReleaseMail
        | Permit::Hold
        | Permit::ReplayNotice
        | Permit::SwitchAccount
        | Permit::WakeJob => Who::Leads,
        Permit::ReadFinanceCase | Permit::Refund | Permit::ChangeRoutes => Who::Finance,
        Permit::ManageChannels
        | Permit::Erase
        | Permit::Export
        | Permit::DropJob
        | Permit::ManagePeople => Who::Admins,
    }
}

/// Whether somebody in this role may.
#[must_use]
pub const fn may(role: Role, permit: Permit) -> bool {
    who(permit).includes(role)
}

/// Who may, in words for whoever may not.
#[must_use]
pub const fn who_may(permit: Permit) -> &'static str {
    who(permit).sentence()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_what_the_table_says() {
        let (all, lead, money, admin) = (
            [true, true, true, true],
            [false, true, true, true],
            [false, false, true, true],
            [false, false, false, true],
        );
        let table = [
            (Permit::ReadCase, all),
            (Permit::ReadFinanceCase, money),
            (Permit::Reply, all),
            (Permit::WriteToThirds, all),
            (Permit::Note, all),
            (Permit::Assign, all),
            (Permit::Merge, all),
            (Permit::Escalate, all),
            (Permit::ReadPayment, all),
            (Permit::ReadContact, all),
            (Permit::CreditWallet, all),
            (Permit::EditHelp, all),
            (Permit::PublishHelp, lead),
            (Permit::EditAnswers, lead),
            (Permit::EditRules, lead),
            (Permit::ShareViews, lead),
            (Permit::ReadReports, lead),
            (Permit::ReadAudit, lead),
            (Permit::ManageChannels, admin),
            (Permit::ReleaseMail, lead),
            (Permit::Hold, lead),
            (Permit::Erase, admin),
            (Permit::Export, admin),
            (Permit::AskProcessor, all),
            (Permit::ReplayNotice, lead),
            (Permit::Refund, money),
            (Permit::SwitchAccount, lead),
            (Permit::ChangeRoutes, money),
            (Permit::WakeJob, lead),
            (Permit::DropJob, admin),
            (Permit::ManagePeople, admin),
        ];
        for (permit, allowed) in table {
            assert_eq!(Role::ALL.map(|role| may(role, permit)), allowed, "{permit:?}");
        }
    }

    #[test]
    fn whoever_may_not_reads_who_may() {
        assert_eq!(who_may(Permit::Refund), "Finance and admins may do this.");
        assert_eq!(who_may(Permit::ReadAudit), "Leads, finance and admins may do this.");
    }
}
