//! The second lock: where a postback is only a hint, the processor is asked before it is booked.

use processor::{Answer, Capabilities, FindBy, Found, FoundState, Notice, NoticeKind};

use super::notice::Filed;
use super::sitting::Lock;
use crate::{Account, Billing};

/// Whether the processor must be asked before such a notice is booked.
pub(super) fn asks(can: &Capabilities, notice: &Notice) -> bool {
    can.look_up_before_booking && can.find && wanted(notice).is_some()
}

/// What the processor must say when asked; nothing if it is not asked about such a notice.
fn wanted(notice: &Notice) -> Option<&'static [FoundState]> {
    match notice.kind {
        // By the time we ask, what was paid may have gone back; its own notice tells that.
        NoticeKind::Paid if !notice.provisional => Some(&[
            FoundState::Paid,
            FoundState::Refunded,
            FoundState::Voided,
            FoundState::ChargedBack,
        ]),
        NoticeKind::Authorized => {
            Some(&[FoundState::Authorized, FoundState::Paid, FoundState::Voided])
        }
        NoticeKind::Refunded | NoticeKind::Voided => {
            Some(&[FoundState::Refunded, FoundState::Voided])
        }
        NoticeKind::ChargedBack => Some(&[FoundState::ChargedBack]),
        NoticeKind::Paid
        | NoticeKind::Declined
        | NoticeKind::RebillPaid
        | NoticeKind::RebillDeclined
        | NoticeKind::Waiting
        | NoticeKind::Approved
        | NoticeKind::RefundFailed
        | NoticeKind::DisputeOpened
        | NoticeKind::ChargebackReversed
        | NoticeKind::Cancelled
        | NoticeKind::Expired
        | NoticeKind::Reactivated
        | NoticeKind::Ignored => None,
    }
}

/// Whether the processor, asked, says the same; if not, how the notice is filed and why.
pub(super) async fn open(billing: &Billing, account_key: &str, notice: &Notice) -> Lock {
    let Some(account) = billing.accounts.get(account_key) else {
        return Err((Filed::Unmatched, "its processor account is not configured now".to_owned()));
    };
    if !asks(&account.connector.capabilities(), notice) {
        return Ok(());
    }
    match wanted(notice) {
        Some(wanted) => ask(account, notice, wanted).await,
        None => Ok(()),
    }
}

async fn ask(
    account: &Account,
    notice: &Notice,
    wanted: &[FoundState],
) -> Result<(), (Filed, String)> {
    let paid = notice.kind == NoticeKind::Paid;
    let id = if paid { &notice.transaction } else { &notice.parent };
    let Some(id) = id.as_ref().or(notice.transaction.as_ref()) else {
        return Err((Filed::Rejected, "it names no transaction to look up".to_owned()));
    };
    match account.connector.find(&FindBy::Transaction(id.clone())).await {
        Answer::Done(Some(found)) => compare(&found, notice, wanted),
        Answer::Done(None) => {
            Err((Filed::Unmatched, format!("the processor does not know {id} yet")))
        }
        Answer::Accepted | Answer::Declined(_) | Answer::NotExecuted(_) | Answer::Unknown(_) => {
            Err((Filed::Unmatched, "the look-up that must confirm it had no answer".to_owned()))
        }
    }
}

fn compare(found: &Found, notice: &Notice, wanted: &[FoundState]) -> Result<(), (Filed, String)> {
    if !wanted.contains(&found.state) {
        let why = format!("the processor, asked, says {:?}", found.state);
        return Err((Filed::Unmatched, why.to_lowercase()));
    }
    let (ours, theirs) = (notice.reference.as_ref(), found.reference.as_ref());
    let other = ours.zip(theirs).is_some_and(|(ours, theirs)| !ours.eq_ignore_ascii_case(theirs));
    if other {
        return Err((Filed::Rejected, "the processor, asked, names another reference".to_owned()));
    }
    let paid = notice.kind == NoticeKind::Paid;
    match (found.amount, notice.amount) {
        (Some(theirs), Some(told)) if paid && theirs != told => {
            Err((Filed::Rejected, format!("the processor, asked, says {theirs} and not {told}")))
        }
        _ => Ok(()),
    }
}
