//! What we can come to know about an attempt, whoever tells: an answer, a notice, a look-up, or
//! the clock.

use base::Money;
use base::id::OperationId;
use processor::{Card, Decline, Found, FoundState, GoTo, Notice, NoticeKind};

use super::attempt::Attempt;
use super::operation::Operation;
use super::payment::Payment;
use crate::notices::Filed;
use crate::reversals::{Reversal, TakenBackBy};

/// A fact about an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The processor has begun it; the customer must act.
    Begun {
        /// Where the customer goes on.
        go_to: GoTo,
        /// The processor's id of it, if it has one already.
        transaction: Option<String>,
    },
    /// The processor has it and has not decided.
    Waiting,
    /// Money was taken.
    Paid(Paid),
    /// Money is held, to be taken later.
    Authorized(Paid),
    /// The customer has approved; our last call takes the money.
    Approved {
        /// The processor's id of what was approved.
        transaction: Option<String>,
    },
    /// What was held was released.
    Released,
    /// The answer to our last call was lost, and why: the money may be taken or not.
    Unsure(String),
    /// A refund that we asked for came to nothing.
    RefundFailed {
        /// How much it was about, if the processor says.
        amount: Option<Money>,
        /// The processor's id of it.
        transaction: Option<String>,
    },
    /// The bank or the customer asks about a payment; in the processor's words.
    DisputeOpened(String),
    /// The processor or the bank said no.
    Declined {
        /// Why, if it says.
        decline: Option<Decline>,
        /// What is known of the card.
        card: Option<Card>,
    },
    /// Proven that nothing was executed, and how.
    NeverRan(String),
    /// The answer was lost, and why.
    Lost(String),
    /// Nobody acted in time, or it was given up.
    Expired,
    /// Money was given or taken back.
    TakenBack {
        /// By whom.
        by: TakenBackBy,
        /// How much; everything that is left if nobody says.
        amount: Option<Money>,
        /// The processor's id of the giving back.
        transaction: Option<String>,
    },
    /// The bank gave disputed money back to us.
    Reinstated {
        /// How much; the latest dispute if nobody says.
        amount: Option<Money>,
    },
}

/// Money was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// The processor's id of it.
    pub transaction: Option<String>,
    /// How much, by the processor's word.
    pub amount: Option<Money>,
    /// What is known of the card.
    pub card: Option<Card>,
    /// A yes that may still be withdrawn.
    pub provisional: bool,
}

/// Everything that is known about one attempt before a fact is heard.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is to be collected.
    pub payment: Payment,
    /// The try.
    pub attempt: Attempt,
    /// The call that takes the money.
    pub sale: Operation,
    /// Our calls that give it back.
    pub refunds: Vec<Operation>,
    /// Our calls that take or release what is held.
    pub holds: Vec<Operation>,
    /// Disputes that stand, oldest first.
    pub disputes: Vec<Reversal>,
    /// How many attempts the payment has had.
    pub tries: usize,
}

/// What follows from a fact.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The case afterwards.
    pub case: Case,
    /// How the fact is filed.
    pub filed: Filed,
    /// Why, in a sentence, unless it was simply applied.
    pub reason: Option<String>,
    /// What the books do.
    pub booking: Option<Booking>,
    /// What others may hear.
    pub told: Vec<Told>,
}

/// What the books do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Booking {
    /// The hold becomes a sale.
    Post,
    /// A sale whose hold was released before.
    PostLate,
    /// The hold is released.
    Release,
    /// So much of a sale goes back, with its part of the tokens.
    TakeBack {
        /// Our own call that asked for it, if one did.
        operation: Option<OperationId>,
        /// By whom.
        by: TakenBackBy,
        /// How much.
        amount: Money,
        /// The tokens that belong to it.
        tokens: i64,
        /// The processor's id of it.
        transaction: Option<String>,
    },
    /// A dispute is undone.
    Reinstate(Reversal),
}

/// What others may hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// `payment.processing`
    Processing,
    /// `payment.requires_action`
    RequiresAction,
    /// `payment.authorized`
    Authorized,
    /// `payment.captured`
    Captured,
    /// `payment.failed`
    Failed,
    /// `payment.canceled`
    Canceled,
    /// `payment.needs_attention`
    NeedsAttention,
    /// `payment.refunded`
    Refunded,
    /// `payment.disputed`
    Disputed,
    /// `payment.dispute_opened`
    DisputeOpened,
}

