//! What stands in the way of removing words, and for whom it is looked.

use base::id::{CaseId, PaymentId};
use base::{Fault, SignedDuration, Timestamp};
use billing::amiss::{self, Concern};
use store::{Reads, terms};

use super::rows;
use super::whose::Whose;

/// An answer that has not left after so long is not about to.
const STUCK: SignedDuration = SignedDuration::from_hours(4 * 24);

terms! {
    /// What stands in the way of removing words.
    Delay {
        /// Somebody said that a case must be kept.
        LegalHold = "legal_hold",
        /// The bank disputes a payment: what was said is what we answer with.
        Dispute = "dispute",
        /// Money is on its way, or a case about money is open.
        Money = "open_money",
        /// An answer or a mail to them is about to leave.
        OnItsWay = "on_its_way",
    }
}

/// A case whose time is over and whose words stay all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelayedCase {
    /// Which.
    pub case: CaseId,
    /// Why.
    pub why: Delay,
    /// Since when.
    pub since: Timestamp,
}

impl Delay {
    /// What it means, for staff.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Delay::LegalHold => "A case is kept for legal reasons. It goes on when it is released.",
            Delay::Dispute => {
                "The bank disputes a payment, and what was said may be the answer. It goes on when \
                 the dispute is over."
            }
            Delay::Money => {
                "A payment or a refund is not settled, or a case about money is open. It goes on \
                 when that is done."
            }
            Delay::OnItsWay => "An answer to them is about to leave. It goes on when it has left.",
        }
    }
}

/// What stands in the way of emptying a case that is done.
pub(super) async fn of_case(reads: &mut impl Reads, case: CaseId) -> Result<Option<Delay>, Fault> {
    if rows::cases::is_held(reads, case).await? {
        return Ok(Some(Delay::LegalHold));
    }
    let payments = rows::cases::payments_of(reads, case).await?;
    let found = concerns(reads, payments).await?;
    Ok(found.contains(&Delay::Dispute).then_some(Delay::Dispute))
}

/// What stands in the way of forgetting somebody, the gravest first.
pub(super) async fn of_people(
    reads: &mut impl Reads,
    whose: &Whose,
    now: Timestamp,
) -> Result<Vec<Delay>, Fault> {
    let mut found = Vec::new();
    if rows::people::has_held_case(reads, whose).await? {
        found.push(Delay::LegalHold);
    }
    let payments = rows::people::payments_amiss(reads, whose).await?;
    found.extend(concerns(reads, payments).await?);
    if rows::people::has_open_case_with_money(reads, whose).await? {
        found.push(Delay::Money);
    }
    let since = now.checked_sub(STUCK).unwrap_or(Timestamp::MIN);
    if rows::people::has_something_on_its_way(reads, whose, since).await? {
        found.push(Delay::OnItsWay);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// What is not settled with these payments.
async fn concerns(reads: &mut impl Reads, payments: Vec<PaymentId>) -> Result<Vec<Delay>, Fault> {
    let mut found = Vec::new();
    for payment in payments {
        for amiss in amiss::attended(reads, payment).await? {
            found.push(match amiss.concern {
                Some(Concern::Dispute) => Delay::Dispute,
                _ => Delay::Money,
            });
        }
    }
    Ok(found)
}
