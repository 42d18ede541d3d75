//! What a case points to: things of the money side, and other cases.

use base::Timestamp;
use base::id::CaseId;

use super::Author;
use store::terms;

terms! {
    /// What kind of thing a case is about.
    RefKind {
        /// A payment.
        Payment = "payment",
        /// An order.
        Order = "order",
        /// An item of an order.
        Item = "item",
        /// A tab.
        Tab = "tab",
        /// A subscription.
        Subscription = "subscription",
        /// A refund.
        Refund = "refund",
        /// A dispute.
        Dispute = "dispute",
        /// A notice.
        Notice = "notice",
        /// A customer.
        Customer = "customer",
        /// A creator.
        Creator = "creator",
        /// A tip.
        Tip = "tip",
        /// Tokens given out of goodwill.
        Credit = "credit",
        /// A processor account, by its key.
        Account = "account",
        /// A time in which a processor does not answer as it should.
        Incident = "incident",
    }
}

terms! {
    /// What the thing is to the case.
    RefRole {
        /// What it is about.
        Subject = "subject",
        /// What proves something.
        Evidence = "evidence",
        /// What came of it.
        Result = "result",
    }
}

terms! {
    /// What two cases have to do with each other.
    LinkKind {
        /// The second goes on where the first was closed.
        FollowUp = "follow_up",
        /// The first is part of the second now.
        Merged = "merged",
        /// The second was a part of the first.
        Split = "split",
        /// Both say the same.
        Duplicate = "duplicate",
        /// The second is a part of the larger first.
        Parent = "parent",
        /// Both come from the same failure.
        Incident = "incident",
        /// They may belong together.
        Related = "related",
    }
}

/// A thing of the money side that a case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    /// What kind of thing.
    pub kind: RefKind,
    /// Its id.
    pub id: String,
    /// What it is to the case.
    pub role: RefRole,
}

/// Two cases that have to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLink {
    /// The earlier one.
    pub from: CaseId,
    /// The later one.
    pub to: CaseId,
    /// What they have to do with each other.
    pub kind: LinkKind,
    /// Who said so.
    pub author: Author,
    /// When.
    pub created_at: Timestamp,
}

impl Ref {
    /// What a case is about.
    #[must_use]
    pub fn subject(kind: RefKind, id: impl ToString) -> Ref {
        Ref { kind, id: id.to_string(), role: RefRole::Subject }
    }
}