impl Told {
    /// The kind of the event.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Told::Processing => "payment.processing",
            Told::RequiresAction => "payment.requires_action",
            Told::Authorized => "payment.authorized",
            Told::Captured => "payment.captured",
            Told::Failed => "payment.failed",
            Told::Canceled => "payment.canceled",
            Told::NeedsAttention => "payment.needs_attention",
            Told::Refunded => "payment.refunded",
            Told::Disputed => "payment.disputed",
            Told::DisputeOpened => "payment.dispute_opened",
        }
    }
}

impl Fact {
    /// What a notice says about its attempt; `Err` says why it says nothing about a payment.
    ///
    /// # Errors
    /// How it is filed without being heard, and why.
    pub fn of_notice(notice: &Notice) -> Result<Fact, (Filed, &'static str)> {
        let back = |by| Fact::TakenBack {
            by,
            amount: notice.amount,
            transaction: notice.transaction.clone(),
        };
        let paid = || Paid {
            transaction: notice.transaction.clone(),
            amount: notice.amount,
            card: notice.card.clone(),
            provisional: notice.provisional,
        };
        match notice.kind {
            NoticeKind::Paid => Ok(Fact::Paid(paid())),
            // What may still be withdrawn is not held yet.
            NoticeKind::Authorized if notice.provisional => Ok(Fact::Waiting),
            NoticeKind::Authorized => Ok(Fact::Authorized(paid())),
            NoticeKind::Approved => Ok(Fact::Approved { transaction: notice.transaction.clone() }),
            NoticeKind::Declined => {
                Ok(Fact::Declined { decline: notice.decline.clone(), card: notice.card.clone() })
            }
            NoticeKind::Waiting => Ok(Fact::Waiting),
            NoticeKind::Refunded => Ok(back(TakenBackBy::Refund)),
            NoticeKind::Voided => Ok(back(TakenBackBy::Void)),
            NoticeKind::ChargedBack => Ok(back(TakenBackBy::Chargeback)),
            NoticeKind::ChargebackReversed => Ok(Fact::Reinstated { amount: notice.amount }),
            NoticeKind::RebillPaid => {
                Err((Filed::Unmatched, "money for a following period, and nothing renews here"))
            }
            NoticeKind::RebillDeclined
            | NoticeKind::Cancelled
            | NoticeKind::Expired
            | NoticeKind::Reactivated => {
                Err((Filed::Stale, "about a subscription, and nothing renews here"))
            }
            NoticeKind::RefundFailed => Ok(Fact::RefundFailed {
                amount: notice.amount,
                transaction: notice.transaction.clone(),
            }),
            NoticeKind::DisputeOpened => Ok(Fact::DisputeOpened(notice.words.clone())),
            NoticeKind::Ignored => Err((Filed::Stale, "has no effect on money")),
        }
    }

    /// What a look-up says, in the order in which it happened.
    ///
    /// A payment that was given back was taken first; whoever hears both ends in the right books.
    #[must_use]
    pub fn of_found(found: &Found) -> Vec<Fact> {
        let transaction = Some(found.transaction.clone());
        let sum = Paid {
            transaction: transaction.clone(),
            amount: found.amount,
            card: None,
            provisional: false,
        };
        let paid = || Fact::Paid(sum.clone());
        let back = |by| Fact::TakenBack { by, amount: None, transaction: None };
        match found.state {
            FoundState::Paid => vec![paid()],
            FoundState::Authorized => vec![Fact::Authorized(sum)],
            FoundState::Approved => vec![Fact::Approved { transaction }],
            FoundState::Waiting => vec![Fact::Waiting],
            FoundState::Declined => vec![Fact::Declined { decline: None, card: None }],
            FoundState::Refunded => vec![paid(), back(TakenBackBy::Refund)],
            FoundState::Voided => vec![paid(), back(TakenBackBy::Void)],
            FoundState::ChargedBack => vec![paid(), back(TakenBackBy::Chargeback)],
        }
    }
}
