//! A case: what staff work on.

use base::id::{CaseId, PersonId, StaffId};
use base::{Language, Timestamp};

use super::Reference;
use crate::people::Audience;
use store::terms;

terms! {
    /// Where a case stands.
    CaseState {
        /// Nobody has looked at it.
        New = "new",
        /// It is our turn.
        Open = "open",
        /// We have answered; it is the customer's turn.
        WaitingCustomer = "waiting_customer",
        /// Somebody else must do something first.
        WaitingThirdParty = "waiting_third_party",
        /// It comes back at a time.
        Snoozed = "snoozed",
        /// It is done, unless the customer writes within some days.
        Solved = "solved",
        /// It is done. What comes later is another case.
        Closed = "closed",
    }
}

terms! {
    /// Who else must do something first.
    Third {
        /// A processor.
        Processor = "processor",
        /// A creator.
        Creator = "creator",
        /// A studio.
        Studio = "studio",
        /// A bank.
        Bank = "bank",
        /// Those who mend the site.
        Engineering = "engineering",
    }
}

terms! {
    /// On whose side the problem is, as the customer sees it.
    Side {
        /// On the customer's own.
        Mine = "mine",
        /// On the creator's.
        Creator = "creator",
        /// They cannot say.
        Unknown = "unknown",
    }
}

terms! {
    /// What is answered first.
    Priority {
        /// When there is time.
        Low = "low",
        /// As promised.
        Normal = "normal",
        /// Before the others.
        High = "high",
        /// Now.
        Urgent = "urgent",
    }
}

terms! {
    /// Which way something came in or goes out.
    Origin {
        /// The form, or the customer's own page of the case.
        Form = "form",
        /// Mail.
        Mail = "mail",
        /// The chat.
        Chat = "chat",
        /// `WhatsApp`.
        WhatsApp = "whatsapp",
        /// Telegram.
        Telegram = "telegram",
        /// A channel of the operator's own.
        Other = "other",
        /// A call.
        Phone = "phone",
        /// A program.
        Api = "api",
        /// It was brought from another desk.
        Import = "import",
        /// The money side.
        Billing = "billing",
        /// Staff wrote it by themselves.
        Staff = "staff",
    }
}

impl Origin {
    /// Which way an answer goes to whoever came this way: by the messenger or chat they came by,
    /// else by mail.
    #[must_use]
    pub const fn answered_by(self) -> Origin {
        match self {
            Origin::Chat | Origin::WhatsApp | Origin::Telegram | Origin::Other => self,
            Origin::Form
            | Origin::Mail
            | Origin::Phone
            | Origin::Api
            | Origin::Import
            | Origin::Billing
            | Origin::Staff => Origin::Mail,
        }
    }
}

terms! {
    /// Who works on a case.
    Team {
        /// Everybody at the desk.
        Support = "support",
        /// Only finance and admins see its cases.
        Finance = "finance",
        /// Those who answer complaints.
        Complaints = "complaints",
    }
}

/// What staff work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Our id.
    pub id: CaseId,
    /// What people call it.
    pub reference: Reference,
    /// What it is about, in a line.
    pub subject: String,
    /// Where it stands.
    pub state: CaseState,
    /// Who else must do something first, while it waits for them.
    pub waiting_for: Option<Third>,
    /// What is answered first.
    pub priority: Priority,
    /// Whose door it came through.
    pub audience: Audience,
    /// On whose side the problem is.
    pub side: Side,
    /// Which kind of problem it is, as the help centre sorts them.
    pub topic: Option<String>,
    /// Who works on it.
    pub team: Team,
    /// Which of them.
    pub assignee: Option<StaffId>,
    /// Who asks.
    pub requester: PersonId,
    /// Which way it came in.
    pub origin: Origin,
    /// The language it is answered in.
    pub language: Language,
    /// Words of staff to find it by.
    pub tags: Vec<String>,
    /// Since when it is thought to be unwanted.
    pub spam_at: Option<Timestamp>,
    /// The case it is part of now.
    pub merged_into: Option<CaseId>,
    /// Why it may not be erased.
    pub legal_hold: Option<String>,
    /// When it comes back.
    pub snoozed_until: Option<Timestamp>,
    /// When the next thing that was promised is due.
    pub due_at: Option<Timestamp>,
    /// What was promised.
    pub due_kind: Option<String>,
    /// How far it was escalated: 0 to 2.
    pub level: i64,
    /// When a person first answered.
    pub first_answer_at: Option<Timestamp>,
    /// When it was last solved.
    pub solved_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// How often it was opened again after it was solved.
    pub reopened: i64,
    /// When the customer last wrote.
    pub last_customer_at: Option<Timestamp>,
    /// When staff last answered.
    pub last_staff_at: Option<Timestamp>,
    /// The number of its last event.
    pub seq: i64,
    /// How often it was written: 1 when new.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// When anything last happened to it.
    pub updated_at: Timestamp,
}

impl CaseState {
    /// Whether staff still have it before them.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            CaseState::New
            | CaseState::Open
            | CaseState::WaitingCustomer
            | CaseState::WaitingThirdParty
            | CaseState::Snoozed => true,
            CaseState::Solved | CaseState::Closed => false,
        }
    }
}
